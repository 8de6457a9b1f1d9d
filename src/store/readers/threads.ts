import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { hourOf } from '../hour.ts';
import type { VisitQuery } from '../records.ts';
import type { RowOpener } from '../tables/row-access.ts';

/** Rows from which on a thread is worth its start, a tenth of a second: of rows that are opened. */
const rowsForThread = 100_000;
/** The same of rows that are counted by their tags, at a fraction of a microsecond each. */
export const rowsForCounter = 2_000_000;

/** Whether the machine has a core for a thread that reads so many rows. */
export function isThreadWorth(rows: number, least = rowsForThread): boolean {
  return rows >= least && availableParallelism() > 1;
}

/** How long a thread may take to zero its keys and end. */
const stopTimeoutMs = 2_000;

/** Tells a thread that no more is wanted, and resolves when it has ended. */
export async function stopThread(worker: Worker, exited: Promise<void>): Promise<void> {
  worker.postMessage('stop');
  const limit = setTimeout(() => void worker.terminate(), stopTimeoutMs);
  await exited;
  clearTimeout(limit);
}

/** Whether a query has many rows, and the machine a core for a thread. */
export function isWorthThread(
  reader: Pick<RowOpener, 'db'>,
  query: VisitQuery,
  least = rowsForThread,
): boolean {
  return isThreadWorth(atMost(reader, query), least);
}

/** Rows that the window's hours have. Those of single places are not counted: they are few. */
function atMost({ db }: Pick<RowOpener, 'db'>, { fromMs, toMs, venues }: VisitQuery): number {
  if (venues) return 0;
  const sum = db
    .prepare<[number, number], number>('SELECT total(visits) FROM hours WHERE hour BETWEEN ? AND ?')
    .pluck();
  return sum.get(hourOf(fromMs), hourOf(toMs - 1)) ?? 0;
}
