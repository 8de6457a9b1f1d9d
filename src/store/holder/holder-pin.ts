import type { KeyObject } from 'node:crypto';
import { publicKeyOf, publicOctets } from './raw-keys.ts';

/** What a gateway's configuration says of a holder: whose signature an hour's public key must bear. */
export interface HolderPin {
  readonly holder: string;
  /** Ed25519. */
  readonly key: KeyObject;
}

/** SubjectPublicKeyInfo of Ed25519 (RFC 8410) in base64: all such keys begin alike. */
const form = /^([a-z0-9][a-z0-9-]{0,31}):(MCowBQYDK2VwAyEA[A-Za-z0-9+/]{43}=)$/;

/** `a:MCow…`, the holder's name and its public key. */
export function formatPin({ holder, key }: HolderPin): string {
  return `${holder}:${spkiOf(key)}`;
}

/** The pin that a text is, or null. */
export function parsePin(text: string): HolderPin | null {
  const [, holder, base64] = form.exec(text) ?? [];
  if (holder === undefined || base64 === undefined) return null;
  const key = publicKeyOf('ed25519', Buffer.from(base64, 'base64').subarray(-32));
  // The last digit has two bits that count for nothing: one key has one text.
  return spkiOf(key) === base64 ? { holder, key } : null;
}

function spkiOf(key: KeyObject): string {
  return publicKeyOf('ed25519', publicOctets(key)).export({ format: 'der', type: 'spki' }).toString('base64');
}
