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
    const sums = joined(count(hour, subkeys), old.countByVenue(hour));
    for (const [venue, visits] of sums) yield { hourStartMs: hourStartMs(hour), venue, visits };
  }
}

/** Each venue once. */
type ByVenue = readonly (readonly [venue: string, visits: number])[];

function joined(some: ByVenue, others: ByVenue): ByVenue {
  if (others.length === 0) return some;
  const sums = new Map(some);
  for (const [venue, visits] of others) sums.set(venue, (sums.get(venue) ?? 0) + visits);
  return [...sums];
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
    const sums = new Map<string, number>();
    for (const { venue } of visitsIn(hour, octets, notes, missed, query.venues))
      sums.set(venue, (sums.get(venue) ?? 0) + 1);
    return [...sums];
  };
}

/** Of a whole hour, the rows of these venues' tags. */
function countVenues({ db }: RowOpener, venues: readonly string[]) {
  const count = db
    .prepare<[number, Buffer], number>('SELECT count(*) FROM sealed_visits WHERE hour = ? AND venue_tag = ?')
    .pluck();
  const each = [...new Set(venues)];
  return (hour: number, keys: Subkeys): ByVenue =>
    each
      .map((venue) => [venue, count.get(hour, venueTag(keys, venue)) ?? 0] as const)
      .filter(([, visits]) => visits > 0);
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
  const places = new TagTable();
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
    const found = groups.get(hour) ?? null;
    if (found === null) return [];
    places.fill(tagNumbers(subkeys, blocks));
    const before = known.length;
    const sums: (readonly [string, number])[] = [];
    for (const group of found.split(',')) {
      const tag = group.slice(0, tagDigits);
      const visits = Number(group.slice(tagDigits));
      const place = places.find(Number.parseInt(tag, 16));
      const venue = place === null ? venueOf(hour, subkeys, tag) : known[place];
      if (venue === null || venue === undefined) missed(visits);
      else {
        if (place === null) known.push(venue);
        sums.push([venue, visits]);
      }
    }
    if (known.length > before) blocks = Buffer.concat([blocks, venueBlocks(known.slice(before))]);
    return sums;
  };
}

/**
 * Which place each tag of an hour stands for: open addressing in memory that serves all hours. A `Map` of twenty
 * thousand places, anew for each hour, takes ten times as long to fill.
 */
class TagTable {
  #tags: Float64Array = new Float64Array(0);
  #places = new Int32Array(0);
  #mask = 0;

  /** The tags of an hour by the index of their place. */
  fill(tags: Float64Array): void {
    this.#tags = tags;
    if (this.#places.length < tags.length * 2) this.#enlarge(tags.length * 2);
    this.#places.fill(-1);
    for (const [place, tag] of tags.entries()) this.#places[this.#slotOf(tag)] = place;
  }

  find(tag: number): number | null {
    const place = this.#places[this.#slotOf(tag)] ?? -1;
    return place < 0 ? null : place;
  }

  /** Where the tag is, or else the free slot where it would be. Tags are as good as random: their low bits spread well. */
  #slotOf(tag: number): number {
    for (let slot = (tag | 0) & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const place = this.#places[slot] ?? -1;
      if (place < 0 || this.#tags[place] === tag) return slot;
    }
  }

  #enlarge(least: number): void {
    const size = 2 ** Math.ceil(Math.log2(Math.max(2, least)));
    this.#places = new Int32Array(size);
    this.#mask = size - 1;
  }
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
      for (const [, number] of opened(hour, subkeys)) visits += number;
    }
    if (visits > 0) yield { hourStartMs: hourStartMs(hour), visits };
  }
}
