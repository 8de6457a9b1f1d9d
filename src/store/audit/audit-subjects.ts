import { createCipheriv, createHash, randomBytes, randomFillSync } from 'node:crypto';
import type { HourKeys, Subkeys } from '../keyring/hour-keys.ts';
import type { SubjectsOfHour } from './audit-types.ts';

/** Octets of a pseudonym. Among a million of them a stranger's number is found by chance once in 10^13 look-ups. */
const tagBytes = 8;
const digestBytes = 16;
/**
 * Random octets behind the pseudonyms of a list. The digest in the log is for ever; without these, who has the keyring
 * could try all numbers on it and find one that was made noise of. A list of an earlier version has none: its length
 * is a multiple of a pseudonym's.
 */
const saltBytes = 20;

/** What a number takes before it is a pseudonym: a block of the cipher. */
const blockBytes = 16;
/** Numbers that are held until they are pseudonyms. */
const blocksAtOnce = 64;
/** Before the digest of a text that is not itself a block. No block begins with it. */
const digestMark = 0xff;

interface SubjectTags {
  /** Takes a visitor (canonical) in. */
  add(visitor: string): void;
  /** The pseudonyms of those taken in, once each and in ascending order. No number is left in memory: it is the end. */
  tags(): Buffer;
}

/**
 * Makes the pseudonyms of one act in one hour: the number, as one block, enciphered under a key of the act and the hour,
 * cut to 8 octets. A block cipher under a key that serves nothing else is a pseudorandom function of one block, and many
 * blocks are one call, where a hash for each took a tenth of what a revealed row may take in all. The key is SHA-256 of
 * the hour's audit key and the act's number (NIST SP 800-56C §4). With the hour's key anyone can be looked up; without
 * it a tag is noise, and it cannot be seen that two acts showed the same person.
 */
export function subjectTags(keys: Subkeys, act: number): SubjectTags {
  const key = keyOfAct(keys, act);
  const cipher = createCipheriv(keys.algorithm.replace('-gcm', '-ecb'), key, null).setAutoPadding(false);
  key.fill(0);
  const blocks = Buffer.alloc(blockBytes * blocksAtOnce);
  let end = 0;
  const parts: Buffer[] = [];
  const encipher = () => {
    parts.push(tagsOf(cipher.update(blocks.subarray(0, end))));
    blocks.fill(0);
    end = 0;
  };
  return {
    add(visitor) {
      if (!writeBlock(blocks, end, visitor)) digestBlock(visitor).copy(blocks, end);
      end += blockBytes;
      if (end === blocks.length) encipher();
    },
    tags() {
      encipher();
      return ascending(parts.splice(0));
    },
  };
}

/** Numbers and short names, `!` to `~`, are a block as they are. What is written of others is to be written over. */
function writeBlock(blocks: Buffer, at: number, visitor: string): boolean {
  if (visitor.length === 0 || visitor.length > blockBytes) return false;
  for (let index = 0; index < visitor.length; index += 1) {
    const code = visitor.charCodeAt(index);
    if (code < 0x21 || code > 0x7e) return false;
    blocks[at + index] = code;
  }
  return true;
}

function keyOfAct({ audit }: Subkeys, act: number): Buffer {
  const counter = Buffer.of(0, 0, 0, 1);
  return createHash('sha256').update(counter).update(audit).update(`visitlog audit subjects ${act}`).digest();
}

function digestBlock(visitor: string): Buffer {
  const digest = createHash('sha256').update(visitor).digest();
  return Buffer.concat([Buffer.of(digestMark), digest], blockBytes);
}

/** The first half of each block. */
function tagsOf(enciphered: Buffer): Buffer {
  const tags = Buffer.allocUnsafe(enciphered.length / 2);
  for (let from = 0, to = 0; to < tags.length; from += blockBytes, to += tagBytes)
    enciphered.copy(tags, to, from, from + tagBytes);
  return tags;
}

function ascending(parts: readonly Buffer[]): Buffer {
  const tags = Buffer.from(new ArrayBuffer(parts.reduce((size, part) => size + part.length, 0)));
  let end = 0;
  for (const part of parts) end += part.copy(tags, end);
  tags.swap64();
  new BigUint64Array(tags.buffer).sort();
  return onceEach(tags).swap64();
}

/** Without what is like the tag before it. In halves of a tag: 64 bits in one are a number on the heap each time. */
function onceEach(sorted: Buffer): Buffer {
  const halves = new Uint32Array(sorted.buffer);
  let end = Math.min(2, halves.length);
  for (let at = 2; at < halves.length; at += 2) {
    if (halves[at] === halves[end - 2] && halves[at + 1] === halves[end - 1]) continue;
    halves.copyWithin(end, at, at + 2);
    end += 2;
  }
  return sorted.subarray(0, end * 4);
}

export function digestOf(tags: Uint8Array): string {
  return createHash('sha256').update(tags).digest().subarray(0, digestBytes).toString('hex');
}

/** The pseudonyms of one act that are not on disk yet. */
export class Subjects {
  readonly #keys: HourKeys;
  readonly #act: number;
  readonly #hours = new Map<number, SubjectTags | null>();
  #size = 0;

  constructor(keys: HourKeys, act: number) {
    this.#keys = keys;
    this.#act = act;
  }

  /** How many are waiting, those of one visitor counted each time. */
  get size(): number {
    return this.#size;
  }

  /** Visits of an hour whose key is gone are passed over: they are unreadable. */
  add(visitor: string, hour: number): void {
    let list = this.#hours.get(hour);
    if (list === undefined) {
      const keys = this.#keys.forReading(hour);
      list = keys === null ? null : subjectTags(keys, this.#act);
      this.#hours.set(hour, list);
    }
    if (list === null) return;
    list.add(visitor);
    this.#size += 1;
  }

  /** Each hour's pseudonyms, once each and in ascending order, which says nothing of the order of visits. */
  take(): { readonly hour: number; readonly tags: Buffer }[] {
    const taken = [...this.#hours].flatMap(([hour, list]) =>
      list === null ? [] : { hour, tags: salted(list.tags()) },
    );
    this.#hours.clear();
    this.#size = 0;
    return taken;
  }
}

/** What a row of the log says of pseudonyms stored beside it. */
export function describeSubjects({
  hour,
  tags,
}: {
  readonly hour: number;
  readonly tags: Buffer;
}): SubjectsOfHour {
  return { hour, count: countOf(tags), digest: digestOf(tags) };
}

function salted(tags: Buffer): Buffer {
  return Buffer.concat([tags, randomBytes(saltBytes)]);
}

function countOf(list: Buffer): number {
  return Math.floor((list.length % tagBytes === 0 ? list.length : list.length - saltBytes) / tagBytes);
}

/** The list with noise in the place of this pseudonym, in order again: which one it was cannot be seen. With a new salt. */
export function withNoiseFor(list: Buffer, tag: Buffer): Buffer {
  const at = placeOfTag(list, tag);
  if (at === null) return list;
  const tags = Buffer.from(list.subarray(0, countOf(list) * tagBytes));
  randomFillSync(tags, at, tagBytes);
  return salted(ascending([tags]));
}

/** Whether a list of pseudonyms has this one. */
export function hasTag(tags: Buffer, tag: Buffer): boolean {
  return placeOfTag(tags, tag) !== null;
}

/** The octet at which it begins. */
function placeOfTag(tags: Buffer, tag: Buffer): number | null {
  let low = 0;
  let high = countOf(tags) - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const order = tag.compare(tags, middle * tagBytes, (middle + 1) * tagBytes);
    if (order === 0) return middle * tagBytes;
    if (order < 0) high = middle - 1;
    else low = middle + 1;
  }
  return null;
}
