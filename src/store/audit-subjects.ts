import { createHash, createHmac } from 'node:crypto';
import type { SubjectsOfHour } from './audit-types.ts';
import type { Connection } from './database.ts';
import type { HourKeys, Subkeys } from './hour-keys.ts';

/** Octets of a pseudonym. Among a million of them a stranger's number is found by chance once in 10^13 look-ups. */
const tagBytes = 8;
const digestBytes = 16;

/**
 * A visitor's pseudonym in one act: HMAC-SHA-256 of the act's number and the canonical number under the hour's audit
 * key, cut to 8 octets. With the hour's key everyone can be looked up; without it the tag is noise. The act is part of
 * it so that nobody can see without the key that two acts showed the same person.
 */
export function subjectTag(keys: Subkeys, act: number, visitor: string): Buffer {
  return createHmac('sha256', keys.audit).update(`${act} ${visitor}`, 'utf8').digest().subarray(0, tagBytes);
}

export function digestOf(tags: Uint8Array): string {
  return createHash('sha256').update(tags).digest().subarray(0, digestBytes).toString('hex');
}

/** The pseudonyms of one act that are not on disk yet. */
export class Subjects {
  readonly #keys: HourKeys;
  readonly #act: number;
  readonly #tags = new Map<number, Set<bigint>>();
  #size = 0;

  constructor(keys: HourKeys, act: number) {
    this.#keys = keys;
    this.#act = act;
  }

  /** How many are waiting. */
  get size(): number {
    return this.#size;
  }

  /** An hour whose key is gone has nobody to tell of any more. */
  add(visitor: string, hour: number): void {
    const keys = this.#keys.forReading(hour);
    if (keys === null) return;
    let tags = this.#tags.get(hour);
    if (tags === undefined) {
      tags = new Set();
      this.#tags.set(hour, tags);
    }
    const before = tags.size;
    tags.add(subjectTag(keys, this.#act, visitor).readBigUInt64BE());
    this.#size += tags.size - before;
  }

  /** Each hour's pseudonyms in ascending order: their order tells nothing of the order of visits. */
  take(): { readonly hour: number; readonly tags: Buffer }[] {
    const taken = [...this.#tags].map(([hour, tags]) => ({ hour, tags: sorted(tags) }));
    this.#tags.clear();
    this.#size = 0;
    return taken;
  }
}

function sorted(tags: ReadonlySet<bigint>): Buffer {
  const values = BigUint64Array.from(tags).sort();
  const bytes = Buffer.alloc(values.length * tagBytes);
  values.forEach((value, index) => {
    bytes.writeBigUInt64BE(value, index * tagBytes);
  });
  return bytes;
}

/** What a row of the log says of pseudonyms stored beside it. */
export function describeSubjects({
  hour,
  tags,
}: {
  readonly hour: number;
  readonly tags: Buffer;
}): SubjectsOfHour {
  return { hour, count: tags.length / tagBytes, digest: digestOf(tags) };
}

/** Whether a list of pseudonyms has this one. */
export function hasTag(tags: Buffer, tag: Buffer): boolean {
  let low = 0;
  let high = tags.length / tagBytes - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const order = tag.compare(tags, middle * tagBytes, (middle + 1) * tagBytes);
    if (order === 0) return true;
    if (order < 0) high = middle - 1;
    else low = middle + 1;
  }
  return false;
}

/**
 * Removes the pseudonyms of hours before `hour`, in the transaction of the sweep that ends these hours. The chain
 * stays whole: its rows hold a digest of each list, and a list may be missing once its hour's key is.
 */
export function forgetSubjects(db: Connection, hour: number): number {
  return db.prepare<[number]>('DELETE FROM audit_subjects WHERE hour < ?').run(hour).changes;
}
