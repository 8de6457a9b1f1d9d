import { type KeyObject, sign, verify } from 'node:crypto';
import type { HolderPin } from './holder-pin.ts';
import { hourOctets, named } from './hour-envelope.ts';
import { rawKeyBytes } from './raw-keys.ts';

/** The public key of a holder's hour, as everybody may see it. */
export interface PublishedHour {
  readonly holder: string;
  readonly hour: number;
  /** X25519, 32 octets. */
  readonly publicKey: Buffer;
  /** Ed25519, 64 octets, by the holder's own key. */
  readonly signature: Buffer;
}

/** Signs an hour's public key with the holder's own Ed25519 key. */
export function publishHour(
  holder: string,
  hour: number,
  publicKey: Buffer,
  signingKey: KeyObject,
): PublishedHour {
  const signature = sign(null, signedOctets({ holder, hour, publicKey }), signingKey);
  return { holder, hour, publicKey, signature };
}

/** Whether the holder of this pin signed this key for this hour. Anything else, however malformed, is false. */
export function verifyPublishedHour(published: PublishedHour, pin: HolderPin): boolean {
  const { holder, hour, publicKey, signature } = published;
  if (holder !== pin.holder || publicKey.length !== rawKeyBytes) return false;
  if (!Number.isInteger(hour) || hour < 0 || hour > 0xffff_ffff) return false;
  return verify(null, signedOctets(published), pin.key, signature);
}

/** Use · holder · hour (4, big-endian) · key (32). Each part has a fixed length or says its own. */
function signedOctets({ holder, hour, publicKey }: Omit<PublishedHour, 'signature'>): Buffer {
  return Buffer.concat([
    Buffer.from('visitlog 1 published hour'),
    named(holder),
    hourOctets(hour),
    publicKey,
  ]);
}
