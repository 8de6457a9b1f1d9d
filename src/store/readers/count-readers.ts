import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { inBatches } from '../../base/batches.ts';
import { builtModule } from '../../base/built-module.ts';
import { type Missed, rowBatches } from '../database/row-batches.ts';
import { hourOf, hourStartMs } from '../hour.ts';
import type { RowBatches, SumUnder, VisitCount, VisitQuery, Window } from '../records.ts';
import { hoursWithin } from '../tables/hours.ts';
import type { RowReader } from '../tables/row-access.ts';
import { PlaceIndex, VenueSums } from '../tables/venue-sums.ts';
import { placesOf, type SummedHours, summedHours, visitCounts } from '../tables/visit-counts.ts';
import type { CountOrder, FromCounter } from './count-order.ts';
import type { ReaderOptions } from './sealed-batch.ts';
import { died, revived } from './thread-errors.ts';
import { isWorthThread, rowsForCounter, stopThread } from './threads.ts';

/** Visits by venue and by what hours are summed under, the later half of many of them counted by a thread. */
export function countBatches(
  reader: RowReader,
  options: ReaderOptions,
  query: VisitQuery,
  sumUnder?: SumUnder,
): RowBatches<VisitCount> {
  return rowBatches((missed) =>
    sumUnder !== undefined &&
    isWorthThread(reader, query, query.line === undefined ? rowsForCounter : undefined)
      ? countedInHalves(reader, options, { query, sumUnder }, missed)
      : inBatches(visitCounts(reader, query, missed, sumUnder)),
  );
}

interface Asked {
  readonly query: VisitQuery;
  readonly sumUnder: SumUnder;
}

/** What hours of both halves are summed under comes twice. Errors: the register's, `register.reader-died`. */
export async function* countedInHalves(
  reader: RowReader,
  options: ReaderOptions,
  { query, sumUnder }: Asked,
  missed: Missed,
): AsyncGenerator<readonly VisitCount[]> {
  const places = new PlaceIndex(placesOf(reader, query));
  const halfMs = middleOf(reader, query);
  const later = { ...query, fromMs: Math.max(query.fromMs, halfMs) };
  const thread = startCounter({
    options,
    query: later,
    under: hoursWithin(reader.db, later)
      .map(hourStartMs)
      .map((hourStart) => [hourStart, sumUnder(hourStart)]),
    numbers: places.numbers,
  });
  try {
    const earlier = { ...query, toMs: Math.min(query.toMs, halfMs) };
    const numbers = [...places.numbers];
    for (const summed of summedHours(reader, earlier, places, missed, sumUnder)) {
      yield* countsOf(summed, places.numbers);
      await setImmediate();
    }
    const { summed, met, unreadable } = await thread.counted();
    if (unreadable > 0) missed(unreadable);
    for (const { hourStartMs: hourStart, visits } of summed)
      yield* countsOf({ hourStartMs: hourStart, sums: VenueSums.of(visits) }, [...numbers, ...met]);
  } finally {
    await thread.stop();
  }
}

function* countsOf({ hourStartMs: hourStart, sums }: SummedHours, numbers: readonly string[]) {
  const counts: VisitCount[] = [];
  for (const [venue, visits] of sums.byVenue(numbers)) counts.push({ hourStartMs: hourStart, venue, visits });
  if (counts.length > 0) yield counts;
}

/** Where the later half of a window's visits begins, at a full hour. */
function middleOf({ db }: Pick<RowReader, 'db'>, { fromMs, toMs }: Window): number {
  const hours = db
    .prepare<[number, number], [hour: number, visits: number]>(
      'SELECT hour, visits FROM hours WHERE hour BETWEEN ? AND ? ORDER BY hour',
    )
    .raw()
    .all(hourOf(fromMs), hourOf(toMs - 1));
  let left = hours.reduce((sum, [, visits]) => sum + visits, 0) / 2;
  const middle = hours.find(([, visits]) => {
    left -= visits;
    return left <= 0;
  });
  return hourStartMs((middle?.[0] ?? hourOf(fromMs)) + 1);
}

interface Counter {
  counted(): Promise<Extract<FromCounter, { readonly kind: 'counted' }>>;
  stop(): Promise<void>;
}

function startCounter(order: CountOrder): Counter {
  const worker = new Worker(builtModule('store/readers/count-reader'), {
    workerData: order,
  });
  const answer = new Promise<FromCounter>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', (error) => reject(died(error)));
    worker.once('exit', () => reject(died()));
  });
  // Whoever stops before the end asks for no answer.
  answer.catch(() => {});
  const exited = new Promise<void>((resolve) => void worker.once('exit', () => resolve()));
  return {
    async counted() {
      const given = await answer;
      if (given.kind === 'failed') throw revived(given.error);
      return given;
    },
    stop: () => stopThread(worker, exited),
  };
}
