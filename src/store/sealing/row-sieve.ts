import { createCipheriv } from 'node:crypto';
import type { Subkeys } from '../keyring/hour-keys.ts';
import { nonceBytes } from './seal.ts';
import { flagsInRow, headBytes, notedBit, rowBytes } from './visit-row.ts';

/*
 * Rows that share a visitor's tag are a hundred an hour, and one of them at most is the visitor's most of the time. To open a
 * row costs a cipher of its own. GCM enciphers by the block cipher of nonce and counter, from 2 on (NIST SP 800-38D §7.1),
 * so the first blocks of all of them are one call: what has another's number is passed over, and what is left is opened.
 *
 * What is passed over is not authenticated, as what a tag does not find is not. A value that is no number is left, so that
 * a damaged row is told rather than lost.
 */
const blockBytes = 16;
const blocksOfRow = 2;
const streamBytes = blocksOfRow * blockBytes;
const firstCounter = 2;
const numberBytes = 8;

/** Where the octets are that rows are told by, from the begin of each. */
interface Layout {
  readonly length: number;
  readonly nonceAt: number;
  readonly visitorAt: number;
  readonly flagsAt: number;
}

const wholeRow: Layout = {
  length: rowBytes,
  nonceAt: headBytes,
  visitorAt: headBytes + nonceBytes,
  flagsAt: headBytes + nonceBytes + flagsInRow,
};

/** What rows are told by alone: nonce (12) · visitor (8) · flags (1), the last two sealed. */
export const sievedBytes = nonceBytes + numberBytes + 1;

const sievedPart: Layout = {
  ...{ length: sievedBytes, nonceAt: 0 },
  ...{ visitorAt: nonceBytes, flagsAt: nonceBytes + numberBytes },
};

/** The rows that may be the visitor's, in place; `visitor` as `visitorInRow` has it. */
export function sieveRows(keys: Subkeys, rows: Buffer, visitor: Uint8Array): Buffer {
  const stream = streamOf(keys, rows, wholeRow);
  let end = 0;
  for (let at = 0, from = 0; at < rows.length; at += rowBytes, from += streamBytes) {
    if (!mayBe(visitor, rows, at, wholeRow, stream, from)) continue;
    if (end < at) rows.copyWithin(end, at, at + rowBytes);
    end += rowBytes;
  }
  return rows.subarray(0, end);
}

/** Whether one of the rows that these parts are of, `sievedBytes` of each, may be the visitor's. */
export function anyMayBe(keys: Subkeys, parts: Buffer, visitor: Uint8Array): boolean {
  const stream = streamOf(keys, parts, sievedPart);
  for (let at = 0, from = 0; at < parts.length; at += sievedBytes, from += streamBytes)
    if (mayBe(visitor, parts, at, sievedPart, stream, from)) return true;
  return false;
}

function mayBe(
  visitor: Uint8Array,
  rows: Buffer,
  at: number,
  { visitorAt, flagsAt }: Layout,
  stream: Buffer,
  from: number,
): boolean {
  const body = at + visitorAt;
  for (let index = 0; index < numberBytes; index += 1)
    number[index] = (rows[body + index] as number) ^ (stream[from + index] as number);
  const flags = (rows[at + flagsAt] as number) ^ (stream[from + flagsInRow] as number);
  return (flags & notedBit) !== 0 || !isNumber(number) || isSame(number, visitor);
}

const number = new Uint8Array(numberBytes);

/** What the first 32 sealed octets of each row were added to. */
function streamOf({ algorithm, seal }: Subkeys, rows: Buffer, { length, nonceAt }: Layout): Buffer {
  const blocks = Buffer.alloc((rows.length / length) * streamBytes);
  for (let at = nonceAt, from = 0; from < blocks.length; at += length, from += streamBytes)
    for (let block = 0; block < blocksOfRow; block += 1) {
      const to = from + block * blockBytes;
      for (let index = 0; index < nonceBytes; index += 1) blocks[to + index] = rows[at + index] as number;
      blocks[to + blockBytes - 1] = firstCounter + block;
    }
  return createCipheriv(algorithm.replace('-gcm', '-ecb'), seal, null).setAutoPadding(false).update(blocks);
}

/** Whether octets are what `writeNumber` makes: the form, digits, and what fills the rest. */
function isNumber(octets: Uint8Array): boolean {
  if ((octets[0] as number) >> 4 > 1) return false;
  let isFilled = false;
  for (let place = 1; place < numberBytes * 2; place += 1) {
    const octet = octets[place >> 1] as number;
    const nibble = place % 2 === 0 ? octet >> 4 : octet & 0xf;
    if (nibble === 0xf) isFilled = true;
    else if (nibble > 9 || isFilled) return false;
  }
  return true;
}

function isSame(octets: Uint8Array, others: Uint8Array): boolean {
  for (let index = 0; index < numberBytes; index += 1) if (octets[index] !== others[index]) return false;
  return true;
}
