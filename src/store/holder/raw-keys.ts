import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/*
 * Keys of RFC 7748 and RFC 8032 are 32 octets, and node:crypto takes them in the DER of RFC 8410 only: these octets stand
 * before them there. A JWK would leave the secret in a string, which nothing can zero.
 */
const headOf = {
  x25519: {
    secret: Buffer.from('302e020100300506032b656e04220420', 'hex'),
    public: Buffer.from('302a300506032b656e032100', 'hex'),
  },
  ed25519: {
    secret: Buffer.from('302e020100300506032b657004220420', 'hex'),
    public: Buffer.from('302a300506032b6570032100', 'hex'),
  },
} as const;

export type Curve = keyof typeof headOf;

/** Octets of a secret or a public key on either curve. */
export const rawKeyBytes = 32;

/** A secret key of 32 octets. Any 32 octets are one: X25519 clamps them itself (RFC 7748 §5). */
export function secretKeyOf(curve: Curve, octets: Uint8Array): KeyObject {
  const der = Buffer.concat([headOf[curve].secret, whole(octets)]);
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } finally {
    der.fill(0);
  }
}

/** A public key of 32 octets. */
export function publicKeyOf(curve: Curve, octets: Uint8Array): KeyObject {
  const der = Buffer.concat([headOf[curve].public, whole(octets)]);
  return createPublicKey({ key: der, format: 'der', type: 'spki' });
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
