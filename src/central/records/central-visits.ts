import { inBatches } from '../../base/batches.ts';
import type { Missed } from '../../store/database/row-batches.ts';
import type { StoredVisit, VisitQuery, Window } from '../../store/records.ts';
import { visitorInRow } from '../../store/sealing/opened-rows.ts';
import { venueTag, visitorTag } from '../../store/sealing/tags.ts';
import type { NamesOfRows, OpenVisit } from '../../store/tables/row-access.ts';
import { storedVisit, visitsIn } from '../../store/tables/visits.ts';
import type { CentralReader } from './central-reader.ts';
import { notesIn, textsOfHours } from './central-texts.ts';
import {
  byDay,
  byHour,
  type GatewayHour,
  gatewayHours,
  type HourKeysOfGateways,
  openKeys,
} from './gateway-hours.ts';
import type { LinesOfGateways } from './lines-of-gateways.ts';
import { oneAhead } from './one-ahead.ts';
import { type OpenedHour, openHourOfGateways, type VisitFilter } from './open-rows.ts';
import { countRows, rowsOfHour, rowsWithTags, type SealedRows, type TagSearch } from './sealed-rows.ts';

/** What gives names to the rows of a question. */
export interface CentralNames extends NamesOfRows {
  readonly lines: LinesOfGateways;
}

/** Sealed rows of one hour, with the keys of all gateways that have written it. */
interface FetchedHour {
  readonly hour: number;
  readonly gateways: readonly GatewayHour[];
  readonly sealed: readonly SealedRows[];
  readonly keys: HourKeysOfGateways;
  /** Rows that no tag can be computed of, because there is no key. */
  readonly keyless: number;
}

/** The rows of a window, hour by hour. Those of the next are on their way while these are opened. */
async function* fetchedHours(
  reader: CentralReader,
  window: Window,
  search: TagSearch | null,
): AsyncGenerator<FetchedHour> {
  const hours = await gatewayHours(reader, window);
  if (search === null) {
    const each = [...byHour(hours)];
    const fetch = async ([hour, gateways]: (typeof each)[number]): Promise<FetchedHour> => {
      const keys = await openKeys(reader, gateways);
      return { hour, gateways, keys, sealed: await rowsOfHour(reader, gateways), keyless: 0 };
    };
    for await (const fetched of oneAhead(each, fetch, ({ keys }) => keys.close())) yield fetched;
    return;
  }
  const fetch = async (day: readonly GatewayHour[]) => {
    const keys = await openKeys(reader, day);
    const unopened = day.filter((hour) => keys.of(hour) === null);
    const sealed = await rowsWithTags(reader, day, keys, search);
    return { day, keys, sealed, keyless: await countRows(reader, unopened) };
  };
  for await (const { day, keys, sealed, keyless } of oneAhead(byDay(hours), fetch, ({ keys }) =>
    keys.close(),
  )) {
    const ofHour = byHour(sealed.map((rows) => ({ hour: rows.hour.hour, rows })));
    let lost = keyless;
    for (const [hour, gateways] of byHour(day)) {
      const rows = (ofHour.get(hour) ?? []).map((each) => each.rows);
      if (rows.length > 0 || lost > 0) yield { hour, gateways, keys, sealed: rows, keyless: lost };
      lost = 0;
    }
  }
}

/** The opened visits of a window in order, hour by hour. */
export async function* openedHours(
  reader: CentralReader,
  filter: VisitFilter,
  lines: LinesOfGateways,
  search: TagSearch | null,
  missed: Missed,
  venues?: readonly string[],
): AsyncGenerator<{ readonly hour: number; readonly visits: Iterable<OpenVisit> }> {
  for await (const { hour, gateways, sealed, keys, keyless } of fetchedHours(reader, filter, search)) {
    const opened = openHourOfGateways(hour, sealed, keys, lines, filter);
    if (opened.unreadable + keyless > 0) missed(opened.unreadable + keyless);
    const notes = opened.isNoted ? notesIn(await textsOfHours(reader, gateways, keys, lines)) : new Map();
    yield { hour, visits: visitsOfHour(opened, notes, missed, venues) };
  }
}

function visitsOfHour(
  { hour, octets }: OpenedHour,
  notes: ReturnType<typeof notesIn>,
  missed: Missed,
  venues?: readonly string[],
): Iterable<OpenVisit> {
  return visitsIn(hour, octets, { of: (_, row) => notes.get(row) }, missed, venues);
}

/** The venues' tags in each hour. */
export function venueSearch(venues: readonly string[]): TagSearch {
  const each = [...new Set(venues)];
  return { column: 'venue_tag', tags: (keys) => each.map((venue) => Buffer.from(venueTag(keys, venue))) };
}

export function visitorSearch(visitor: string): TagSearch {
  return {
    column: 'visitor_tag',
    tags: (keys, { tagBits }) => [Buffer.from(visitorTag(keys, visitor, tagBits))],
  };
}

/** The visits of a query in order of time. */
export async function* visitsOfQuery(
  reader: CentralReader,
  { fromMs, toMs, venues, line }: VisitQuery,
  names: CentralNames,
  missed: Missed,
): AsyncGenerator<readonly StoredVisit[]> {
  const filter = { fromMs, toMs, ...(line === undefined ? {} : { line }) };
  const search = venues === undefined ? null : venueSearch(venues);
  for await (const { visits } of openedHours(reader, filter, names.lines, search, missed, venues))
    for (const batch of inBatches(visits)) yield batch.map((visit) => storedVisit(names, visit));
}

/** One visitor's visits. */
export async function* visitsOfVisitor(
  reader: CentralReader,
  visitor: string,
  { fromMs, toMs }: Window,
  names: CentralNames,
  missed: Missed,
): AsyncGenerator<readonly StoredVisit[]> {
  const filter = { fromMs, toMs, visitor: visitorInRow(visitor) };
  const search = visitorSearch(visitor);
  for await (const { visits } of openedHours(reader, filter, names.lines, search, missed)) {
    const own = [...visits].filter((visit) => visit.visitor === visitor);
    if (own.length > 0) yield own.map((visit) => storedVisit(names, visit));
  }
}
