import { createHash, hash } from 'node:crypto';
import type { HourKeys, Subkeys } from '../keyring/hour-keys.ts';
import type { SubjectsOfHour } from './audit-types.ts';

/** Octets of a pseudonym. Among a million of them a stranger's number is found by chance once in 10^13 look-ups. */
const tagBytes = 8;
const digestBytes = 16;

export interface SubjectTags {
  /** The pseudonym of a visitor (canonical). */
  of(visitor: string): Buffer;
  /** Zeroes the key in memory; nothing can be made any more. */
  wipe(): void;
}

/**
 * Makes the pseudonyms of one act in one hour: the one-step key derivation of NIST SP 800-56C §4 with SHA-256 from the
 * hour's audit key, the act's number and the canonical number being the fixed information; cut to 8 octets. With the
 * hour's key anyone can be looked up; without it a tag is noise. The act is part of it, so that nobody can see without
 * the key that two acts showed the same person. (An HMAC of Node's costs 4 µs, more than half of what a revealed row
 * may take in all; this costs less than 1.)
 */
export function subjectTags(keys: Subkeys, act: number): SubjectTags {
  const info = Buffer.from(`visitlog audit subject ${act} `);
  const start = 4 + keys.audit.length + info.length;
  let input = Buffer.alloc(start + 64);
  input.writeUInt32BE(1);
  keys.audit.copy(input, 4);
  info.copy(input, 4 + keys.audit.length);
  return {
    of(visitor) {
      const most = start + visitor.length * 3;
      if (most > input.length) {
        const longer = Buffer.concat([input], most);
        input.fill(0);
        input = longer;
      }
      const end = start + input.write(visitor, start, 'utf8');
      return hash('sha256', input.subarray(0, end), 'buffer').subarray(0, tagBytes);
    },
    wipe: () => void input.fill(0),
  };
}

export function digestOf(tags: Uint8Array): string {
  return createHash('sha256').update(tags).digest().subarray(0, digestBytes).toString('hex');
}

/** The pseudonyms of one act that are not on disk yet. */
export class Subjects {
  readonly #keys: HourKeys;
  readonly #act: number;
  readonly #hours = new Map<number, SubjectList | null>();
  #size = 0;

  constructor(keys: HourKeys, act: number) {
    this.#keys = keys;
    this.#act = act;
  }

  /** How many are waiting, those of one visitor counted each time. */
  get size(): number {
    return this.#size;
  }

  /** An hour whose key is gone has nobody to tell of any more. */
  add(visitor: string, hour: number): void {
    let list = this.#hours.get(hour);
    if (list === undefined) {
      const keys = this.#keys.forReading(hour);
      list = keys === null ? null : subjectList(subjectTags(keys, this.#act));
      this.#hours.set(hour, list);
    }
    if (list === null) return;
    list.add(visitor);
    this.#size += 1;
  }

  /** Each hour's pseudonyms, once each and in ascending order: that tells nothing of the order of visits. */
  take(): { readonly hour: number; readonly tags: Buffer }[] {
    const taken = [...this.#hours].flatMap(([hour, list]) =>
      list === null ? [] : { hour, tags: list.tags() },
    );
    this.#hours.clear();
    this.#size = 0;
    return taken;
  }
}

interface SubjectList {
  add(visitor: string): void;
  /** All of them, at the end. */
  tags(): Buffer;
}

function subjectList(make: SubjectTags): SubjectList {
  let values = new BigUint64Array(64);
  let count = 0;
  return {
    add(visitor) {
      if (count === values.length) {
        const longer = new BigUint64Array(values.length * 2);
        longer.set(values);
        values = longer;
      }
      values[count] = make.of(visitor).readBigUInt64BE();
      count += 1;
    },
    tags() {
      make.wipe();
      const sorted = values.subarray(0, count).sort();
      const bytes = Buffer.alloc(count * tagBytes);
      let end = 0;
      for (const [index, value] of sorted.entries())
        if (index === 0 || value !== sorted[index - 1]) end = bytes.writeBigUInt64BE(value, end);
      return bytes.subarray(0, end);
    },
  };
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
