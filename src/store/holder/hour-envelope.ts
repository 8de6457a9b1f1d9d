import { algorithms, keyBytes } from '../keyring/keyring-format.ts';
import type { Algorithm } from '../register-types.ts';
import { hpkeBytes, type MessageContext, openWith, type Recipient, sealTo } from './hpke.ts';

/** An hour's key of a gateway. */
export interface HourKey {
  readonly algorithm: Algorithm;
  /** 32 octets, which the caller zeroes. */
  readonly key: Buffer;
}

/** Whose key an envelope holds, and for whom. */
export interface EnvelopeContext {
  readonly gateway: string;
  readonly holder: string;
  /** Of the gateway's key, and of the holder's key that it is sealed to. */
  readonly hour: number;
}

/*
 * An envelope is form (1) · what HPKE makes of the key's algorithm (1) and octets (32): 82 octets, one for each gateway,
 * hour and holder. HPKE derives its key from both public keys and from `info`, which names the three; so an envelope
 * opens for the gateway, hour and holder that it was made for, and no other.
 */
const form = Buffer.of(1);
const plainBytes = 1 + keyBytes;
export const envelopeBytes: number = form.length + hpkeBytes + plainBytes;

/** The envelope, or null if the holder's key is of low order: nothing may be sealed to that. */
export function wrapHourKey(
  { algorithm, key }: HourKey,
  holderKey: Uint8Array,
  context: EnvelopeContext,
): Buffer | null {
  const plain = Buffer.concat([Buffer.of(algorithms.indexOf(algorithm)), key]);
  const sealed = sealTo(holderKey, messageContext(context), plain);
  plain.fill(0);
  return sealed && Buffer.concat([form, sealed]);
}

/** The hour's key, or null unless this is an envelope of this context to this hour's secret. */
export function unwrapHourKey(
  envelope: Buffer,
  recipient: Recipient,
  context: EnvelopeContext,
): HourKey | null {
  if (envelope.length !== envelopeBytes || envelope[0] !== form[0]) return null;
  const plain = openWith(recipient, messageContext(context), envelope.subarray(form.length));
  if (plain === null) return null;
  const algorithm = algorithms[plain[0] ?? algorithms.length];
  const opened = algorithm === undefined ? null : { algorithm, key: Buffer.from(plain.subarray(1)) };
  plain.fill(0);
  return opened;
}

function messageContext({ gateway, holder, hour }: EnvelopeContext): MessageContext {
  const info = Buffer.concat([
    Buffer.from('visitlog 1 hour envelope'),
    named(gateway),
    named(holder),
    hourOctets(hour),
  ]);
  return { info, associated: form };
}

/** A name as octets that nothing behind it can be taken for: its length (1), then UTF-8. */
export function named(name: string): Buffer {
  const octets = Buffer.from(name, 'utf8');
  return Buffer.concat([Buffer.of(octets.length), octets]);
}

export function hourOctets(hour: number): Buffer {
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(hour);
  return octets;
}
