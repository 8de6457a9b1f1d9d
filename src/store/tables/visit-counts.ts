import type { Connection } from '../database/database.ts';
import { hourEndMs, hourOf, hourStartMs } from '../hour.ts';
import type { HourCount, VisitCount, VisitQuery, Window } from '../records.ts';
import type { LineNames } from './lines.ts';

/** The part of a WHERE clause that a query's venues and line make, with its values in order. */
export function visitCondition(
  lines: LineNames,
  { venues, line }: VisitQuery,
): { readonly sql: string; readonly values: readonly (string | number)[] } {
  const parts: string[] = [];
  const values: (string | number)[] = [];
  if (venues) {
    parts.push(` AND venue IN (${venues.map(() => '?').join(', ')})`);
    values.push(...venues);
  }
  if (line !== undefined) {
    parts.push(' AND line = ?');
    values.push(lines.find(line) ?? -1);
  }
  return { sql: parts.join(''), values };
}

type Row = [hour: number, venue: string, visits: number];

/** Visits by hour and venue, in that order. Opens no row. */
export function* visitCounts(db: Connection, lines: LineNames, query: VisitQuery): Generator<VisitCount> {
  const { sql, values } = visitCondition(lines, query);
  const rows = db
    .prepare<unknown[], Row>(
      `SELECT hour, venue, count(*) FROM visits
       WHERE hour BETWEEN ? AND ?${sql} AND visited_at >= ? AND visited_at < ? GROUP BY hour, venue`,
    )
    .raw();
  const { fromMs, toMs } = query;
  for (const [hour, venue, visits] of rows.iterate(hourOf(fromMs), hourOf(toMs - 1), ...values, fromMs, toMs))
    yield { hourStartMs: hourStartMs(hour), venue, visits };
}

/** All visits of a venue: a short seek in each hour; a condition on the venue alone would read every row. */
export function visitsAt(db: Connection, venue: string): number {
  return (
    db
      .prepare<[string], number | null>(
        `SELECT sum((SELECT count(*) FROM visits WHERE visits.hour = hours.hour AND venue = ?)) FROM hours`,
      )
      .pluck()
      .get(venue) ?? 0
  );
}

/** Visits by hour, at all places. A whole hour's number is known; only the first and the last hour are counted. */
export function* hourCounts(db: Connection, { fromMs, toMs }: Window): Generator<HourCount> {
  const rows = db
    .prepare<[number, number], [hour: number, visits: number]>(
      'SELECT hour, visits FROM hours WHERE hour BETWEEN ? AND ? ORDER BY hour',
    )
    .raw();
  const count = db
    .prepare<[number, number, number], number>(
      'SELECT count(*) FROM visits WHERE hour = ? AND visited_at >= ? AND visited_at < ?',
    )
    .pluck();
  for (const [hour, known] of rows.all(hourOf(fromMs), hourOf(toMs - 1))) {
    const isWhole = hourStartMs(hour) >= fromMs && hourEndMs(hour) <= toMs;
    const visits = isWhole ? known : (count.get(hour, fromMs, toMs) ?? 0);
    if (visits > 0) yield { hourStartMs: hourStartMs(hour), visits };
  }
}

export interface Counts {
  visits: number;
  unresolved: number;
  undecodable: number;
  notices: number;
}

/**
 * How many rows each hour has, added up in the transaction that adds or removes rows. So the totals of thirty million
 * visits are known at once, `check` can compare them with the rows, and the living hours are known.
 */
export class HourCounts {
  readonly #pending = new Map<number, Counts>();
  readonly #upsert;

  constructor(db: Connection) {
    this.#upsert = db.prepare<[number, number, number, number, number]>(
      `INSERT INTO hours (hour, visits, unresolved, undecodable, notices) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (hour) DO UPDATE SET visits = visits + excluded.visits,
         unresolved = unresolved + excluded.unresolved, undecodable = undecodable + excluded.undecodable,
         notices = notices + excluded.notices`,
    );
  }

  add(hour: number, kind: keyof Counts, rows = 1): void {
    let counts = this.#pending.get(hour);
    if (counts === undefined) {
      counts = { visits: 0, unresolved: 0, undecodable: 0, notices: 0 };
      this.#pending.set(hour, counts);
    }
    counts[kind] += rows;
  }

  committing(): void {
    for (const [hour, counts] of this.#pending)
      this.#upsert.run(hour, counts.visits, counts.unresolved, counts.undecodable, counts.notices);
    this.#pending.clear();
  }

  rolledBack(): void {
    this.#pending.clear();
  }
}
