import type { Connection } from '../database/database.ts';
import { hourOf } from '../hour.ts';
import type { HourKeys, Subkeys } from '../keyring/hour-keys.ts';
import type { Window } from '../records.ts';
import { associatedData, sealedIn } from '../sealing/bound-data.ts';
import { seal, unseal } from '../sealing/seal.ts';
import { tagBitsFor } from '../sealing/tags.ts';

/** The kinds of texts that are not visits. */
export interface TextCounts {
  unresolved: number;
  undecodable: number;
  notices: number;
}

export interface Counts extends TextCounts {
  visits: number;
}

/** The sealed texts of an hour by kind; notes belong to visits (notes.ts). */
export interface KindCounts extends TextCounts {
  notes: number;
}

export function noCounts(): Counts {
  return { visits: 0, unresolved: 0, undecodable: 0, notices: 0 };
}

export function noKinds(): KindCounts {
  return { unresolved: 0, undecodable: 0, notices: 0, notes: 0 };
}

const kindNames = ['unresolved', 'undecodable', 'notices', 'notes'] as const;

/** The hours of a window that have rows, ascending. */
export function hoursWithin(db: Connection, { fromMs, toMs }: Window): number[] {
  return db
    .prepare<[number, number], number>('SELECT hour FROM hours WHERE hour BETWEEN ? AND ? ORDER BY hour')
    .pluck()
    .all(hourOf(fromMs), hourOf(toMs - 1));
}

/** How many of an hour's sealed texts are of each kind; null if they cannot be opened. */
export function openKinds(keys: Subkeys | null, hour: number, sealed: Buffer | null): KindCounts | null {
  if (sealed === null) return noKinds();
  const octets = keys && unseal(keys, sealed, associatedData(sealedIn.kinds, hour, 0, 0));
  if (octets === null) return null;
  const [unresolved = 0, undecodable = 0, notices = 0, notes = 0] = kindNames.map((_, index) =>
    octets.readUInt32BE(index * 4),
  );
  return { unresolved, undecodable, notices, notes };
}

function sealKinds(keys: Subkeys, hour: number, kinds: KindCounts): Buffer {
  const octets = Buffer.alloc(kindNames.length * 4);
  for (const [index, name] of kindNames.entries()) octets.writeUInt32BE(Math.max(0, kinds[name]), index * 4);
  return seal(keys, octets, associatedData(sealedIn.kinds, hour, 0, 0));
}

/** What the register states of an hour. */
export interface StatedHour {
  readonly hour: number;
  /** Of both forms. */
  readonly counts: Counts;
  /** Sealed rows of texts, notes included. */
  readonly texts: number;
  /** Visits whose row has a note. */
  readonly notes: number;
  /** Sealed texts whose kinds cannot be told without the hour's key; `counts` has them as undecodable. */
  readonly unknown: number;
}

type HourRow = Counts & { readonly hour: number; readonly texts: number; readonly kinds: Buffer | null };

/** The hours' counts, ascending; of one hour only if it is given. */
export function statedHours(db: Connection, keys: HourKeys, only?: number): StatedHour[] {
  const rows = db.prepare<unknown[], HourRow>(
    `SELECT hour, visits, unresolved, undecodable, notices, texts, kinds FROM hours
     ${only === undefined ? '' : 'WHERE hour = ?'} ORDER BY hour`,
  );
  return rows.all(...(only === undefined ? [] : [only])).map((row) => statedHour(keys, row));
}

function statedHour(keys: HourKeys, row: HourRow): StatedHour {
  const { hour, texts, kinds: sealed, visits } = row;
  const kinds = sealed === null ? noKinds() : openKinds(keys.forReading(hour), hour, sealed);
  const known = kinds ?? { ...noKinds(), undecodable: texts };
  return {
    hour,
    texts,
    counts: {
      visits,
      unresolved: row.unresolved + known.unresolved,
      undecodable: row.undecodable + known.undecodable,
      notices: row.notices + known.notices,
    },
    notes: known.notes,
    unknown: kinds === null ? texts : 0,
  };
}

type Pending = Counts & { texts: number; kinds: KindCounts };

/**
 * How many rows each hour has, added up in the transaction that adds or removes rows. So the totals of thirty million
 * visits are known at once, `check` can compare them with the rows, and the living hours are known. Of texts, the kinds
 * are sealed: a copy tells how many rows an hour has, and not what they are.
 *
 * An hour's tag bits are chosen with its first row, by what the same hour of the day had a week or a day before: they
 * must not depend on how many rows the hour has had so far, or a row would tell when it came.
 */
export class HourCounts {
  readonly #keys: HourKeys;
  readonly #pending = new Map<number, Pending>();
  readonly #bits = new Map<number, number>();
  readonly #upsert;
  readonly #kinds;
  readonly #bitsOf;
  readonly #visitsOf;

  constructor(db: Connection, keys: HourKeys) {
    this.#keys = keys;
    this.#upsert = db.prepare<unknown[]>(
      `INSERT INTO hours (hour, visits, unresolved, undecodable, notices, texts, kinds, tag_bits)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (hour) DO UPDATE SET visits = visits + excluded.visits,
         unresolved = unresolved + excluded.unresolved, undecodable = undecodable + excluded.undecodable,
         notices = notices + excluded.notices, texts = texts + excluded.texts,
         kinds = coalesce(excluded.kinds, kinds), tag_bits = coalesce(tag_bits, excluded.tag_bits)`,
    );
    this.#kinds = db.prepare<[number], Buffer | null>('SELECT kinds FROM hours WHERE hour = ?').pluck();
    this.#bitsOf = db.prepare<[number], number | null>('SELECT tag_bits FROM hours WHERE hour = ?').pluck();
    this.#visitsOf = db
      .prepare<[number], number>('SELECT visits + visits_left FROM hours WHERE hour = ?')
      .pluck();
  }

  addVisits(hour: number, rows = 1): void {
    this.#of(hour).visits += rows;
  }

  /** Texts of the form before the sealed one. */
  addOldTexts(hour: number, kind: keyof TextCounts, rows: number): void {
    this.#of(hour)[kind] += rows;
  }

  /** Sealed texts; null: of a kind that cannot be told any more. */
  addTexts(hour: number, kind: keyof KindCounts | null, rows = 1): void {
    const pending = this.#of(hour);
    pending.texts += rows;
    if (kind !== null) pending.kinds[kind] += rows;
  }

  /** How many bits of the visitor's tag this hour uses. Inside a transaction only. */
  tagBits(hour: number): number {
    const known = this.#bits.get(hour);
    if (known !== undefined) return known;
    const bits = this.#bitsOf.get(hour) ?? this.#expectedBits(hour);
    this.#bits.set(hour, bits);
    return bits;
  }

  committing(): void {
    for (const [hour, { visits, unresolved, undecodable, notices, texts, kinds }] of this.#pending) {
      const sealed =
        texts !== 0 || kindNames.some((name) => kinds[name] !== 0) ? this.#add(hour, kinds) : null;
      const bits = this.#bits.get(hour) ?? null;
      this.#upsert.run(hour, visits, unresolved, undecodable, notices, texts, sealed, bits);
    }
    this.#pending.clear();
  }

  rolledBack(): void {
    this.#pending.clear();
    this.#bits.clear();
  }

  #of(hour: number): Pending {
    let pending = this.#pending.get(hour);
    if (pending === undefined) {
      pending = { ...noCounts(), texts: 0, kinds: noKinds() };
      this.#pending.set(hour, pending);
    }
    return pending;
  }

  /** The hour's kinds with what was added; null, for as they are, if they cannot be opened any more. */
  #add(hour: number, added: KindCounts): Buffer | null {
    const keys = this.#keys.forReading(hour);
    const kinds = openKinds(keys, hour, this.#kinds.get(hour) ?? null);
    if (keys === null || kinds === null) return null;
    for (const name of kindNames) kinds[name] += added[name];
    return sealKinds(keys, hour, kinds);
  }

  #expectedBits(hour: number): number {
    const known = [7 * 24, 24].flatMap((ago) => this.#visitsOf.get(hour - ago) ?? []);
    return known.length === 0 ? 0 : tagBitsFor(Math.min(...known));
  }
}
