import { createCipheriv } from 'node:crypto';
import type { Subkeys } from '../keyring/hour-keys.ts';
import { nonceBytes } from './seal.ts';
import { headBytes, rowBytes } from './visit-row.ts';

/*
 * Rows that share a visitor's tag are a hundred an hour, and one of them at most is the visitor's most of the time. To open a
 * row costs a cipher of its own. GCM enciphers by the block cipher of nonce and counter, from 2 on (NIST SP 800-38D §7.1),
 * so the first blocks of all of them are one call: what has another's number is passed over, and what is left is opened.
 *
 * What is passed over is not authenticated, as what a tag does not find is not. A value that is no number is left, so that
 * a damaged row is told rather than lost; zeros are left, because a note has the visitor then.
 */
const blockBytes = 16;
const firstCounter = 2;
const numberBytes = 8;

/** Where the octets are that rows are told by, from the begin of each. */
interface Layout {
  readonly length: number;
  readonly nonceAt: number;
}

const wholeRow: Layout = { length: rowBytes, nonceAt: headBytes };

/** What an index has of a row: nonce (12) · visitor (8) · flags (1), the last two sealed. The flags are not looked at. */
export const sievedBytes = nonceBytes + numberBytes + 1;

const sievedPart: Layout = { length: sievedBytes, nonceAt: 0 };

/** The rows that may be the visitor's, in place; `visitor` as `visitorInRow` has it. */
export function sieveRows(keys: Subkeys, rows: Buffer, visitor: Uint8Array): Buffer {
  const stream = streamOf(keys, rows, wholeRow);
  let end = 0;
  for (let at = 0, from = 0; at < rows.length; at += rowBytes, from += blockBytes) {
    if (!mayBe(visitor, rows, at + headBytes + nonceBytes, stream, from)) continue;
    if (end < at) rows.copyWithin(end, at, at + rowBytes);
    end += rowBytes;
  }
  return rows.subarray(0, end);
}

/** Whether one of the rows that these parts are of, `sievedBytes` of each, may be the visitor's. */
export function anyMayBe(keys: Subkeys, parts: Buffer, visitor: Uint8Array): boolean {
  const stream = streamOf(keys, parts, sievedPart);
  for (let at = 0, from = 0; at < parts.length; at += sievedBytes, from += blockBytes)
    if (mayBe(visitor, parts, at + nonceBytes, stream, from)) return true;
  return false;
}

/** What two nibbles are as part of what `writeNumber` makes: digits, the last digit and what fills the rest, or that alone. */
const pair = { digits: 0, last: 1, filled: 2, none: 3 } as const;
const pairs = Uint8Array.from({ length: 256 }, (_, octet) => {
  const [high, low] = [octet >> 4, octet & 0xf];
  if (low > 9 && low !== 0xf) return pair.none;
  if (high <= 9) return low <= 9 ? pair.digits : pair.last;
  return octet === 0xff ? pair.filled : pair.none;
});

/** Unless the value at `at` is another's number. */
function mayBe(visitor: Uint8Array, rows: Buffer, at: number, stream: Buffer, from: number): boolean {
  // The form, which is 0 or 1, stands before the digits.
  const first = (rows[at] as number) ^ (stream[from] as number);
  let before: number = first > 0x1f ? pair.none : (pairs[first] as number);
  if (before === pair.none) return true;
  let isSame = first === visitor[0];
  let some = first;
  for (let index = 1; index < numberBytes; index += 1) {
    const octet = (rows[at + index] as number) ^ (stream[from + index] as number);
    const is = pairs[octet] as number;
    if (is === pair.none || (before !== pair.digits && is !== pair.filled)) return true;
    before = is;
    some |= octet;
    if (octet !== visitor[index]) isSame = false;
  }
  return isSame || some === 0;
}

/** Blocks of nonce and counter; the next call overwrites the nonces. */
let blocks = Buffer.alloc(0);

/** What the first 16 sealed octets of each row were added to. */
function streamOf({ algorithm, seal }: Subkeys, rows: Buffer, { length, nonceAt }: Layout): Buffer {
  const bytes = (rows.length / length) * blockBytes;
  if (blocks.length < bytes) {
    blocks = Buffer.alloc(bytes * 2);
    for (let at = blockBytes - 1; at < blocks.length; at += blockBytes) blocks[at] = firstCounter;
  }
  for (let at = nonceAt, to = 0; to < bytes; at += length, to += blockBytes)
    for (let index = 0; index < nonceBytes; index += 1) blocks[to + index] = rows[at + index] as number;
  return createCipheriv(algorithm.replace('-gcm', '-ecb'), seal, null)
    .setAutoPadding(false)
    .update(blocks.subarray(0, bytes));
}
