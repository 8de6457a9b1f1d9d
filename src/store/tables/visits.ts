import { hourMs } from '../../base/amounts.ts';
import type { Connection } from '../database/database.ts';
import type { Missed } from '../database/row-batches.ts';
import type { RowIds } from '../database/transaction.ts';
import { hourEndMs, hourOf, hourStartMs } from '../hour.ts';
import type { NewVisit } from '../intake.ts';
import type { HourKeys, Subkeys } from '../keyring/hour-keys.ts';
import type { StoredVisit, VisitQuery, Window } from '../records.ts';
import {
  associatedData,
  correctedBit,
  decodeFlags,
  decodeVisitor,
  encodeFlags,
  encodeVisitor,
  lookupTag,
  sealedIn,
} from '../sealing/bound-data.ts';
import { seal, unseal } from '../sealing/seal.ts';
import { type Corrections, corrections, sealAssigned } from './corrections.ts';
import type { LineNames } from './lines.ts';
import type { Venues } from './venues.ts';
import { type HourCounts, visitCondition } from './visit-counts.ts';

/** A row as it is read, the sealed number in hexadecimal. */
export type SealedRow = [
  venue: string,
  at: number,
  id: number,
  sealed: string,
  received: number,
  line: number,
  flags: number,
];

/** A row with its number opened: canonical, in the clear. Line and flags are as the database has them. */
export type OpenRow = [
  venue: string,
  at: number,
  id: number,
  visitor: string,
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

/** What every kind of row needs to be read. */
export interface RowReader {
  readonly db: Connection;
  readonly keys: HourKeys;
  readonly lines: LineNames;
  readonly venues: Venues;
  readonly corrected: Corrections;
  readonly retentionMs: number;
}

/** What rows are opened with; enough for a reader that leaves the names to another. */
export type RowOpener = Pick<RowReader, 'db' | 'keys' | 'lines'>;

/** The hours of a window that have rows, ascending. */
export function hoursWithin(db: Connection, { fromMs, toMs }: Window): number[] {
  return db
    .prepare<[number, number], number>('SELECT hour FROM hours WHERE hour BETWEEN ? AND ? ORDER BY hour')
    .pluck()
    .all(hourOf(fromMs), hourOf(toMs - 1));
}

/** How the rows of a query are found, hour by hour. */
function rowsOfQuery({ db, lines }: RowOpener, query: VisitQuery): RowSearch {
  const { sql, values } = visitCondition(lines, query);
  const rows = db
    .prepare<unknown[], string>(
      `SELECT ${rowText} FROM visits WHERE hour = ?${sql} AND visited_at >= ? AND visited_at < ?
       ORDER BY visited_at, id`,
    )
    .pluck();
  const count = db
    .prepare<unknown[], number>(
      `SELECT count(*) FROM visits WHERE hour = ?${sql} AND visited_at >= ? AND visited_at < ?`,
    )
    .pluck();
  const named = (hour: number, { fromMs, toMs }: Window) => [hour, ...values, fromMs, toMs];
  return {
    find: (hour, _keys, window = query) => rows.iterate(...named(hour, window)),
    count: (hour) => count.get(...named(hour, query)) ?? 0,
  };
}

/** The rows of a query, in order. */
export function openedVisits(reader: RowOpener, query: VisitQuery, missed: Missed): Generator<OpenRow> {
  return opened(reader, query, missed, rowsOfQuery(reader, query));
}

/** The same rows for others to open, `atOnce` at most of one hour; hours without a key are passed over here. */
export function* sealedVisits(
  reader: RowOpener,
  query: VisitQuery,
  missed: Missed,
  atOnce: number,
): Generator<{ readonly hour: number; readonly rows: SealedRow[] }> {
  const found = rowsOfQuery(reader, query);
  for (const { hour, subkeys } of readableHours(reader, query, missed, found)) {
    for (const part of quartersOf(hour, query)) {
      let rows: SealedRow[] = [];
      for (const text of found.find(hour, subkeys, part)) {
        rows.push(parseRow(text));
        if (rows.length < atOnce) continue;
        yield { hour, rows };
        rows = [];
      }
      if (rows.length > 0) yield { hour, rows };
    }
  }
}

/** SQLite sorts in memory what it finds: a quarter of a city's busy hour takes 4 MB, the hour would take 16. */
function* quartersOf(hour: number, { fromMs, toMs }: Window): Generator<Window> {
  const quarterMs = hourMs / 4;
  for (let startMs = hourStartMs(hour); startMs < hourEndMs(hour); startMs += quarterMs) {
    const part = { fromMs: Math.max(startMs, fromMs), toMs: Math.min(startMs + quarterMs, toMs) };
    if (part.fromMs < part.toMs) yield part;
  }
}

/** One visitor's visits: in each living hour one look by the visitor's tag of that hour. */
export function* visitsOf(
  reader: RowReader,
  visitor: string,
  window: Window,
  missed: Missed,
): Generator<StoredVisit> {
  const { fromMs, toMs } = window;
  const rows = reader.db
    .prepare<unknown[], string>(
      `SELECT ${rowText} FROM visits INDEXED BY visits_by_visitor WHERE hour = ? AND tag = ? AND visited_at >= ? AND visited_at < ?
       ORDER BY visited_at, id`,
    )
    .pluck();
  const count = reader.db
    .prepare<unknown[], number>(
      'SELECT count(*) FROM visits WHERE hour = ? AND visited_at >= ? AND visited_at < ?',
    )
    .pluck();
  reader.venues.refresh();
  const found = opened(reader, window, missed, {
    find: (hour, keys) => rows.iterate(hour, lookupTag(keys, visitor), fromMs, toMs),
    count: (hour) => count.get(hour, fromMs, toMs) ?? 0,
  });
  for (const row of found) if (row[3] === visitor) yield storedVisit(reader, row);
}

interface RowSearch {
  /** Those of the hour, or of a part of it, each as `rowText`. */
  find(hour: number, keys: Subkeys, part?: Window): Iterable<string>;
  /** How many of them there would be, were there a key. */
  count(hour: number): number;
}

function* readableHours(
  { db, keys }: Pick<RowReader, 'db' | 'keys'>,
  window: Window,
  missed: Missed,
  rows: RowSearch,
): Generator<{ readonly hour: number; readonly subkeys: Subkeys }> {
  for (const hour of hoursWithin(db, window)) {
    const subkeys = keys.forReading(hour);
    if (subkeys === null) missed(rows.count(hour));
    else yield { hour, subkeys };
  }
}

function* opened(
  reader: Pick<RowReader, 'db' | 'keys'>,
  window: Window,
  missed: Missed,
  rows: RowSearch,
): Generator<OpenRow> {
  for (const { hour, subkeys } of readableHours(reader, window, missed, rows)) {
    for (const text of rows.find(hour, subkeys)) {
      const row = parseRow(text);
      const [venue, atMs, id, sealed] = row;
      const bound = associatedData(sealedIn.visits, hour, id, atMs, venue);
      const plain = unseal(subkeys, Buffer.from(sealed, 'hex'), bound);
      if (plain === null) missed();
      else {
        // In place: another array for each row would be a tenth of what opening it costs.
        row[3] = decodeVisitor(plain);
        yield row;
      }
    }
  }
}

/** The row with names in place of numbers, as they were when the reader's venues were last refreshed. */
export function storedVisit(
  { venues, lines, corrected, retentionMs }: Omit<RowReader, 'db' | 'keys'>,
  row: OpenRow,
): StoredVisit {
  const [venue, visitedAtMs, id, visitor, receivedAtMs, line, bits] = row;
  const place = venues.namesAt(venue, visitedAtMs);
  const { source, webSent, callback } = decodeFlags(bits);
  return {
    id,
    visitor,
    // The same string for all rows of a venue: a look-up by it is quicker than by an equal one.
    venue: place.number,
    place,
    visitedAtMs,
    receivedAtMs,
    expiresAtMs: visitedAtMs + retentionMs,
    line: lines.nameOf(line),
    timeSource: source,
    webSent,
    callback,
    correctedBy: (bits & correctedBit) === 0 ? null : corrected.of(id, visitedAtMs),
  };
}

/** What every kind of row needs to be written. */
export interface TableWriter {
  readonly db: Connection;
  readonly keys: HourKeys;
  readonly ids: RowIds;
  readonly lines: LineNames;
  readonly counts: HourCounts;
}

/** Inserts visits: the number sealed, the venue in the clear. */
export function visitInserter({ db, keys, ids, lines, counts }: TableWriter): (visit: NewVisit) => number {
  const insert = db.prepare<unknown[]>(
    `INSERT INTO visits (hour, venue, visited_at, id, tag, sealed, received_at, line, flags)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const corrected = corrections(db);
  return (visit) => {
    const { atMs, venue, visitor } = visit;
    const hour = hourOf(atMs);
    const subkeys = keys.forWriting(hour);
    const id = ids.take();
    const bound = associatedData(sealedIn.visits, hour, id, atMs, venue);
    const sealed = seal(subkeys, encodeVisitor(visitor), bound);
    const tag = lookupTag(subkeys, visitor);
    const line = lines.idOf(visit.line);
    const correctedBy = visit.correctedBy ?? null;
    const flags = encodeFlags(visit) | (correctedBy === null ? 0 : correctedBit);
    insert.run(hour, venue, atMs, id, tag, sealed, visit.receivedAtMs, line, flags);
    if (correctedBy !== null) {
      const { madeOf } = visit;
      const text = madeOf === undefined ? null : sealAssigned(subkeys, id, { visit, text: madeOf });
      corrected.add(hour, id, atMs, correctedBy, text);
    }
    counts.add(hour, 'visits');
    return id;
  };
}
