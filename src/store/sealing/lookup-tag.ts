import { createHmac } from 'node:crypto';
import type { Subkeys } from '../keyring/hour-keys.ts';

/**
 * The tag by which a visitor's rows of one hour are found: HMAC-SHA-256 of the canonical number under the hour's
 * look-up key, cut to 8 octets. It only narrows the search: whoever follows it opens the row and compares, so a
 * chance collision (one in 2^64 a pair) costs a look and no wrong answer, and the index stays half as large.
 */
export function lookupTag(keys: Subkeys, visitor: string): Buffer {
  return createHmac('sha256', keys.lookup).update(visitor, 'utf8').digest().subarray(0, 8);
}

/** The same for a set of parts: sender, reference number and total of TS 23.040 §9.2.3.24.1 and .8. */
export function partSetTag(
  keys: Subkeys,
  part: { readonly sender: string; readonly ref: number; readonly bits: number; readonly total: number },
): Buffer {
  const name = `parts ${part.bits} ${part.ref} ${part.total} ${part.sender}`;
  return createHmac('sha256', keys.lookup).update(name, 'utf8').digest().subarray(0, 8);
}
