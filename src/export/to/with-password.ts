import { createCipheriv, createHash, createHmac, hash as oneShot, randomBytes } from 'node:crypto';
import { fault } from '../../base/errors.ts';
import { compoundFile } from './compound-file.ts';
import type { Destination } from './destination.ts';

/**
 * A workbook that opens with a password only, in the scheme that Excel itself writes: agile encryption of [MS-OFFCRYPTO]
 * §2.3.4.10 ff. with AES-256 in CBC and SHA-512. The clause of each step stands beside it.
 */
const spinCount = 100_000;
const saltBytes = 16;
const blockBytes = 16;
const keyBytes = 32;
const hashBytes = 64;
const segmentBytes = 4_096;

/** Of the keys that encrypt one thing each (§2.3.4.13, §2.3.4.14). */
const blockKeys = {
  verifierInput: Buffer.from('fea7d2763b4b9e79', 'hex'),
  verifierValue: Buffer.from('d7aa0f6d3061344e', 'hex'),
  keyValue: Buffer.from('146e0be7abacd0d6', 'hex'),
  hmacKey: Buffer.from('5fb2ad010cb9e1f6', 'hex'),
  hmacValue: Buffer.from('a0677f02b22c8433', 'hex'),
} as const;

/** What is held in memory until it is encrypted: a contact list has a thousandth of it. */
const mostBytes = 256 * 1_048_576;

/** Encrypts what is written when it is whole, and writes it to another destination, which never gets plain octets. */
export function openWithPassword(inner: Destination, password: string): Destination {
  let pieces: Uint8Array[] = [];
  let bytes = 0;
  return {
    write(piece) {
      bytes += piece.length;
      if (bytes > mostBytes) throw fault('workbook.password-too-large');
      pieces.push(new Uint8Array(piece));
      return Promise.resolve(true);
    },
    async finish() {
      for (const piece of encryptWorkbook(Buffer.concat(pieces), password))
        if (!(await inner.write(piece))) break;
      await inner.finish();
    },
    async abandon() {
      pieces = [];
      await inner.abandon();
    },
  };
}

/** A workbook's package, encrypted, as the pieces of a compound file. */
export function encryptWorkbook(plain: Buffer, password: string): Buffer[] {
  const key = randomBytes(keyBytes);
  const keySalt = randomBytes(saltBytes);
  const encrypted = encryptPackage(plain, key, keySalt);
  const info = Buffer.concat([
    // Version 4.4 and the flag of agile encryption (§2.3.4.10).
    Buffer.from('0400040040000000', 'hex'),
    Buffer.from(infoXml({ key, keySalt, encrypted, password })),
  ]);
  return compoundFile([
    { name: 'EncryptionInfo', bytes: info },
    { name: 'EncryptedPackage', bytes: encrypted },
  ]);
}

const hash = (...parts: Uint8Array[]) => {
  const sum = createHash('sha512');
  for (const part of parts) sum.update(part);
  return sum.digest();
};

function encrypt(key: Uint8Array, iv: Uint8Array, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.final()]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** §2.3.4.12: the vector of a part of the package. */
function vectorOf(salt: Uint8Array, blockKey: Uint8Array): Buffer {
  return hash(salt, blockKey).subarray(0, blockBytes);
}

/** §2.3.4.15: the length, then segments of 4096 octets, each with a vector of its own. */
function encryptPackage(plain: Buffer, key: Uint8Array, salt: Uint8Array): Buffer {
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(plain.length));
  const pieces: Uint8Array[] = [size];
  for (let at = 0, segment = 0; at < plain.length; at += segmentBytes, segment += 1) {
    const part = plain.subarray(at, at + segmentBytes);
    const whole = Buffer.alloc(Math.ceil(part.length / blockBytes) * blockBytes);
    part.copy(whole);
    pieces.push(encrypt(key, vectorOf(salt, uint32(segment)), whole));
  }
  return Buffer.concat(pieces);
}

interface Sealing {
  readonly key: Uint8Array;
  readonly keySalt: Uint8Array;
  readonly encrypted: Buffer;
  readonly password: string;
}

/** §2.3.4.10 */
function infoXml({ key, keySalt, encrypted, password }: Sealing): string {
  const salt = randomBytes(saltBytes);
  const sealed = sealedKey(key, salt, password);
  const hmacKey = randomBytes(hashBytes);
  const hmac = createHmac('sha512', hmacKey).update(encrypted).digest();
  const integrity = {
    key: encrypt(key, vectorOf(keySalt, blockKeys.hmacKey), hmacKey),
    value: encrypt(key, vectorOf(keySalt, blockKeys.hmacValue), hmac),
  };
  const scheme =
    `saltSize="${saltBytes}" blockSize="${blockBytes}" keyBits="${keyBytes * 8}" hashSize="${hashBytes}" ` +
    'cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"';
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n',
    '<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption"',
    ' xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password"',
    ' xmlns:c="http://schemas.microsoft.com/office/2006/keyEncryptor/certificate">',
    `<keyData ${scheme} saltValue="${base64(keySalt)}"/>`,
    `<dataIntegrity encryptedHmacKey="${base64(integrity.key)}" encryptedHmacValue="${base64(integrity.value)}"/>`,
    '<keyEncryptors><keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password">',
    `<p:encryptedKey spinCount="${spinCount}" ${scheme} saltValue="${base64(salt)}"`,
    ` encryptedVerifierHashInput="${base64(sealed.input)}" encryptedVerifierHashValue="${base64(sealed.value)}"`,
    ` encryptedKeyValue="${base64(sealed.key)}"/>`,
    '</keyEncryptor></keyEncryptors></encryption>',
  ].join('');
}

/** §2.3.4.11, §2.3.4.13: the package's key under keys of the password, and what shows that a password is the right one. */
function sealedKey(key: Uint8Array, salt: Uint8Array, password: string) {
  let spun = hash(salt, Buffer.from(password, 'utf16le'));
  const round = Buffer.alloc(4 + hashBytes);
  for (let count = 0; count < spinCount; count += 1) {
    round.writeUInt32LE(count);
    spun.copy(round, 4);
    spun = oneShot('sha512', round, 'buffer');
  }
  const under = (blockKey: Uint8Array, plain: Uint8Array) =>
    encrypt(hash(spun, blockKey).subarray(0, keyBytes), salt, plain);
  const input = randomBytes(saltBytes);
  return {
    input: under(blockKeys.verifierInput, input),
    value: under(blockKeys.verifierValue, hash(input)),
    key: under(blockKeys.keyValue, key),
  };
}
