import {
  type CipherGCMTypes,
  createCipheriv,
  createDecipheriv,
  getCiphers,
  randomFillSync,
} from 'node:crypto';
import { fault } from '../../base/errors.ts';
import type { Subkeys } from '../keyring/hour-keys.ts';
import type { Algorithm } from '../register-types.ts';

/** From where in a buffer to where, the end not included. */
export interface Part {
  readonly start: number;
  readonly end: number;
}

const longestCopied = 64;

/**
 * Gives parts of buffers, the short ones as copies that the next part of the same length overwrites: a view of a few
 * octets takes five times as long to make as they take to copy.
 */
export function partCopier(): (octets: Buffer, part: Part) => Buffer {
  const copies = Array.from({ length: longestCopied + 1 }, (_, length) => Buffer.alloc(length));
  return (octets, { start, end }) => {
    const copy = copies[end - start];
    if (copy === undefined) return octets.subarray(start, end);
    octets.copy(copy, 0, start, end);
    return copy;
  };
}

/*
 * A sealed value is nonce (12) · ciphertext · authentication tag (16), NIST SP 800-38D.
 * The nonce is random rather than made of the row's id: a database put back from a copy would give ids a second
 * time under the same hour's key, and two values under one nonce give both away.
 */
export const nonceBytes = 12;
const tagBytes = 16;

const bodyOf = partCopier();
const nonceOfRow = Buffer.alloc(nonceBytes);
const tagOfRow = Buffer.alloc(tagBytes);
const nextNonce = Buffer.alloc(nonceBytes);

/** How much longer a sealed value is than what was sealed. */
export const sealBytes = nonceBytes + tagBytes;

/** What values are sealed with. */
type SealKeys = Pick<Subkeys, 'algorithm' | 'seal'>;

/** Error: `cipher.unavailable`. */
export function checkAlgorithm(algorithm: Algorithm): void {
  if (getCiphers().includes(algorithm)) return;
  throw fault('cipher.unavailable', { algorithm });
}

export function seal(keys: SealKeys, plain: Uint8Array, associated: Uint8Array): Buffer {
  const sealed = Buffer.allocUnsafe(plain.length + sealBytes);
  // Drawn for each value: a machine whose snapshot is resumed twice would use up a store of them twice.
  sealInto(sealed, keys, randomFillSync(nextNonce), plain, associated);
  return sealed;
}

/** Fills `sealed`, which is longer than `plain` by `sealBytes`. No nonce is used twice. */
export function sealInto(
  sealed: Buffer,
  keys: SealKeys,
  nonce: Buffer,
  plain: Uint8Array,
  associated: Uint8Array,
): void {
  // Without options: to read them takes a tenth of what sealing a row does. The tag has all 16 octets without them.
  const cipher = createCipheriv(keys.algorithm as CipherGCMTypes, keys.seal, nonce);
  cipher.setAAD(associated);
  copyInto(sealed, 0, nonce);
  copyInto(sealed, nonceBytes, cipher.update(plain));
  cipher.final();
  copyInto(sealed, nonceBytes + plain.length, cipher.getAuthTag());
}

/** Quicker than `copy` for a few octets. */
export function copyInto(into: Buffer, at: number, octets: Buffer): void {
  if (octets.length > longestCopied) octets.copy(into, at);
  else for (let index = 0; index < octets.length; index += 1) into[at + index] = octets[index] as number;
}

/** What was sealed, or null when key, bytes or associated data are not those it was sealed with. */
export function unseal(keys: SealKeys, sealed: Buffer, associated: Uint8Array): Buffer | null {
  return unsealPart(keys, sealed, { start: 0, end: sealed.length }, associated);
}

/** The same of a part of `octets`. */
export function unsealPart(
  keys: SealKeys,
  octets: Buffer,
  { start, end }: Part,
  associated: Uint8Array,
): Buffer | null {
  const bodyAt = start + nonceBytes;
  const tagAt = end - tagBytes;
  if (tagAt < bodyAt) return null;
  octets.copy(nonceOfRow, 0, start, bodyAt);
  octets.copy(tagOfRow, 0, tagAt, end);
  // Without options: to read them takes a tenth of what opening a row does. A tag set below has all 16 octets.
  const decipher = createDecipheriv(keys.algorithm as CipherGCMTypes, keys.seal, nonceOfRow);
  decipher.setAAD(associated);
  decipher.setAuthTag(tagOfRow);
  const plain = decipher.update(bodyOf(octets, { start: bodyAt, end: tagAt }));
  try {
    decipher.final();
    return plain;
  } catch {
    return null;
  }
}
