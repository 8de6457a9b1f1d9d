import { availableParallelism } from 'node:os';
import { inBatches } from '../../base/batches.ts';
import { rowBatches } from '../database/row-batches.ts';
import { hourOf } from '../hour.ts';
import type { RowBatches, StoredVisit, VisitQuery } from '../records.ts';
import { openedVisits, type RowReader, storedVisit } from '../tables/visits.ts';
import type { ReaderOptions } from './sealed-batch.ts';
import { rowsOfReader } from './visit-readers.ts';

/** Rows from which on a thread is worth its start, a tenth of a second. */
const rowsForReader = 100_000;

/** A query's visits in batches, opened by a thread if there are many and the machine has a core for it. */
export function visitBatches(
  reader: RowReader,
  options: ReaderOptions,
  query: VisitQuery,
): RowBatches<StoredVisit> {
  return rowBatches(async function* (missed) {
    reader.venues.refresh();
    const isLarge = atMost(reader, query) >= rowsForReader && availableParallelism() > 1;
    const opened = isLarge
      ? rowsOfReader(reader, options, query, missed)
      : inBatches(openedVisits(reader, query, missed));
    for await (const rows of opened) yield rows.map((row) => storedVisit(reader, row));
  });
}

/** Rows that the window's hours have. Nobody has counted those of single places: they are few. */
function atMost({ db }: RowReader, { fromMs, toMs, venues }: VisitQuery): number {
  if (venues) return 0;
  const sum = db
    .prepare<[number, number], number>('SELECT total(visits) FROM hours WHERE hour BETWEEN ? AND ?')
    .pluck();
  return sum.get(hourOf(fromMs), hourOf(toMs - 1)) ?? 0;
}
