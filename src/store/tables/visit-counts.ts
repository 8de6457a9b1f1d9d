import type { Connection } from '../database/database.ts';
import type { Missed } from '../database/row-batches.ts';
import { hourEndMs, hourStartMs } from '../hour.ts';
import type { HourKeys, Subkeys } from '../keyring/hour-keys.ts';
import { oldVisits, oldVisitsAt } from '../old-form/old-visits.ts';
import type { HourCount, VisitCount, VisitQuery, Window } from '../records.ts';
import { openRows } from '../sealing/opened-rows.ts';
import { tagNumbers, venueBlocks, venueTag, venueTagBytes } from '../sealing/tags.ts';
import { hoursWithin } from './hours.ts';
import { Notes } from './notes.ts';
import type { RowOpener, RowReader } from './row-access.ts';
import { piecedRows, rowText } from './row-pages.ts';
import { ever, readableHours, rowsOfQuery, sealedCount, visitsIn } from './visits.ts';

/** Visits by hour and venue, in order of the hour. */
export function* visitCounts(reader: RowReader, query: VisitQuery, missed: Missed): Generator<VisitCount> {
  const count = countingOf(reader, query, missed);
  const old = oldVisits(reader, query);
  const rows = sealedCount(reader.db);
  const lost = (hour: number) => old.count(hour) + rows(hour);
  for (const { hour, subkeys } of readableHours(reader, query, missed, lost)) {
    const visits = count(hour, subkeys);
    for (const [venue, number] of old.countByVenue(hour)) add(visits, venue, number);
    for (const [venue, number] of visits) yield { hourStartMs: hourStartMs(hour), venue, visits: number };
  }
}

type ByVenue = Map<string, number>;

function add(visits: ByVenue, venue: string, number: number): void {
  visits.set(venue, (visits.get(venue) ?? 0) + number);
}

/** How the sealed visits of an hour are counted by venue. */
function countingOf(
  reader: RowReader,
  query: VisitQuery,
  missed: Missed,
): (hour: number, keys: Subkeys) => ByVenue {
  const opened = countOpened(reader, query, missed);
  if (query.line !== undefined) return opened;
  const byTag = query.venues === undefined ? countGroups(reader, missed) : countVenues(reader, query.venues);
  return (hour, keys) => (isWhole(hour, query) ? byTag(hour, keys) : opened(hour, keys));
}

function isWhole(hour: number, { fromMs, toMs }: Window): boolean {
  return hourStartMs(hour) >= fromMs && hourEndMs(hour) <= toMs;
}

/** Opens each row: times and line are sealed. */
function countOpened(reader: RowOpener, query: VisitQuery, missed: Missed) {
  const search = rowsOfQuery(reader, query);
  const notes = new Notes(reader.db, reader.keys);
  return (hour: number, keys: Subkeys): ByVenue => {
    const opening = { keys, hour, startMs: hourStartMs(hour), filter: search.filter };
    const { octets, unreadable } = openRows(opening, piecedRows(search.texts(hour, keys)));
    if (unreadable > 0) missed(unreadable);
    const visits: ByVenue = new Map();
    for (const { venue } of visitsIn(hour, octets, notes, missed, query.venues)) add(visits, venue, 1);
    return visits;
  };
}

/** Of a whole hour, the rows of these venues' tags. */
function countVenues({ db }: RowOpener, venues: readonly string[]) {
  const count = db
    .prepare<[number, Buffer], number>('SELECT count(*) FROM sealed_visits WHERE hour = ? AND venue_tag = ?')
    .pluck();
  return (hour: number, keys: Subkeys): ByVenue => {
    const visits: ByVenue = new Map();
    for (const venue of new Set(venues)) {
      const number = count.get(hour, venueTag(keys, venue)) ?? 0;
      if (number > 0) visits.set(venue, number);
    }
    return visits;
  };
}

const tagDigits = venueTagBytes * 2;

/**
 * Of a whole hour, the rows of each tag. Which place a tag stands for is known of the registered places and of those
 * that were met before; of any other group one row is opened.
 */
function countGroups({ db, keys, venues: registered }: RowReader, missed: Missed) {
  // As one text for each hour: a group takes less time to count than to be handed over.
  const groups = db
    .prepare<[number], string | null>(
      `SELECT group_concat(found) FROM
         (SELECT hex(venue_tag) || count(*) AS found FROM sealed_visits WHERE hour = ? GROUP BY venue_tag)`,
    )
    .pluck();
  const rowsOf = db
    .prepare<[number, Buffer], string>(
      `SELECT ${rowText} FROM sealed_visits WHERE hour = ? AND venue_tag = ?`,
    )
    .pluck();
  const known = registered.list('all').map(({ number }) => number);
  let blocks = venueBlocks(known);
  const notes = new Notes(db, keys);

  function venueOf(hour: number, subkeys: Subkeys, tag: string): string | null {
    const opening = { keys: subkeys, hour, startMs: hourStartMs(hour), filter: ever };
    for (const row of rowsOf.all(hour, Buffer.from(tag, 'hex'))) {
      const { octets } = openRows(opening, piecedRows([row]));
      for (const { venue } of visitsIn(hour, octets, notes, () => {})) return venue;
    }
    return null;
  }

  return (hour: number, subkeys: Subkeys): ByVenue => {
    const visits: ByVenue = new Map();
    const found = groups.get(hour) ?? null;
    if (found === null) return visits;
    const places = placesByTag(subkeys, blocks);
    const before = known.length;
    for (const group of found.split(',')) {
      const tag = group.slice(0, tagDigits);
      const number = Number(group.slice(tagDigits));
      const place = places.get(Number.parseInt(tag, 16));
      const venue = place === undefined ? venueOf(hour, subkeys, tag) : known[place];
      if (venue === null || venue === undefined) missed(number);
      else {
        if (place === undefined) known.push(venue);
        add(visits, venue, number);
      }
    }
    if (known.length > before) blocks = Buffer.concat([blocks, venueBlocks(known.slice(before))]);
    return visits;
  };
}

/** The places of these blocks, by their tags of an hour. */
function placesByTag(keys: Subkeys, blocks: Buffer): Map<number, number> {
  const places = new Map<number, number>();
  for (const [index, tag] of tagNumbers(keys, blocks).entries()) places.set(tag, index);
  return places;
}

/** All visits of a venue: a short seek in each hour. */
export function visitsAt(db: Connection, keys: HourKeys, venue: string): number {
  const hours = db.prepare<[], number>('SELECT hour FROM hours').pluck().all();
  const count = db
    .prepare<[number, Buffer], number>('SELECT count(*) FROM sealed_visits WHERE hour = ? AND venue_tag = ?')
    .pluck();
  let visits = oldVisitsAt(db, venue);
  for (const hour of hours) {
    const subkeys = keys.forReading(hour);
    if (subkeys !== null) visits += count.get(hour, venueTag(subkeys, venue)) ?? 0;
  }
  return visits;
}

/** Visits by hour, at all places. A whole hour's number is known; of the first and the last hour rows are opened. */
export function* hourCounts(reader: RowReader, window: Window, missed: Missed): Generator<HourCount> {
  const { db, keys } = reader;
  const known = db.prepare<[number], number>('SELECT visits FROM hours WHERE hour = ?').pluck();
  const opened = countOpened(reader, window, missed);
  const old = oldVisits(reader, window);
  const rows = sealedCount(db);
  for (const hour of hoursWithin(db, window)) {
    const subkeys = isWhole(hour, window) ? null : keys.forReading(hour);
    let visits = 0;
    if (isWhole(hour, window)) visits = known.get(hour) ?? 0;
    else if (subkeys === null) missed(old.count(hour) + rows(hour));
    else {
      visits = old.count(hour);
      for (const number of opened(hour, subkeys).values()) visits += number;
    }
    if (visits > 0) yield { hourStartMs: hourStartMs(hour), visits };
  }
}
