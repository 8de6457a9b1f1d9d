import { type Cipher, createCipheriv, hash } from 'node:crypto';
import type { Subkeys } from '../keyring/hour-keys.ts';

/*
 * The tags by which sealed visits are found. Each is a number or name, as one block, enciphered under the hour's key for
 * tags, and cut. A block cipher under a key that serves nothing else is a pseudorandom function of one block, as an HMAC
 * is, and the tags of all places of a city are one call: a count by place compares twenty thousand of them in each hour.
 *
 * Of the venue 6 octets: rows with the same are of one place, so that a count opens none or one of them. Of a city with
 * twenty thousand places in an hour, two share a tag in one of a million hours. An export opens the row and compares.
 *
 * Of the visitor so few bits that about a hundred rows of the hour share them: whoever looks for a visitor opens those
 * and compares, and without the key nothing tells which of the hundred belong together.
 */
export const venueTagBytes = 6;
export const visitorTagBytes = 2;

/** Rows of an hour that a visitor's tag is to be shared by: more or fewer by at most a factor of the root of 2. */
const sharedBy = 100;
const mostBits = 10;

/** The tags of a row. */
export interface RowTags {
  readonly venueTag: Buffer;
  readonly visitorTag: Buffer;
}

type TagKeys = Pick<Subkeys, 'algorithm' | 'tags'>;

const blockBytes = 16;
const kindOf = { venue: 1, visitor: 2, text: 3, name: 4 } as const;
/** Of a block that holds a digest, beside the kind. */
const digestBit = 0x80;

/** How many bits of the visitor's tag an hour uses that is expected to have this many visits. */
export function tagBitsFor(visits: number): number {
  if (visits < sharedBy * 2) return 0;
  return Math.min(mostBits, Math.round(Math.log2(visits / sharedBy)));
}

export function venueTag(keys: TagKeys, venue: string): Buffer {
  return enciphered(keys, venueBlocks([venue])).subarray(0, venueTagBytes);
}

export function visitorTag(keys: Subkeys, visitor: string, bits: number): Buffer {
  // A trace asks for it in each hour of each gateway, and small ones use none of it.
  if (bits === 0) return Buffer.alloc(visitorTagBytes);
  const block = Buffer.alloc(blockBytes);
  writeBlock(block, 0, kindOf.visitor, visitor);
  return cutTo(bits, encipheredOnce(keys, block).subarray(0, visitorTagBytes));
}

/** The venue's tag and the visitor's, by one call and in memory that the next one overwrites. */
export function rowTags(
  keys: Subkeys,
  { venue, visitor }: { readonly venue: string; readonly visitor: string },
  bits: number,
): RowTags {
  rowBlocks.fill(0);
  writeBlock(rowBlocks, 0, kindOf.venue, venue);
  writeBlock(rowBlocks, blockBytes, kindOf.visitor, visitor);
  const made = enciphered(keys, rowBlocks);
  made.copy(nextTags.venueTag, 0, 0, venueTagBytes);
  made.copy(nextTags.visitorTag, 0, blockBytes, blockBytes + visitorTagBytes);
  cutTo(bits, nextTags.visitorTag);
  return nextTags;
}

const rowBlocks = Buffer.alloc(blockBytes * 2);
const nextTags: RowTags = {
  venueTag: Buffer.alloc(venueTagBytes),
  visitorTag: Buffer.alloc(visitorTagBytes),
};

/** Of what a text is known by: one of a million texts of an hour is taken for another once in 10^13 texts. */
export const textTagBytes = 8;

/** The tag of a text's octets, in memory that the next one overwrites. */
export function textTag(keys: TagKeys, octets: Buffer): Buffer {
  return digestTag(keys, kindOf.text, octets);
}

/** The same of what its sender named a text by. */
export function nameTag(keys: TagKeys, name: string): Buffer {
  return digestTag(keys, kindOf.name, name);
}

function digestTag(keys: TagKeys, kind: number, value: string | Buffer): Buffer {
  writeDigest(textBlock, 0, kind, value);
  enciphered(keys, textBlock).copy(nextTextTag, 0, 0, textTagBytes);
  return nextTextTag;
}

const textBlock = Buffer.alloc(blockBytes);
const nextTextTag = Buffer.alloc(textTagBytes);

/** What `tagNumbers` makes the tags of these venues of, in any hour. */
export function venueBlocks(venues: readonly string[]): Buffer {
  const blocks = Buffer.alloc(venues.length * blockBytes);
  for (const [index, venue] of venues.entries()) writeBlock(blocks, index * blockBytes, kindOf.venue, venue);
  return blocks;
}

/** The tags of the venues of these blocks in one hour, in their order, each as a number of 48 bits. */
export function tagNumbers(keys: Subkeys, blocks: Buffer): Float64Array {
  const numbers = new Float64Array(blocks.length / blockBytes);
  for (let from = 0, index = 0; from < blocks.length; from += pieceBytes) {
    const made = enciphered(keys, blocks.subarray(from, from + pieceBytes));
    for (let at = 0; at < made.length; at += blockBytes, index += 1) numbers[index] = tagNumberAt(made, at);
  }
  return numbers;
}

/** Blocks that are one call: the memory that it takes is used again, and that of all of a city's places is not. */
const pieceBytes = blockBytes * 1_024;

/** The venue's tag that begins at `at` as `tagNumbers` has it, in half the time of `readUIntBE`. */
export function tagNumberAt(octets: Uint8Array, at: number): number {
  const high = ((octets[at] as number) << 8) | (octets[at + 1] as number);
  const low =
    ((octets[at + 2] as number) << 24) |
    ((octets[at + 3] as number) << 16) |
    ((octets[at + 4] as number) << 8) |
    (octets[at + 5] as number);
  return high * 2 ** 32 + (low >>> 0);
}

/** The same tags as octets, one behind the other. */
export function joinedTags(keys: Subkeys, blocks: Buffer): Buffer {
  const made = encipheredOnce(keys, blocks);
  const tags = Buffer.allocUnsafe((blocks.length / blockBytes) * venueTagBytes);
  for (let from = 0, to = 0; from < made.length; from += blockBytes, to += venueTagBytes)
    for (let index = 0; index < venueTagBytes; index += 1) tags[to + index] = made[from + index] as number;
  return tags;
}

/** A cipher of single blocks has no state, so one serves an hour's keys for as long as they are in memory. */
const ciphers = new WeakMap<TagKeys, Cipher>();

function enciphered(keys: TagKeys, blocks: Buffer): Buffer {
  let cipher = ciphers.get(keys);
  if (cipher === undefined) {
    cipher = cipherOf(keys);
    ciphers.set(keys, cipher);
  }
  return cipher.update(blocks);
}

/** Whoever searches asks once under each of thousands of keys: to remember their ciphers costs a fifth more. */
function encipheredOnce(keys: TagKeys, blocks: Buffer): Buffer {
  return cipherOf(keys).update(blocks);
}

function cipherOf({ algorithm, tags }: TagKeys): Cipher {
  return createCipheriv(algorithm.replace('-gcm', '-ecb'), tags, null).setAutoPadding(false);
}

/** Numbers and short names, `!` to `~`, are in the block as they are, others by their digest. */
function writeBlock(blocks: Buffer, at: number, kind: number, value: string): void {
  blocks[at] = kind;
  if (fits(value)) blocks.write(value, at + 1, 'latin1');
  else writeDigest(blocks, at, kind, value);
}

function writeDigest(blocks: Buffer, at: number, kind: number, value: string | Buffer): void {
  blocks[at] = kind | digestBit;
  blocks.write(hash('sha256', value), at + 1, blockBytes - 1, 'hex');
}

function fits(value: string): boolean {
  if (value.length >= blockBytes) return false;
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if (code < 0x21 || code > 0x7e) return false;
  }
  return true;
}

function cutTo(bits: number, tag: Buffer): Buffer {
  tag.writeUInt16BE(tag.readUInt16BE(0) & (0xffff << (16 - bits)) & 0xffff);
  return tag;
}
