import type { Connection } from '../database/database.ts';
import type { Missed } from '../database/row-batches.ts';
import { hourEndMs, hourStartMs } from '../hour.ts';
import type { HourKeys, Subkeys } from '../keyring/hour-keys.ts';
import { oldVisits, oldVisitsAt } from '../old-form/old-visits.ts';
import type { HourCount, SumUnder, VisitCount, VisitQuery, Window } from '../records.ts';
import { ever, openRows } from '../sealing/opened-rows.ts';
import { TagTable } from '../sealing/tag-table.ts';
import { tagNumberAt, tagNumbers, venueBlocks, venueTag, venueTagBytes } from '../sealing/tags.ts';
import { hoursWithin } from './hours.ts';
import { Notes } from './notes.ts';
import type { RowOpener, RowReader } from './row-access.ts';
import { piecedRows, rowText } from './row-pages.ts';
import { PlaceIndex, VenueSums } from './venue-sums.ts';
import { countOfPlace, sealedCount, visitTables } from './visit-tables.ts';
import { readableHours, rowsOfQuery, visitsIn } from './visits.ts';

/** Visits of hours that are one sum, with all of their places. */
export interface SummedHours {
  readonly hourStartMs: number;
  readonly sums: VenueSums;
}

/** Visits by venue and by hour, or by what hours are summed under; each sum comes once, as soon as it is whole. */
export function* visitCounts(
  reader: RowReader,
  query: VisitQuery,
  missed: Missed,
  sumUnder?: SumUnder,
): Generator<VisitCount> {
  const places = new PlaceIndex(placesOf(reader, query));
  for (const { hourStartMs, sums } of summedHours(reader, query, places, missed, sumUnder))
    for (const [venue, visits] of sums.byVenue(places.numbers)) yield { hourStartMs, venue, visits };
}

/** The places to begin with: all that are registered, unless only some are asked for. */
export function placesOf({ venues }: Pick<RowReader, 'venues'>, query: VisitQuery): readonly string[] {
  return query.venues ?? venues.numbers('all');
}

/** As `visitCounts`, by the index of the places. */
export function* summedHours(
  reader: RowOpener,
  query: VisitQuery,
  places: PlaceIndex,
  missed: Missed,
  sumUnder: SumUnder = (hourStart) => hourStart,
): Generator<SummedHours> {
  const count = countingOf(reader, query, places, missed);
  const old = oldVisits(reader, query);
  const rows = sealedCount(reader.db);
  const lost = (hour: number) => old.count(hour) + rows(hour);
  const under = (hour: number) => sumUnder(hourStartMs(hour));
  const lastHour = new Map(hoursWithin(reader.db, query).map((hour) => [under(hour), hour]));
  const open = new Map<number, VenueSums>();
  for (const { hour, subkeys } of readableHours(reader, query, missed, lost)) {
    const key = under(hour);
    const sums = open.get(key) ?? new VenueSums();
    open.set(key, sums);
    count(hour, subkeys, sums);
    for (const [venue, visits] of old.countByVenue(hour)) sums.add(places.indexOf(venue), visits);
    if (lastHour.get(key) !== hour) continue;
    open.delete(key);
    yield { hourStartMs: key, sums };
  }
  // Their last hour has lost its key.
  for (const [hourStart, sums] of open) yield { hourStartMs: hourStart, sums };
}

/** Adds the sealed visits of an hour. */
type Counting = (hour: number, keys: Subkeys, sums: VenueSums) => void;

function countingOf(reader: RowOpener, query: VisitQuery, places: PlaceIndex, missed: Missed): Counting {
  const opened = countOpened(reader, query, places, missed);
  if (query.line !== undefined) return opened;
  const byTag =
    query.venues === undefined
      ? countGroups(reader, places, missed)
      : countVenues(reader, query.venues, places);
  return (hour, keys, sums) => (isWhole(hour, query) ? byTag : opened)(hour, keys, sums);
}

function isWhole(hour: number, { fromMs, toMs }: Window): boolean {
  return hourStartMs(hour) >= fromMs && hourEndMs(hour) <= toMs;
}

/** Opens each row: times and line are sealed. */
function countOpened(reader: RowOpener, query: VisitQuery, places: PlaceIndex, missed: Missed): Counting {
  const opened = openedOf(reader, query, missed);
  return (hour, keys, sums) => {
    for (const { venue } of opened(hour, keys)) sums.add(places.indexOf(venue), 1);
  };
}

/** The sealed visits of an hour that a query asks for. */
function openedOf(reader: RowOpener, query: VisitQuery, missed: Missed) {
  const search = rowsOfQuery(reader, query);
  const notes = new Notes(reader.db, reader.keys);
  return (hour: number, keys: Subkeys) => {
    const opening = { keys, hour, startMs: hourStartMs(hour), filter: search.filter };
    const { octets, unreadable } = openRows(opening, piecedRows(search.texts(hour, keys)));
    if (unreadable > 0) missed(unreadable);
    return visitsIn(hour, octets, notes, missed, query.venues);
  };
}

/** Of a whole hour, the rows of these venues' tags. */
function countVenues({ db }: RowOpener, venues: readonly string[], places: PlaceIndex): Counting {
  const count = countOfPlace(db);
  const each = [...new Set(venues)];
  return (hour, keys, sums) => {
    for (const venue of each) sums.add(places.indexOf(venue), count(hour, venueTag(keys, venue)));
  };
}

const tagDigits = venueTagBytes * 2;

/**
 * Of a whole hour, the rows of each tag. Which place a tag stands for is known of the places to begin with and of those
 * that were met before; of any other group one row is opened.
 */
function countGroups({ db, keys }: RowOpener, places: PlaceIndex, missed: Missed): Counting {
  const tags = tagsOfHour(db);
  const ofTag = visitTables(db).map(({ byPlace }) =>
    db
      .prepare<[number, Buffer], string>(`SELECT ${rowText} FROM ${byPlace} WHERE hour = ? AND venue_tag = ?`)
      .pluck(),
  );
  let blocks = venueBlocks(places.numbers);
  let blocksOf = places.numbers.length;
  const table = new TagTable();
  const notes = new Notes(db, keys);

  function venueOf(hour: number, subkeys: Subkeys, tag: Buffer): string | null {
    const opening = { keys: subkeys, hour, startMs: hourStartMs(hour), filter: ever };
    for (const rowsOf of ofTag)
      for (const row of rowsOf.all(hour, tag)) {
        const { octets } = openRows(opening, piecedRows([row]));
        for (const { venue } of visitsIn(hour, octets, notes, () => {})) return venue;
      }
    return null;
  }

  return (hour, subkeys, sums) => {
    const found = tags(hour);
    if (found.length === 0) return;
    if (places.numbers.length > blocksOf) {
      blocks = Buffer.concat([blocks, venueBlocks(places.numbers.slice(blocksOf))]);
      blocksOf = places.numbers.length;
    }
    table.fill(tagNumbers(subkeys, blocks));
    sums.reserve(blocksOf);
    for (let at = 0; at < found.length; ) {
      const tag = tagNumberAt(found, at);
      const from = at;
      do at += venueTagBytes;
      while (at < found.length && tagNumberAt(found, at) === tag);
      const visits = (at - from) / venueTagBytes;
      const place = table.find(tag);
      const venue =
        place === null ? venueOf(hour, subkeys, found.subarray(from, from + venueTagBytes)) : null;
      if (place !== null) sums.add(place, visits);
      else if (venue !== null) sums.add(places.indexOf(venue), visits);
      else missed(visits);
    }
  };
}

/**
 * The tags of an hour's rows by the index, one behind the other, alike ones side by side. They are handed over as one
 * text: SQLite takes longer to group and count them than to give each.
 */
function tagsOfHour(db: Connection): (hour: number) => Buffer {
  const each = visitTables(db).map(({ byPlace }) => {
    const tagsAs = (tag: string) =>
      db
        .prepare<[number], [rows: number, text: string | null]>(
          `SELECT count(*), group_concat(tag, '') FROM
             (SELECT ${tag} AS tag FROM ${byPlace} WHERE hour = ? ORDER BY venue_tag)`,
        )
        .raw();
    const whole = tagsAs('hex(venue_tag)');
    // One of another length is not the register's: it is brought to that length, and is no place's.
    const mended = tagsAs(`substr(hex(venue_tag) || '${'0'.repeat(tagDigits)}', 1, ${tagDigits})`);
    return (hour: number) => {
      const [rows, text] = whole.get(hour) ?? [0, null];
      return text === null || text.length === rows * tagDigits ? (text ?? '') : (mended.get(hour)?.[1] ?? '');
    };
  });
  return (hour) => Buffer.from(each.map((tags) => tags(hour)).join(''), 'hex');
}

/** All visits of a venue: a short seek in each hour. */
export function visitsAt(db: Connection, keys: HourKeys, venue: string): number {
  const hours = db.prepare<[], number>('SELECT hour FROM hours').pluck().all();
  const count = countOfPlace(db);
  let visits = oldVisitsAt(db, venue);
  for (const hour of hours) {
    const subkeys = keys.forReading(hour);
    if (subkeys !== null) visits += count(hour, venueTag(subkeys, venue));
  }
  return visits;
}

/** Visits by hour, at all places. A whole hour's number is known; of the first and the last hour rows are opened. */
export function* hourCounts(reader: RowReader, window: Window, missed: Missed): Generator<HourCount> {
  const { db, keys } = reader;
  const known = db.prepare<[number], number>('SELECT visits FROM hours WHERE hour = ?').pluck();
  const opened = openedOf(reader, window, missed);
  const old = oldVisits(reader, window);
  const rows = sealedCount(db);
  for (const hour of hoursWithin(db, window)) {
    const subkeys = isWhole(hour, window) ? null : keys.forReading(hour);
    let visits = 0;
    if (isWhole(hour, window)) visits = known.get(hour) ?? 0;
    else if (subkeys === null) missed(old.count(hour) + rows(hour));
    else {
      visits = old.count(hour);
      for (const _ of opened(hour, subkeys)) visits += 1;
    }
    if (visits > 0) yield { hourStartMs: hourStartMs(hour), visits };
  }
}
