import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  diffieHellman,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { publicKeyOf, publicOctets, rawKeyBytes, secretKeyOf } from './raw-keys.ts';

/*
 * HPKE (RFC 9180) in base mode, one message to a context: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. What it
 * makes is the encapsulated key (32) · ciphertext · authentication tag (16).
 */
const kem = suite('KEM', 0x0020);
const hpke = suite('HPKE', 0x0020, 0x0001, 0x0002);
const cipher = 'aes-256-gcm';
const hashBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const baseMode = Buffer.of(0);
const none = Buffer.alloc(0);
const zeros = Buffer.alloc(rawKeyBytes);

/** How much longer a sealed message is than what was sealed. */
export const hpkeBytes: number = rawKeyBytes + tagBytes;

/** What both ends know of a message. */
export interface MessageContext {
  /** Part of what the key is derived from (§5.1). */
  readonly info: Uint8Array;
  /** Associated data of the cipher. */
  readonly associated: Uint8Array;
}

/** Who opens messages: a secret, made ready once for all of them. */
export interface Recipient {
  readonly secret: KeyObject;
  readonly publicKey: Buffer;
}

export function recipientOf(secret: Uint8Array): Recipient {
  const key = secretKeyOf('x25519', secret);
  return { secret: key, publicKey: publicOctets(key) };
}

/**
 * Seals to a public key of X25519, or gives null if that is of low order. `ephemeral` is the secret of this message
 * alone, drawn unless a test vector has it, and zeroed.
 */
export function sealTo(
  recipient: Uint8Array,
  { info, associated }: MessageContext,
  plain: Uint8Array,
  ephemeral: Uint8Array = randomBytes(rawKeyBytes),
): Buffer | null {
  const sender = recipientOf(ephemeral);
  const shared = sharedSecret(sender.secret, recipient);
  if (shared === null) return null;
  const { key, nonce } = schedule(shared, sender.publicKey, recipient, info);
  const sealing = createCipheriv(cipher, key, nonce);
  sealing.setAAD(associated);
  const sealed = Buffer.concat([
    sender.publicKey,
    sealing.update(plain),
    sealing.final(),
    sealing.getAuthTag(),
  ]);
  zero(ephemeral, shared, key);
  return sealed;
}

/** What was sealed, or null unless all of it was sealed to this recipient with this context. */
export function openWith(
  recipient: Recipient,
  { info, associated }: MessageContext,
  sealed: Buffer,
): Buffer | null {
  if (sealed.length < hpkeBytes) return null;
  const encapsulated = sealed.subarray(0, rawKeyBytes);
  const shared = sharedSecret(recipient.secret, encapsulated);
  if (shared === null) return null;
  const { key, nonce } = schedule(shared, encapsulated, recipient.publicKey, info);
  const opening = createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes });
  opening.setAAD(associated);
  opening.setAuthTag(sealed.subarray(-tagBytes));
  const plain = opening.update(sealed.subarray(rawKeyBytes, -tagBytes));
  zero(shared, key);
  try {
    opening.final();
    return plain;
  } catch {
    plain.fill(0);
    return null;
  }
}

/** X25519; null if the other's key is of low order, which makes a secret that everybody knows (RFC 9180 §7.1.4). */
export function sharedSecret(secret: KeyObject, other: Uint8Array): Buffer | null {
  const publicKey = publicKeyOf('x25519', other);
  try {
    const shared = diffieHellman({ privateKey: secret, publicKey });
    return timingSafeEqual(shared, zeros) ? null : shared;
  } catch {
    // OpenSSL refuses these keys itself; it has no other reason to fail for keys of the right length.
    return null;
  }
}

/** There is no pre-shared key in base mode, so that this is the same for every message. */
const pskIdHash = labeledExtract(hpke, none, 'psk_id_hash', none);

/** RFC 9180 §4.1 (ExtractAndExpand) and §5.1 (KeySchedule). */
function schedule(shared: Buffer, encapsulated: Uint8Array, recipient: Uint8Array, info: Uint8Array) {
  const both = Buffer.concat([encapsulated, recipient]);
  const prk = labeledExtract(kem, none, 'eae_prk', shared);
  const agreed = labeledExpand(kem, prk, 'shared_secret', both, hashBytes);
  const context = Buffer.concat([baseMode, pskIdHash, labeledExtract(hpke, none, 'info_hash', info)]);
  const secret = labeledExtract(hpke, agreed, 'secret', none);
  const key = labeledExpand(hpke, secret, 'key', context, 32);
  const nonce = labeledExpand(hpke, secret, 'base_nonce', context, nonceBytes);
  zero(prk, agreed, secret);
  return { key, nonce };
}

/** RFC 9180 §4. */
function labeledExtract(suiteId: Buffer, salt: Uint8Array, label: string, ikm: Uint8Array): Buffer {
  const labeled = Buffer.concat([Buffer.from('HPKE-v1'), suiteId, Buffer.from(label), ikm]);
  const prk = extract(salt, labeled);
  labeled.fill(0);
  return prk;
}

function labeledExpand(
  suiteId: Buffer,
  prk: Buffer,
  label: string,
  info: Uint8Array,
  length: number,
): Buffer {
  const head = Buffer.concat([Buffer.of(length >> 8, length & 0xff), Buffer.from('HPKE-v1'), suiteId]);
  return expand(prk, Buffer.concat([head, Buffer.from(label), info]), length);
}

/** HKDF-SHA-256, its first half (RFC 5869 §2.2): node:crypto has both halves as one only. */
export function extract(salt: Uint8Array, ikm: Uint8Array): Buffer {
  return createHmac('sha256', salt.length === 0 ? zeros : salt)
    .update(ikm)
    .digest();
}

/** Its second half (§2.3). */
export function expand(prk: Uint8Array, info: Uint8Array, length: number): Buffer {
  const blocks: Buffer[] = [];
  let last: Buffer = none;
  for (let count = 1; blocks.length * hashBytes < length; count += 1) {
    last = createHmac('sha256', prk).update(last).update(info).update(Buffer.of(count)).digest();
    blocks.push(last);
  }
  const all = Buffer.concat(blocks);
  zero(...blocks);
  return all.subarray(0, length);
}

function suite(name: string, ...ids: readonly number[]): Buffer {
  return Buffer.concat([Buffer.from(name), ...ids.map((id) => Buffer.of(id >> 8, id & 0xff))]);
}

function zero(...secrets: readonly Uint8Array[]): void {
  for (const secret of secrets) secret.fill(0);
}
