import type { Missed } from '../../store/database/row-batches.ts';
import { hourEndMs, hourOf, hourStartMs } from '../../store/hour.ts';
import type { HourCount, SumUnder, VisitCount, VisitQuery, Window } from '../../store/records.ts';
import { PlaceIndex, VenueSums } from '../../store/tables/venue-sums.ts';
import type { CentralReader } from './central-reader.ts';
import type { CentralVenues } from './central-venues.ts';
import { openedHours } from './central-visits.ts';
import { fetchedAhead } from './fetched-ahead.ts';
import {
  byDay,
  byHour,
  type GatewayHour,
  gatewayHours,
  type HourKeysOfGateways,
  openKeys,
} from './gateway-hours.ts';
import type { LinesOfGateways } from './lines-of-gateways.ts';
import { PlaceCounts } from './place-counts.ts';
import { countTags, countWithTags, rowsOf, type TagCounts, venueSearch } from './sealed-rows.ts';

interface Asked {
  readonly lines: LinesOfGateways;
  readonly missed: Missed;
  readonly sumUnder?: SumUnder | undefined;
}

/** Visits by venue and by hour, or by what whole hours are summed under, in order of the hour. */
export async function* visitCounts(
  reader: CentralReader,
  query: VisitQuery,
  counting: Counting,
): AsyncGenerator<readonly VisitCount[]> {
  const { whole, before, behind } = partsOf(query);
  if (before !== null) yield* openedCounts(reader, before, counting);
  // Times and line are sealed: rows are opened unless all of an hour count.
  if (whole !== null)
    yield* query.line === undefined
      ? wholeCounts(reader, whole, counting)
      : openedCounts(reader, whole, counting);
  if (behind !== null) yield* openedCounts(reader, behind, counting);
}

/** A query as its whole hours, and what lies before and behind them. */
interface Parts {
  readonly before: VisitQuery | null;
  readonly whole: VisitQuery | null;
  readonly behind: VisitQuery | null;
}

function partsOf(query: VisitQuery): Parts {
  const { fromMs, toMs } = query;
  const part = (from: number, to: number) => (from < to ? { ...query, fromMs: from, toMs: to } : null);
  const firstMs = hourStartMs(hourOf(fromMs)) === fromMs ? fromMs : hourEndMs(hourOf(fromMs));
  const lastMs = hourStartMs(hourOf(toMs));
  if (firstMs >= lastMs) return { before: part(fromMs, toMs), whole: null, behind: null };
  return { before: part(fromMs, firstMs), whole: part(firstMs, lastMs), behind: part(lastMs, toMs) };
}

async function* openedCounts(
  reader: CentralReader,
  { fromMs, toMs, venues, line }: VisitQuery,
  { lines, missed }: Asked,
): AsyncGenerator<readonly VisitCount[]> {
  const filter = { fromMs, toMs, ...(line === undefined ? {} : { line }) };
  const search = venues === undefined ? null : venueSearch(venues);
  const hours = await gatewayHours(reader, filter);
  const wanted = { hours, filter, search, venues };
  for await (const { hour, visits } of openedHours(reader, wanted, lines, missed)) {
    const sums = new Map<string, number>();
    for (const { venue } of visits) sums.set(venue, (sums.get(venue) ?? 0) + 1);
    if (sums.size > 0) yield countsOf(hourStartMs(hour), sums);
  }
}

function countsOf(hourStart: number, sums: Iterable<readonly [venue: string, visits: number]>): VisitCount[] {
  return [...sums].map(([venue, visits]) => ({ hourStartMs: hourStart, venue, visits }));
}

interface Counting extends Asked {
  readonly venues: Pick<CentralVenues, 'venueNumbers'>;
}

async function* wholeCounts(
  reader: CentralReader,
  { venues: asked, ...window }: VisitQuery,
  { lines, venues, missed, sumUnder = (hourStart) => hourStart }: Counting,
): AsyncGenerator<readonly VisitCount[]> {
  const hours = (await gatewayHours(reader, window)).filter(({ visits }) => visits > 0);
  if (hours.length === 0) return;
  const places = new PlaceIndex([...new Set(asked ?? (await venues.venueNumbers('all')))]);
  const counts = new PlaceCounts(reader, lines, missed, places);
  let sums = new VenueSums();
  let under = sumUnder(hourStartMs(hours[0]?.hour ?? 0));
  for await (const { hour, keys, counted } of countedHours(reader, hours, asked, missed)) {
    const next = sumUnder(hourStartMs(hour));
    if (next !== under) {
      yield countsOf(under, sums.byVenue(places.numbers));
      [sums, under] = [new VenueSums(), next];
    }
    for (const each of counted) await counts.add(sums, each, keys);
  }
  yield countsOf(under, sums.byVenue(places.numbers));
}

interface CountedHour {
  readonly hour: number;
  readonly keys: HourKeysOfGateways;
  readonly counted: readonly TagCounts[];
}

/** Rows by tag, hour by hour, a day by one question. */
async function* countedHours(
  reader: CentralReader,
  hours: readonly GatewayHour[],
  venues: readonly string[] | undefined,
  missed: Missed,
): AsyncGenerator<CountedHour> {
  const search = venues === undefined ? null : venueSearch(venues);
  const fetch = async (day: readonly GatewayHour[]) => {
    const keys = await openKeys(reader, day);
    const counted = await (search === null
      ? countTags(reader, day)
      : countWithTags(reader, day, keys, search));
    return { day, keys, counted };
  };
  for await (const { day, keys, counted } of fetchedAhead(byDay(hours), fetch, (one) => one.keys.close())) {
    // No tag can be computed of them.
    if (search !== null) missed(rowsWithoutKey(day, keys));
    const ofHour = byHour(counted.map((each) => ({ hour: each.hour.hour, each })));
    for (const hour of byHour(day).keys())
      yield { hour, keys, counted: (ofHour.get(hour) ?? []).map(({ each }) => each) };
  }
}

function rowsWithoutKey(hours: readonly GatewayHour[], keys: HourKeysOfGateways): number {
  return hours.reduce((sum, hour) => (keys.of(hour) === null ? sum + hour.visits : sum), 0);
}

/** Visits by hour, at all places. A whole hour's number is known; rows of the first and the last hour are opened. */
export async function* hourCounts(
  reader: CentralReader,
  window: Window,
  lines: LinesOfGateways,
  missed: Missed,
): AsyncGenerator<readonly HourCount[]> {
  const { before, whole, behind } = partsOf(window);
  if (before !== null) yield* openedHourCounts(reader, before, lines, missed);
  if (whole !== null)
    for (const [hour, visits] of await rowsByHour(reader, hourOf(whole.fromMs), hourOf(whole.toMs - 1)))
      yield [{ hourStartMs: hourStartMs(hour), visits }];
  if (behind !== null) yield* openedHourCounts(reader, behind, lines, missed);
}

async function* openedHourCounts(
  reader: CentralReader,
  part: Window,
  lines: LinesOfGateways,
  missed: Missed,
): AsyncGenerator<readonly HourCount[]> {
  const wanted = { hours: await gatewayHours(reader, part), filter: part, search: null };
  for await (const { hour, visits: opened } of openedHours(reader, wanted, lines, missed)) {
    let visits = 0;
    for (const _ of opened) visits += 1;
    if (visits > 0) yield [{ hourStartMs: hourStartMs(hour), visits }];
  }
}

/** How many rows of visits each hour has, ascending. */
export async function rowsByHour(
  { ask }: CentralReader,
  firstHour: number,
  lastHour: number,
): Promise<Map<number, number>> {
  const rows = await ask<{ readonly hour: number; readonly rows: number }>(
    `SELECT hour, sum(visits)::float8 AS rows FROM visitlog.hours WHERE hour BETWEEN $1 AND $2
     GROUP BY hour HAVING sum(visits) > 0 ORDER BY hour`,
    [Math.max(0, firstHour), Math.min(0x7fff_ffff, lastHour)],
  );
  return new Map(rows.map(({ hour, rows: count }) => [hour, count]));
}

/** How many visits of a venue there are. */
export async function visitsAt(reader: CentralReader, window: Window, venue: string): Promise<number> {
  const search = venueSearch([venue]);
  const fetch = async (day: readonly GatewayHour[]) => {
    const keys = await openKeys(reader, day);
    return rowsOf(await countWithTags(reader, day, keys, search).finally(keys.close));
  };
  let visits = 0;
  for await (const some of fetchedAhead(byDay(await gatewayHours(reader, window)), fetch, () => {}))
    visits += some;
  return visits;
}
