import type { Connection } from '../database/database.ts';
import { noRows, type SweptRows } from './sweep-tally.ts';

type CountColumn = 'visits' | 'unresolved' | 'undecodable' | 'notices';

/** By the `kind` column of `texts`. */
const textKinds: readonly CountColumn[] = ['unresolved', 'undecodable', 'notices'];

/** Later than any time: takes an hour whole. */
const whole = Number.MAX_SAFE_INTEGER;

export interface SweepRows {
  /**
   * Removes at most `limit` rows of an hour whose time is not after `lastMs` (all of them unless said), and takes them
   * off the hour's counts. Inside a transaction. Fewer than `limit` in all: there are no more.
   */
  removeSome(hour: number, limit: number, lastMs?: number): SweptRows;
  /** Removes at most `limit` fingerprints of texts up to `lastMs`. */
  removeSeen(limit: number, lastMs: number): SweptRows;
  /** The same rows, counted. */
  count(hour: number, lastMs?: number): SweptRows;
  countSeen(lastMs: number): number;
  /** Removes what is kept of an hour besides rows: its counts, and that it was misdated. */
  forgetHour(hour: number): void;
  /** Hours that have rows or counts; before `beforeHour` also those with rows that are not counted. */
  hours(beforeHour: number): number[];
}

/** The rows that expire, table by table, a bounded number at a time. */
export function sweepRows(db: Connection): SweepRows {
  const timed = (table: string, at: string) =>
    db.prepare<[number, number, number]>(`DELETE FROM ${table} WHERE hour = ? AND ${at} <= ? LIMIT ?`);
  const ofHour = (table: string) =>
    db.prepare<[number, number]>(`DELETE FROM ${table} WHERE hour = ? LIMIT ?`);
  const visits = timed('visits', 'visited_at');
  const parts = timed('parts', 'at');
  const texts = db
    .prepare<[number, number, number], number>(
      'DELETE FROM texts WHERE hour = ? AND at <= ? RETURNING kind LIMIT ?',
    )
    .pluck();
  const corrections = db.prepare<[number, number]>(
    'DELETE FROM corrections WHERE hour = ? AND visited_at <= ?',
  );
  const residents = ofHour('residents');
  const subjects = ofHour('audit_subjects');
  const seen = db.prepare<[number, number]>('DELETE FROM seen WHERE at <= ? LIMIT ?');
  const takeOff = db.prepare<[number, number, number, number, number]>(
    `UPDATE hours SET visits = visits - ?, unresolved = unresolved - ?, undecodable = undecodable - ?,
       notices = notices - ? WHERE hour = ?`,
  );
  const forget = [
    db.prepare<[number]>('DELETE FROM hours WHERE hour = ?'),
    db.prepare<[number]>('DELETE FROM misdated WHERE hour = ?'),
  ];

  return {
    removeSome(hour, limit, lastMs = whole) {
      const gone = noRows();
      let left = limit;
      const take = (count: number): number => {
        left -= count;
        return count;
      };
      gone.visits = take(visits.run(hour, lastMs, left).changes);
      if (left > 0) corrections.run(hour, lastMs);
      if (left > 0)
        for (const kind of texts.all(hour, lastMs, left)) gone[textKinds[kind] ?? 'undecodable'] += take(1);
      if (left > 0) gone.parts = take(parts.run(hour, lastMs, left).changes);
      if (left > 0 && lastMs === whole) gone.residents = take(residents.run(hour, left).changes);
      if (left > 0 && lastMs === whole) gone.subjects = take(subjects.run(hour, left).changes);
      const { unresolved, undecodable, notices } = gone;
      if (gone.visits + unresolved + undecodable + notices > 0)
        takeOff.run(gone.visits, unresolved, undecodable, notices, hour);
      return gone;
    },
    removeSeen: (limit, lastMs) => ({ ...noRows(), seen: seen.run(lastMs, limit).changes }),
    count: (hour, lastMs = whole) => countRows(db, hour, lastMs),
    countSeen: (lastMs) =>
      db.prepare<[number], number>('SELECT count(*) FROM seen WHERE at <= ?').pluck().get(lastMs) ?? 0,
    forgetHour(hour) {
      for (const statement of forget) statement.run(hour);
    },
    hours: (beforeHour) => hoursOfRows(db, beforeHour),
  };
}

function countRows(db: Connection, hour: number, lastMs: number): SweptRows {
  const gone = noRows();
  const count = (table: string, at: string): number =>
    db
      .prepare<[number, number], number>(`SELECT count(*) FROM ${table} WHERE hour = ? AND ${at} <= ?`)
      .pluck()
      .get(hour, lastMs) ?? 0;
  gone.visits = count('visits', 'visited_at');
  gone.parts = count('parts', 'at');
  const kinds = db
    .prepare<[number, number], [number, number]>(
      'SELECT kind, count(*) FROM texts WHERE hour = ? AND at <= ? GROUP BY kind',
    )
    .raw()
    .all(hour, lastMs);
  for (const [kind, texts] of kinds) gone[textKinds[kind] ?? 'undecodable'] += texts;
  if (lastMs === whole) {
    gone.residents = count('residents', 'hour');
    gone.subjects = count('audit_subjects', 'hour');
  }
  return gone;
}

function hoursOfRows(db: Connection, beforeHour: number): number[] {
  const hours = new Set(db.prepare<[], number>('SELECT hour FROM hours').pluck().all());
  for (const table of ['visits', 'texts', 'parts', 'corrections', 'audit_subjects']) {
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
