import type { Connection } from '../database/database.ts';
import type { HourKeys } from '../keyring/hour-keys.ts';
import { noKinds, openKinds } from '../tables/hours.ts';
import { visitTableNames } from '../tables/visit-tables.ts';
import { noRows, type SweptRows } from './sweep-tally.ts';

type CountColumn = 'visits' | 'unresolved' | 'undecodable' | 'notices';

/** By the `kind` column of `texts`. */
const textKinds: readonly CountColumn[] = ['unresolved', 'undecodable', 'notices'];

/** Later than any time: takes an hour whole. */
const whole = Number.MAX_SAFE_INTEGER;

export interface RemovedRows {
  readonly rows: SweptRows;
  /** How many were removed in all. */
  readonly removed: number;
}

export interface SweepRows {
  /**
   * Removes at most `limit` rows of an hour and takes them off the hour's counts. Inside a transaction. Fewer than
   * `limit` in all: there are no more. `tallied`: its sealed texts were counted by kind while there was a key;
   * otherwise their kinds cannot be told, and they are counted as undecodable.
   */
  removeHour(hour: number, limit: number, tallied: boolean): RemovedRows;
  /**
   * The same, of an hour that goes on, for rows of the form before whose time is not after `lastMs`. A sealed row does
   * not tell its time, and that it went before others would: such rows go with their hour.
   */
  removePast(hour: number, limit: number, lastMs: number): RemovedRows;
  /** Removes at most `limit` fingerprints of the form before, of texts up to `lastMs`. */
  removeSeen(limit: number, lastMs: number): RemovedRows;
  /** Counts the same rows; without `lastMs` those of an hour that goes whole. */
  count(keys: HourKeys, hour: number, lastMs?: number): SweptRows;
  countSeen(lastMs: number): number;
  /** How many sealed texts of an hour are of each kind; those whose kind cannot be told are undecodable. */
  kindsOf(keys: HourKeys, hour: number): SweptRows;
  /** Removes what is kept of an hour besides rows: its counts, and that it was misdated. */
  forgetHour(hour: number): void;
  /** Hours that have rows or counts; before `beforeHour` also those with rows that are not counted. */
  hours(beforeHour: number): number[];
}

/** The rows that expire, table by table, a bounded number at a time. */
export function sweepRows(db: Connection): SweepRows {
  const timed = (table: string, at: string) =>
    db.prepare<[number, number, number]>(`DELETE FROM ${table} WHERE hour = ? AND ${at} <= ? LIMIT ?`);
  const ofHour = (table: string) => {
    const remove = db.prepare<[number, number]>(`DELETE FROM ${table} WHERE hour = ? LIMIT ?`);
    return (hour: number, limit: number) => (limit > 0 ? remove.run(hour, limit).changes : 0);
  };
  const oldVisits = timed('visits', 'visited_at');
  const oldParts = timed('parts', 'at');
  const oldTexts = db
    .prepare<[number, number, number], number>(
      'DELETE FROM texts WHERE hour = ? AND at <= ? RETURNING kind LIMIT ?',
    )
    .pluck();
  const corrections = db.prepare<[number, number]>(
    'DELETE FROM corrections WHERE hour = ? AND visited_at <= ?',
  );
  const visits = visitTableNames.map(ofHour);
  const [texts, parts] = [ofHour('sealed_texts'), ofHour('sealed_parts')];
  const known = [ofHour('fingerprints'), ofHour('named_texts')];
  const slots = [ofHour('residents'), ofHour('sealed_slots')];
  const subjects = ofHour('audit_subjects');
  const seen = db.prepare<[number, number]>('DELETE FROM seen WHERE at <= ? LIMIT ?');
  const takeOff = db.prepare<[number, number, number, number, number, number]>(
    `UPDATE hours SET visits = visits - ?, unresolved = unresolved - ?, undecodable = undecodable - ?,
       notices = notices - ?, texts = texts - ? WHERE hour = ?`,
  );
  const kinds = db.prepare<[number], Buffer | null>('SELECT kinds FROM hours WHERE hour = ?').pluck();
  const forget = [
    db.prepare<[number]>('DELETE FROM hours WHERE hour = ?'),
    db.prepare<[number]>('DELETE FROM misdated WHERE hour = ?'),
  ];

  function removePast(hour: number, limit: number, lastMs: number): RemovedRows {
    const gone = noRows();
    let left = limit;
    const take = (count: number): number => {
      left -= count;
      return count;
    };
    gone.visits = take(oldVisits.run(hour, lastMs, left).changes);
    if (left > 0) corrections.run(hour, lastMs);
    if (left > 0)
      for (const kind of oldTexts.all(hour, lastMs, left)) gone[textKinds[kind] ?? 'undecodable'] += take(1);
    if (left > 0) gone.parts = take(oldParts.run(hour, lastMs, left).changes);
    const { unresolved, undecodable, notices } = gone;
    if (gone.visits + unresolved + undecodable + notices > 0)
      takeOff.run(gone.visits, unresolved, undecodable, notices, 0, hour);
    return { rows: gone, removed: limit - left };
  }

  function removeHour(hour: number, limit: number, tallied: boolean): RemovedRows {
    const { rows, removed } = removePast(hour, limit, whole);
    let left = limit - removed;
    const take = (remove: ReturnType<typeof ofHour>): number => {
      const count = remove(hour, left);
      left -= count;
      return count;
    };
    const sealedVisits = visits.reduce((sum, remove) => sum + take(remove), 0);
    const sealedTexts = take(texts);
    rows.visits += sealedVisits;
    if (!tallied) rows.undecodable += sealedTexts;
    rows.parts += take(parts);
    for (const remove of known) rows.seen += take(remove);
    for (const remove of slots) rows.residents += take(remove);
    rows.subjects += take(subjects);
    if (sealedVisits + sealedTexts > 0) takeOff.run(sealedVisits, 0, 0, 0, sealedTexts, hour);
    return { rows, removed: limit - left };
  }

  function kindsOf(keys: HourKeys, hour: number): SweptRows {
    const known = openKinds(keys.forReading(hour), hour, kinds.get(hour) ?? null) ?? noKinds();
    const { unresolved, undecodable, notices, notes } = known;
    const untold = Math.max(
      0,
      counter(db, hour)('sealed_texts') - unresolved - undecodable - notices - notes,
    );
    return { ...noRows(), unresolved, undecodable: undecodable + untold, notices };
  }

  return {
    removeHour,
    removePast,
    removeSeen(limit, lastMs) {
      const removed = seen.run(lastMs, limit).changes;
      return { rows: { ...noRows(), seen: removed }, removed };
    },
    count(keys, hour, lastMs) {
      const rows = countOld(db, hour, lastMs ?? whole);
      if (lastMs !== undefined) return rows;
      const count = counter(db, hour);
      for (const name of visitTableNames) rows.visits += count(name);
      const sealed = kindsOf(keys, hour);
      for (const kind of ['unresolved', 'undecodable', 'notices'] as const) rows[kind] += sealed[kind];
      rows.parts += count('sealed_parts');
      rows.seen = count('fingerprints') + count('named_texts');
      rows.residents = count('residents') + count('sealed_slots');
      rows.subjects = count('audit_subjects');
      return rows;
    },
    countSeen: (lastMs) =>
      db.prepare<[number], number>('SELECT count(*) FROM seen WHERE at <= ?').pluck().get(lastMs) ?? 0,
    kindsOf,
    forgetHour(hour) {
      for (const statement of forget) statement.run(hour);
    },
    hours: (beforeHour) => hoursOfRows(db, beforeHour),
  };
}

function counter(db: Connection, hour: number): (table: string) => number {
  return (table) =>
    db.prepare<[number], number>(`SELECT count(*) FROM ${table} WHERE hour = ?`).pluck().get(hour) ?? 0;
}

function countOld(db: Connection, hour: number, lastMs: number): SweptRows {
  const gone = noRows();
  const count = (table: string, at: string): number =>
    db
      .prepare<[number, number], number>(`SELECT count(*) FROM ${table} WHERE hour = ? AND ${at} <= ?`)
      .pluck()
      .get(hour, lastMs) ?? 0;
  gone.visits = count('visits', 'visited_at');
  gone.parts = count('parts', 'at');
  const found = db
    .prepare<[number, number], [number, number]>(
      'SELECT kind, count(*) FROM texts WHERE hour = ? AND at <= ? GROUP BY kind',
    )
    .raw()
    .all(hour, lastMs);
  for (const [kind, texts] of found) gone[textKinds[kind] ?? 'undecodable'] += texts;
  return gone;
}

/** Tables whose key begins with the hour. */
const tablesByHour = [
  'visits',
  'texts',
  'parts',
  'corrections',
  'audit_subjects',
  ...visitTableNames,
  'sealed_texts',
  'sealed_parts',
  'sealed_slots',
  'fingerprints',
  'named_texts',
] as const;

function hoursOfRows(db: Connection, beforeHour: number): number[] {
  const hours = new Set(db.prepare<[], number>('SELECT hour FROM hours').pluck().all());
  for (const table of tablesByHour) {
    const next = db
      .prepare<[number, number], number | null>(`SELECT min(hour) FROM ${table} WHERE hour > ? AND hour < ?`)
      .pluck();
    for (let hour = next.get(-1, beforeHour); hour != null; hour = next.get(hour, beforeHour))
      hours.add(hour);
  }
  const resident = db.prepare<[number], number>('SELECT DISTINCT hour FROM residents WHERE hour < ?').pluck();
  for (const hour of resident.all(beforeHour)) hours.add(hour);
  return [...hours].sort((a, b) => a - b);
}
