import type { Connection } from '../database/database.ts';
import type { Missed } from '../database/row-batches.ts';
import { hourOf, hourStartMs } from '../hour.ts';
import type { NewVisit } from '../intake.ts';
import type { Subkeys } from '../keyring/hour-keys.ts';
import { oldVisits, oldVisitsOf } from '../old-form/old-visits.ts';
import type { StoredVisit, VisitQuery, Window } from '../records.ts';
import { decodeFlags, encodeFlags } from '../sealing/bound-data.ts';
import {
  flagsAt,
  idNumberAt,
  inHourMsAt,
  lineAt,
  openedBytes,
  openRows,
  type RowFilter,
  receivedAfterMsAt,
  rowNameAt,
  venueAt,
  visitorAt,
  visitorInRow,
} from '../sealing/opened-rows.ts';
import { joinedTags, rowTags, venueBlocks, venueTagBytes } from '../sealing/tags.ts';
import { fitsRow, notedBit, sealVisit, type VisitFields } from '../sealing/visit-row.ts';
import { hoursWithin } from './hours.ts';
import { addNote, Notes } from './notes.ts';
import type { NamesOfRows, OpenVisit, RowOpener, RowReader, TableWriter } from './row-access.ts';
import { hourPages, joinedRows, piecedRows } from './row-pages.ts';
import { type Note, sealedTexts } from './sealed-texts.ts';
import { sealedCount, visitTables } from './visit-tables.ts';
import { visitorSearch } from './visitor-rows.ts';

/** Inserts visits: only the hour and the tags are in the clear. */
export function visitInserter(writer: TableWriter): (visit: NewVisit) => number {
  const { db, keys, lines, counts, random } = writer;
  const insert = db.prepare<[number, Buffer, Buffer, Buffer, Buffer]>(
    'INSERT OR IGNORE INTO sealed_visits (hour, venue_tag, id, visitor_tag, sealed) VALUES (?, ?, ?, ?, ?)',
  );
  const texts = sealedTexts(writer);
  let order = 0;
  return (visit) => {
    const hour = hourOf(visit.atMs);
    const subkeys = keys.forWriting(hour);
    const tags = rowTags(subkeys, visit, counts.tagBits(hour));
    order = (order + 1) % 256;
    const fields = fieldsOf(visit, lines.idOf(visit.line), order);
    for (;;) {
      const { id, sealed } = sealVisit(subkeys, hour, tags, fields, random.fill);
      // Another visit to the venue may have drawn this id.
      if (insert.run(hour, tags.venueTag, id, tags.visitorTag, sealed).changes === 0) continue;
      counts.addVisits(hour);
      if (needsNote(visit))
        addNote(texts, hour, noteOf(visit, Buffer.concat([tags.venueTag, id]).toString('hex')));
      return id.readUInt32BE(0);
    }
  };
}

/** What the row of a visit holds. */
export function fieldsOf(visit: NewVisit, line: number, order: number): VisitFields {
  const { visitor, venue, atMs, receivedAtMs } = visit;
  return {
    ...{ visitor, venue, line, order },
    inHourMs: atMs - hourStartMs(hourOf(atMs)),
    receivedAfterMs: receivedAtMs - atMs,
    flags: encodeFlags(visit) | (needsNote(visit) ? notedBit : 0),
  };
}

export function needsNote({ visitor, venue, correctedBy = null }: NewVisit): boolean {
  return correctedBy !== null || !fitsRow(visitor) || !fitsRow(venue);
}

/** `row`: the name of the visit's row. */
export function noteOf(visit: NewVisit, row: string): Note {
  const { madeOf, ...made } = visit;
  const { visitor, venue, atMs, correctedBy = null } = made;
  return {
    kind: 'note',
    row,
    at: atMs,
    ...(fitsRow(visitor) ? {} : { visitor }),
    ...(fitsRow(venue) ? {} : { venue }),
    ...(correctedBy === null ? {} : { by: correctedBy }),
    ...(madeOf === undefined ? {} : { assigned: { visit: made, text: madeOf } }),
  };
}

/** How the sealed rows of a query are found in an hour. */
interface RowSearch {
  /** As texts of whole rows. */
  texts(hour: number, keys: Subkeys): Iterable<string>;
  readonly filter: RowFilter;
}

export function rowsOfQuery({ db, lines }: RowOpener, query: VisitQuery): RowSearch {
  const { fromMs, toMs, venues, line } = query;
  return {
    texts: venues ? venueTexts(db, [...new Set(venues)]) : hourPages(db),
    filter: { fromMs, toMs, ...(line === undefined ? {} : { line: lines.find(line) ?? -1 }) },
  };
}

/** Places that one question is about: beside each place that was asked for there are some ninety numbers near its own. */
const placesAtOnce = 128;

function venueTexts(db: Connection, venues: readonly string[]): RowSearch['texts'] {
  const atOnce = Math.min(placesAtOnce, venues.length);
  const blocks = venueBlocks(venues);
  const wanted = Array.from({ length: atOnce }, () => '?').join(', ');
  const each = visitTables(db).map(({ byPlace }) =>
    joinedRows<[number, ...Buffer[]]>(db, `${byPlace} WHERE hour = ? AND venue_tag IN (${wanted})`),
  );
  return function* (hour, keys) {
    const all = joinedTags(keys, blocks);
    const tags = venues.map((_, at) => all.subarray(at * venueTagBytes, (at + 1) * venueTagBytes));
    for (let from = 0; from < tags.length; from += atOnce) {
      const some = tags.slice(from, from + atOnce);
      // As many values as the question has: one that is named twice is found once.
      while (some.length < atOnce) some.push(some[0] as Buffer);
      for (const ofTags of each) yield ofTags(hour, ...some);
    }
  };
}

/** The visits in opened rows, in their order, without those of other venues that share a tag. */
export function* visitsIn(
  hour: number,
  octets: Uint8Array,
  notes: Pick<Notes, 'of'>,
  missed: Missed,
  venues?: readonly string[],
): Generator<OpenVisit> {
  const rows = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength);
  const startMs = hourStartMs(hour);
  for (let at = 0; at < rows.length; at += openedBytes) {
    const visit = visitAt(hour, startMs, rows, at, notes);
    if (visit === null) missed();
    else if (venues?.includes(visit.venue) ?? true) yield visit;
  }
}

/**
 * A class, because V8 puts what a literal makes into the old generation at once, if the first of its objects outlived a
 * collection: an export of a million rows then takes 60 MB more.
 */
class RowVisit implements OpenVisit {
  readonly id: number;
  visitor: string;
  venue: string;
  readonly atMs: number;
  readonly receivedAtMs: number;
  readonly line: number;
  readonly flags: number;
  correctedBy: string | null = null;

  constructor(rows: Buffer, at: number, startMs: number) {
    const inHourMs = inHourMsAt(rows, at);
    this.id = idNumberAt(rows, at);
    this.visitor = visitorAt(rows, at);
    this.venue = venueAt(rows, at);
    this.atMs = startMs + inHourMs;
    this.receivedAtMs = this.atMs + receivedAfterMsAt(rows, at);
    this.line = lineAt(rows, at);
    this.flags = flagsAt(rows, at);
  }
}

function visitAt(
  hour: number,
  startMs: number,
  rows: Buffer,
  at: number,
  notes: Pick<Notes, 'of'>,
): OpenVisit | null {
  const visit = new RowVisit(rows, at, startMs);
  if ((visit.flags & notedBit) === 0) return visit;
  const note = notes.of(hour, rowNameAt(rows, at));
  if (note === undefined) return null;
  visit.visitor = note.visitor ?? visit.visitor;
  visit.venue = note.venue ?? visit.venue;
  visit.correctedBy = note.by ?? null;
  return visit;
}

/** One hour of a window that has rows; `subkeys` is null if its key is gone. */
interface ReadableHour {
  readonly hour: number;
  readonly subkeys: Subkeys;
}

/** The hours of a window that can be read; `missed` gets the number of rows of those that cannot. */
export function* readableHours(
  { db, keys }: Pick<RowOpener, 'db' | 'keys'>,
  window: Window,
  missed: Missed,
  rowsWithoutKey: (hour: number) => number,
): Generator<ReadableHour> {
  for (const hour of hoursWithin(db, window)) {
    const subkeys = keys.forReading(hour);
    if (subkeys === null) missed(rowsWithoutKey(hour));
    else yield { hour, subkeys };
  }
}

/** The visits of a query, in order. */
export function* openedVisits(reader: RowOpener, query: VisitQuery, missed: Missed): Generator<OpenVisit> {
  const search = rowsOfQuery(reader, query);
  const old = oldVisits(reader, query);
  const count = sealedCount(reader.db);
  const notes = new Notes(reader.db, reader.keys);
  const lost = (hour: number) => old.count(hour) + count(hour);
  for (const { hour, subkeys } of readableHours(reader, query, missed, lost)) {
    const opening = { keys: subkeys, hour, startMs: hourStartMs(hour), filter: search.filter };
    const { octets, unreadable } = openRows(opening, piecedRows(search.texts(hour, subkeys)));
    if (unreadable > 0) missed(unreadable);
    const visits = visitsIn(hour, octets, notes, missed, query.venues);
    yield* merged(old.of(hour, subkeys, missed), visits);
  }
}

/** Two lists in order of time as one. */
export function* merged(old: Iterable<OpenVisit>, sealed: Iterable<OpenVisit>): Generator<OpenVisit> {
  const rest = sealed[Symbol.iterator]();
  let next = rest.next();
  for (const visit of old) {
    for (; !next.done && next.value.atMs < visit.atMs; next = rest.next()) yield next.value;
    yield visit;
  }
  for (; !next.done; next = rest.next()) yield next.value;
}

/** One visitor's visits: in each hour those that share the visitor's tag are opened and compared. */
export function* visitsOf(
  reader: RowReader,
  visitor: string,
  window: Window,
  missed: Missed,
): Generator<StoredVisit> {
  const { db, keys } = reader;
  const search = visitorSearch(db, visitor);
  const old = oldVisitsOf(reader, visitor, window);
  const oldInWindow = oldVisits(reader, window);
  const count = sealedCount(db);
  const notes = new Notes(db, keys);
  reader.venues.refresh();
  const filter = { fromMs: window.fromMs, toMs: window.toMs, visitor: visitorInRow(visitor) };
  const lost = (hour: number) => oldInWindow.count(hour) + count(hour);
  for (const { hour, subkeys } of readableHours(reader, window, missed, lost)) {
    const opening = { keys: subkeys, hour, startMs: hourStartMs(hour), filter };
    const { octets, unreadable } = openRows(opening, search(hour, subkeys));
    if (unreadable > 0) missed(unreadable);
    for (const visit of merged(old(hour, subkeys, missed), visitsIn(hour, octets, notes, missed)))
      if (visit.visitor === visitor) yield storedVisit(reader, visit);
  }
}

/** The visit with names in place of numbers, as they were when the reader's venues were last refreshed. */
export function storedVisit(
  { venues, lines, retentionMs }: NamesOfRows,
  { id, visitor, venue, atMs, receivedAtMs, line, flags, correctedBy }: OpenVisit,
): StoredVisit {
  const place = venues.namesAt(venue, atMs);
  const { source, webSent, callback } = decodeFlags(flags);
  return {
    id,
    visitor,
    // The same string for all rows of a venue: a look-up by it is quicker than by an equal one.
    venue: place.number,
    place,
    visitedAtMs: atMs,
    receivedAtMs,
    expiresAtMs: atMs + retentionMs,
    line: lines.nameOf(line),
    timeSource: source,
    webSent,
    callback,
    correctedBy,
  };
}
