import { inBatches } from '../../base/batches.ts';
import type { Missed } from '../../store/database/row-batches.ts';
import { isThreadWorth } from '../../store/readers/threads.ts';
import type { StoredVisit, VisitQuery, Window } from '../../store/records.ts';
import { visitorInRow } from '../../store/sealing/opened-rows.ts';
import type { NamesOfRows, OpenVisit } from '../../store/tables/row-access.ts';
import { storedVisit, visitsIn } from '../../store/tables/visits.ts';
import type { CentralReader } from './central-reader.ts';
import type { CentralNames } from './central-venues.ts';
import { fetchedHours, type OpenedHour, openFetched } from './fetched-hours.ts';
import { type GatewayHour, gatewayHours } from './gateway-hours.ts';
import { hoursByThread } from './hour-readers.ts';
import type { LinesOfGateways } from './lines-of-gateways.ts';
import type { VisitFilter } from './open-rows.ts';
import { type TagSearch, venueSearch, visitorSearch } from './sealed-rows.ts';

/** What gives names to the rows of a question. */
export interface NamesOfQuery extends Omit<NamesOfRows, 'lines'> {
  readonly venues: CentralNames;
  readonly lines: () => Promise<LinesOfGateways>;
}

/** The hours of a window, and which of their rows are wanted. */
interface WantedRows {
  readonly hours: readonly GatewayHour[];
  readonly filter: VisitFilter;
  readonly search: TagSearch | null;
  /** Of these places alone. */
  readonly venues?: readonly string[] | undefined;
}

/** The opened visits in order, hour by hour. */
export async function* openedHours(
  reader: CentralReader,
  wanted: WantedRows,
  lines: LinesOfGateways,
  missed: Missed,
): AsyncGenerator<{ readonly hour: number; readonly visits: Iterable<OpenVisit> }> {
  const { filter, venues } = wanted;
  const opened = isLarge(reader, wanted)
    ? byThread(reader, filter, lines)
    : openedHere(reader, wanted, lines);
  for await (const { hour, octets, notes, unreadable } of opened) {
    if (unreadable > 0) missed(unreadable);
    yield { hour, visits: visitsIn(hour, octets, { of: (_, row) => notes.get(row) }, missed, venues) };
  }
}

function isLarge({ thread }: CentralReader, { hours, search }: WantedRows): boolean {
  if (thread === null || search !== null) return false;
  return isThreadWorth(hours.reduce((sum, { visits }) => sum + visits, 0));
}

function byThread(
  { thread }: CentralReader,
  filter: VisitFilter,
  { rows: lines }: LinesOfGateways,
): AsyncIterable<OpenedHour> {
  if (thread === null) throw new Error('this reader has no thread');
  const { password, ...place } = thread;
  return hoursByThread({ place, password: password?.() ?? null, window: filter, filter, lines });
}

async function* openedHere(
  reader: CentralReader,
  { hours, filter, search }: WantedRows,
  lines: LinesOfGateways,
): AsyncGenerator<OpenedHour> {
  for await (const fetched of fetchedHours(reader, hours, search))
    yield await openFetched(reader, fetched, lines, filter);
}

/** The visits of a query in order of time. */
export async function* visitsOfQuery(
  reader: CentralReader,
  { fromMs, toMs, venues, line }: VisitQuery,
  names: NamesOfQuery,
  missed: Missed,
): AsyncGenerator<readonly StoredVisit[]> {
  const filter = { fromMs, toMs, ...(line === undefined ? {} : { line }) };
  const search = venues === undefined ? null : venueSearch(venues);
  const [hours, lines] = await Promise.all([
    gatewayHours(reader, filter),
    names.lines(),
    venues === undefined ? names.venues.learnAll() : names.venues.learn(venues),
  ]);
  const named = { ...names, lines };
  for await (const { visits } of openedHours(reader, { hours, filter, search, venues }, lines, missed))
    for (const batch of inBatches(visits)) yield batch.map((visit) => storedVisit(named, visit));
}

/** One visitor's visits. */
export async function* visitsOfVisitor(
  reader: CentralReader,
  visitor: string,
  { fromMs, toMs }: Window,
  names: NamesOfQuery,
  missed: Missed,
): AsyncGenerator<readonly StoredVisit[]> {
  const filter = { fromMs, toMs, visitor: visitorInRow(visitor) };
  const search = visitorSearch(visitor);
  const [hours, lines] = await Promise.all([gatewayHours(reader, filter), names.lines()]);
  const named = { ...names, lines };
  for await (const { visits } of openedHours(reader, { hours, filter, search }, lines, missed)) {
    const own = [...visits].filter((visit) => visit.visitor === visitor);
    if (own.length === 0) continue;
    await names.venues.learn(own.map(({ venue }) => venue));
    yield own.map((visit) => storedVisit(named, visit));
  }
}
