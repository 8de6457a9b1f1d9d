import { associatedData, sealedIn } from './associated-data.ts';
import type { Connection } from './database.ts';
import { decodeFlags } from './flags.ts';
import { hourOf } from './hour.ts';
import type { HourKeys, Subkeys } from './keyring/hour-keys.ts';
import type { LineNames } from './line-names.ts';
import { lookupTag } from './lookup-tag.ts';
import type { StoredVisit, Stream, VisitQuery, Window } from './register-types.ts';
import { rowStream } from './row-stream.ts';
import { unseal } from './seal.ts';
import type { Venues } from './venues.ts';
import { visitCondition } from './visit-condition.ts';
import { decodeVisitor } from './visitor-code.ts';

/** What every kind of row needs to be read. */
export interface RowReader {
  readonly db: Connection;
  readonly keys: HourKeys;
  readonly lines: LineNames;
  readonly venues: Venues;
  readonly retentionMs: number;
}

type Row = [
  venue: string,
  at: number,
  id: number,
  sealed: Buffer,
  received: number,
  line: number,
  flags: number,
  correctedBy: string | null,
];

const columns = 'venue, visited_at, id, sealed, received_at, line, flags, corrected_by';

/** The hours of a window that have rows, ascending. */
export function hoursWithin(db: Connection, { fromMs, toMs }: Window): number[] {
  return db
    .prepare<[number, number], number>('SELECT hour FROM hours WHERE hour BETWEEN ? AND ? ORDER BY hour')
    .pluck()
    .all(hourOf(fromMs), hourOf(toMs - 1));
}

/** Visits hour by hour; within an hour the primary key leads to each venue's window. */
export function visitStream(reader: RowReader, query: VisitQuery): Stream<StoredVisit> {
  const { sql, values } = visitCondition(reader.lines, query);
  const rows = reader.db
    .prepare<unknown[], Row>(
      `SELECT ${columns} FROM visits WHERE hour = ?${sql} AND visited_at >= ? AND visited_at < ?
       ORDER BY visited_at, id`,
    )
    .raw();
  return stream(reader, query, (hour) => rows.iterate(hour, ...values, query.fromMs, query.toMs));
}

/** One visitor's visits: in each living hour one look by the visitor's tag of that hour. */
export function visitorStream(reader: RowReader, visitor: string, window: Window): Stream<StoredVisit> {
  const rows = reader.db
    .prepare<unknown[], Row>(
      `SELECT ${columns} FROM visits INDEXED BY visits_by_visitor WHERE hour = ? AND tag = ? AND visited_at >= ? AND visited_at < ?
       ORDER BY visited_at, id`,
    )
    .raw();
  const find = (hour: number, keys: Subkeys) =>
    rows.iterate(hour, lookupTag(keys, visitor), window.fromMs, window.toMs);
  return stream(reader, window, find, (visit) => visit.visitor === visitor);
}

function stream(
  reader: RowReader,
  window: Window,
  find: (hour: number, keys: Subkeys) => Iterable<Row>,
  wanted: (visit: StoredVisit) => boolean = () => true,
): Stream<StoredVisit> {
  return rowStream(function* (missed) {
    reader.venues.refresh();
    for (const hour of hoursWithin(reader.db, window)) {
      const keys = reader.keys.forReading(hour);
      if (keys === null) {
        missed(countOf(reader.db, hour, window));
        continue;
      }
      for (const row of find(hour, keys)) {
        const visit = open(reader, hour, keys, row);
        if (visit === null) missed();
        else if (wanted(visit)) yield visit;
      }
    }
  });
}

function countOf(db: Connection, hour: number, { fromMs, toMs }: Window): number {
  const count = 'SELECT count(*) FROM visits WHERE hour = ? AND visited_at >= ? AND visited_at < ?';
  return db.prepare<[number, number, number], number>(count).pluck().get(hour, fromMs, toMs) ?? 0;
}

function open(reader: RowReader, hour: number, keys: Subkeys, row: Row): StoredVisit | null {
  const [venue, visitedAtMs, id, sealed, receivedAtMs, line, bits, correctedBy] = row;
  const plain = unseal(keys, sealed, associatedData(sealedIn.visits, hour, id, visitedAtMs, venue));
  if (plain === null) return null;
  const known = reader.venues.namesAt(venue, visitedAtMs);
  const { source, webSent, callback } = decodeFlags(bits);
  return {
    id,
    visitor: decodeVisitor(plain),
    venue,
    venueName: known?.name ?? null,
    venueAddress: known?.address ?? null,
    visitedAtMs,
    receivedAtMs,
    expiresAtMs: visitedAtMs + reader.retentionMs,
    line: reader.lines.nameOf(line),
    timeSource: source,
    webSent,
    callback,
    correctedBy,
  };
}
