import type { Connection } from '../database/database.ts';
import type { Missed } from '../database/row-batches.ts';
import type { Subkeys } from '../keyring/hour-keys.ts';
import type { VisitQuery } from '../records.ts';
import { associatedData, decodeVisitor, lookupTag, sealedIn } from '../sealing/bound-data.ts';
import { unseal } from '../sealing/seal.ts';
import type { LineNames } from '../tables/lines.ts';
import type { OpenVisit, RowOpener } from '../tables/row-access.ts';
import { oldCorrections } from './old-corrections.ts';

/** Of the `flags` column: `corrections` has who assigned it. */
const correctedBit = 8;

/** A row as it is read, the sealed number in hexadecimal. */
type SealedRow = [
  venue: string,
  at: number,
  id: number,
  sealed: string,
  received: number,
  line: number,
  flags: number,
];

/**
 * A row as one text, for `parseRow`: each value that SQLite hands over takes longer than its digits take to be written
 * and read, and a blob as long as two. The venue is last: whatever it is, the rest can be told from it.
 */
export const rowText =
  "visited_at || ' ' || id || ' ' || received_at || ' ' || line || ' ' || flags || ' ' || hex(sealed) || ' ' || venue";

const wholeNumbers = new Float64Array(5);
const space = 0x20;
const minus = 0x2d;
const zero = 0x30;

export function parseRow(text: string): SealedRow {
  let end = 0;
  for (let index = 0; index < wholeNumbers.length; index += 1) {
    const isNegative = text.charCodeAt(end) === minus;
    if (isNegative) end += 1;
    let value = 0;
    for (let code = text.charCodeAt(end); code > space; code = text.charCodeAt(end)) {
      value = value * 10 + (code - zero);
      end += 1;
    }
    wholeNumbers[index] = isNegative ? -value : value;
    end += 1;
  }
  const sealedEnd = text.indexOf(' ', end);
  const [at, id, received, line, flags] = wholeNumbers as unknown as [number, number, number, number, number];
  return [text.slice(sealedEnd + 1), at, id, text.slice(end, sealedEnd), received, line, flags];
}

/** Whether rows of the form before the sealed one are left. */
export function hasOldVisits(db: Connection): boolean {
  return db.prepare('SELECT 1 FROM visits LIMIT 1').get() !== undefined;
}

/** The part of a WHERE clause that a query's venues and line make, with its values in order. */
function conditionOf(
  lines: LineNames,
  { venues, line }: Pick<VisitQuery, 'venues' | 'line'>,
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

/** The visits of a query in the form of before, where place, times, line and flags are columns. */
export interface OldVisits {
  /** Those of an hour, in order of time. */
  of(hour: number, keys: Subkeys, missed: Missed): Iterable<OpenVisit>;
  /** How many those are, without opening them. */
  count(hour: number): number;
  /** The same by venue. */
  countByVenue(hour: number): [venue: string, visits: number][];
}

const none: OldVisits = { of: () => [], count: () => 0, countByVenue: () => [] };

export function oldVisits(opener: RowOpener, query: VisitQuery): OldVisits {
  const { db, lines } = opener;
  if (!hasOldVisits(db)) return none;
  const { fromMs, toMs } = query;
  const condition = conditionOf(lines, query);
  const from = `FROM visits WHERE hour = ?${condition.sql} AND visited_at >= ? AND visited_at < ?`;
  const values = (hour: number) => [hour, ...condition.values, fromMs, toMs];
  const rows = db.prepare<unknown[], string>(`SELECT ${rowText} ${from} ORDER BY visited_at, id`).pluck();
  const count = db.prepare<unknown[], number>(`SELECT count(*) ${from}`).pluck();
  const byVenue = db
    .prepare<unknown[], [string, number]>(`SELECT venue, count(*) ${from} GROUP BY venue`)
    .raw();
  return {
    of: (hour, keys, missed) => opened(db, keys, hour, rows.iterate(...values(hour)), missed),
    count: (hour) => count.get(...values(hour)) ?? 0,
    countByVenue: (hour) => byVenue.all(...values(hour)),
  };
}

/** One visitor's visits of an hour in the form of before: one look by the visitor's tag. */
export function oldVisitsOf(
  { db }: Pick<RowOpener, 'db'>,
  visitor: string,
  { fromMs, toMs }: Pick<VisitQuery, 'fromMs' | 'toMs'>,
): (hour: number, keys: Subkeys, missed: Missed) => OpenVisit[] {
  if (!hasOldVisits(db)) return () => [];
  const rows = db
    .prepare<unknown[], string>(
      `SELECT ${rowText} FROM visits INDEXED BY visits_by_visitor
       WHERE hour = ? AND tag = ? AND visited_at >= ? AND visited_at < ? ORDER BY visited_at, id`,
    )
    .pluck();
  return (hour, keys, missed) => {
    const found = rows.iterate(hour, lookupTag(keys, visitor), fromMs, toMs);
    return [...opened(db, keys, hour, found, missed)].filter((visit) => visit.visitor === visitor);
  };
}

function* opened(
  db: Connection,
  keys: Subkeys,
  hour: number,
  rows: Iterable<string>,
  missed: Missed,
): Generator<OpenVisit> {
  const corrected = oldCorrections(db);
  for (const text of rows) {
    const [venue, atMs, id, sealed, receivedAtMs, line, flags] = parseRow(text);
    const bound = associatedData(sealedIn.visits, hour, id, atMs, venue);
    const plain = unseal(keys, Buffer.from(sealed, 'hex'), bound);
    if (plain === null) {
      missed();
      continue;
    }
    const correctedBy = (flags & correctedBit) === 0 ? null : corrected.of(id, atMs);
    yield { id, visitor: decodeVisitor(plain), venue, atMs, receivedAtMs, line, flags, correctedBy };
  }
}

/** Visits of a venue, in all hours: a short seek in each. */
export function oldVisitsAt(db: Connection, venue: string): number {
  return (
    db
      .prepare<[string], number | null>(
        'SELECT sum((SELECT count(*) FROM visits WHERE visits.hour = hours.hour AND venue = ?)) FROM hours',
      )
      .pluck()
      .get(venue) ?? 0
  );
}
