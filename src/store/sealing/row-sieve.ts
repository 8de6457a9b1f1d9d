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

/** The rows that may be the visitor's, in place; `visitor` as `visitorInRow` has it. */
export function sieveRows(keys: Subkeys, rows: Buffer, visitor: Uint8Array): Buffer {
  const stream = streamOf(keys, rows);
  let end = 0;
  for (let at = 0, from = 0; at < rows.length; at += rowBytes, from += streamBytes) {
    const body = at + headBytes + nonceBytes;
    for (let index = 0; index < numberBytes; index += 1)
      number[index] = (rows[body + index] as number) ^ (stream[from + index] as number);
    const flags = (rows[body + flagsInRow] as number) ^ (stream[from + flagsInRow] as number);
    if ((flags & notedBit) === 0 && isNumber(number) && !isSame(number, visitor)) continue;
    if (end < at) rows.copyWithin(end, at, at + rowBytes);
    end += rowBytes;
  }
  return rows.subarray(0, end);
}

const number = new Uint8Array(numberBytes);

/** What the first 32 octets of each row were added to. */
function streamOf({ algorithm, seal }: Subkeys, rows: Buffer): Buffer {
  const blocks = Buffer.alloc((rows.length / rowBytes) * streamBytes);
  for (let at = headBytes, from = 0; from < blocks.length; at += rowBytes, from += streamBytes)
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
