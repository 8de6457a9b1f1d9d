import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/*
 * Keys of RFC 7748 and RFC 8032 are 32 octets, and node:crypto takes neither as they are. A secret is given to it in the DER of
 * RFC 8410, where these octets stand before it: a JWK would leave it in a string, which nothing can zero. A public key is
 * given as a JWK (RFC 8037), which is read eight times as quickly, and a trace reads one for each gateway and hour.
 */
const headOf = {
  x25519: Buffer.from('302e020100300506032b656e04220420', 'hex'),
  ed25519: Buffer.from('302e020100300506032b657004220420', 'hex'),
} as const;

export type Curve = keyof typeof headOf;

const curveNames = { x25519: 'X25519', ed25519: 'Ed25519' } as const satisfies Record<Curve, string>;

/** Octets of a secret or a public key on either curve. */
export const rawKeyBytes = 32;

/** A secret key of 32 octets. Any 32 octets are one: X25519 clamps them itself (RFC 7748 §5). */
export function secretKeyOf(curve: Curve, octets: Uint8Array): KeyObject {
  const der = Buffer.concat([headOf[curve], whole(octets)]);
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } finally {
    der.fill(0);
  }
}

/** A public key of 32 octets. */
export function publicKeyOf(curve: Curve, octets: Uint8Array): KeyObject {
  const x = Buffer.from(whole(octets)).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: curveNames[curve], x }, format: 'jwk' });
}

/** The 32 octets of a public key, of a secret key's public one if it is secret. */
export function publicOctets(key: KeyObject): Buffer {
  const shared = key.type === 'private' ? createPublicKey(key) : key;
  return Buffer.from(shared.export({ format: 'der', type: 'spki' }).subarray(-rawKeyBytes));
}

function whole(octets: Uint8Array): Uint8Array {
  if (octets.length !== rawKeyBytes) throw new RangeError(`a key has ${rawKeyBytes} octets`);
  return octets;
}
