import type { Missed } from '../../store/database/row-batches.ts';
import { hourEndMs, hourOf, hourStartMs } from '../../store/hour.ts';
import type { HourCount, VisitCount, VisitQuery, Window } from '../../store/records.ts';
import type { CentralReader } from './central-reader.ts';
import { openedHours, venueSearch } from './central-visits.ts';
import { byDay, gatewayHours, openKeys } from './gateway-hours.ts';
import type { LinesOfGateways } from './lines-of-gateways.ts';
import { countWithTags } from './sealed-rows.ts';

/** Visits by hour and venue, in order of the hour. Rows are opened: which place a tag stands for is sealed. */
export async function* visitCounts(
  reader: CentralReader,
  { fromMs, toMs, venues, line }: VisitQuery,
  lines: LinesOfGateways,
  missed: Missed,
): AsyncGenerator<readonly VisitCount[]> {
  const filter = { fromMs, toMs, ...(line === undefined ? {} : { line }) };
  const search = venues === undefined ? null : venueSearch(venues);
  for await (const { hour, visits } of openedHours(reader, filter, lines, search, missed, venues)) {
    const sums = new Map<string, number>();
    for (const { venue } of visits) sums.set(venue, (sums.get(venue) ?? 0) + 1);
    if (sums.size === 0) continue;
    yield [...sums].map(([venue, count]) => ({ hourStartMs: hourStartMs(hour), venue, visits: count }));
  }
}

/** Visits by hour, at all places. A whole hour's rows are counted; those of the first and the last hour are opened. */
export async function* hourCounts(
  reader: CentralReader,
  window: Window,
  lines: LinesOfGateways,
  missed: Missed,
): AsyncGenerator<readonly HourCount[]> {
  const { fromMs, toMs } = window;
  const counted = await rowsByHour(reader, hourOf(fromMs), hourOf(toMs - 1));
  for (const [hour, rows] of counted) {
    const isWhole = hourStartMs(hour) >= fromMs && hourEndMs(hour) <= toMs;
    const visits = isWhole ? rows : await countOpened(reader, hour, window, lines, missed);
    if (visits > 0) yield [{ hourStartMs: hourStartMs(hour), visits }];
  }
}

async function countOpened(
  reader: CentralReader,
  hour: number,
  { fromMs, toMs }: Window,
  lines: LinesOfGateways,
  missed: Missed,
): Promise<number> {
  const part = { fromMs: Math.max(fromMs, hourStartMs(hour)), toMs: Math.min(toMs, hourEndMs(hour)) };
  let count = 0;
  for await (const { visits } of openedHours(reader, part, lines, null, missed))
    for (const _ of visits) count += 1;
  return count;
}

/** How many rows of visits each hour has, ascending. */
export async function rowsByHour(
  { ask }: CentralReader,
  firstHour: number,
  lastHour: number,
): Promise<Map<number, number>> {
  const rows = await ask<{ readonly hour: number; readonly rows: number }>(
    `SELECT hour, count(*)::float8 AS rows FROM visitlog.visits WHERE hour BETWEEN $1 AND $2
     GROUP BY hour ORDER BY hour`,
    [Math.max(0, firstHour), Math.min(0x7fff_ffff, lastHour)],
  );
  return new Map(rows.map(({ hour, rows: count }) => [hour, count]));
}

/** How many visits of a venue there are. */
export async function visitsAt(reader: CentralReader, window: Window, venue: string): Promise<number> {
  let visits = 0;
  for (const day of byDay(await gatewayHours(reader, window))) {
    const keys = await openKeys(reader, day);
    visits += await countWithTags(reader, day, keys, venueSearch([venue])).finally(keys.close);
  }
  return visits;
}
