import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { inBatches } from '../../base/batches.ts';
import { AppError, fault } from '../../base/errors.ts';
import { type Missed, rowBatches } from '../database/row-batches.ts';
import { hourOf } from '../hour.ts';
import { oldVisits } from '../old-form/old-visits.ts';
import type { RowBatches, StoredVisit, VisitQuery } from '../records.ts';
import type { OpenedRows } from '../sealing/visit-row.ts';
import { Notes } from '../tables/notes.ts';
import type { OpenVisit, RowOpener, RowReader } from '../tables/row-access.ts';
import {
  merged,
  openedVisits,
  readableHours,
  rowsOfQuery,
  sealedCount,
  storedVisit,
  visitsIn,
} from '../tables/visits.ts';
import type { FromReader, PlainError, ReaderOptions, SealedHour, ToReader } from './sealed-batch.ts';

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
      ? visitsByReader(reader, options, query, missed)
      : inBatches(openedVisits(reader, query, missed));
    for await (const rows of opened) yield rows.map((row) => storedVisit(reader, row));
  });
}

/** Rows that the window's hours have. Those of single places are not counted: they are few. */
function atMost({ db }: RowReader, { fromMs, toMs, venues }: VisitQuery): number {
  if (venues) return 0;
  const sum = db
    .prepare<[number, number], number>('SELECT total(visits) FROM hours WHERE hour BETWEEN ? AND ?')
    .pluck();
  return sum.get(hourOf(fromMs), hourOf(toMs - 1)) ?? 0;
}

/** How long a thread may take to zero its keys and end. */
const stopTimeoutMs = 2_000;

/** Hours that wait for the thread: one that it opens, and one for it to go on with. */
const mostAhead = 2;

/**
 * The visits of a query in order; sealed rows are opened and sorted by a thread, an hour at a time, while those of the
 * next hour are found here. `missed` counts those that could not be read. Errors: the register's,
 * `register.reader-died`.
 */
export async function* visitsByReader(
  reader: RowOpener,
  options: ReaderOptions,
  query: VisitQuery,
  missed: Missed,
): AsyncGenerator<readonly OpenVisit[]> {
  const thread = startReader(options);
  const search = rowsOfQuery(reader, query);
  const old = oldVisits(reader, query);
  const count = sealedCount(reader.db);
  const lost = (hour: number) => old.count(hour) + count(hour);
  const notes = new Notes(reader.db, reader.keys);
  const waiting: number[] = [];
  const spares: ArrayBuffer[] = [];
  async function* first(): AsyncGenerator<readonly OpenVisit[]> {
    const hour = waiting.shift() ?? 0;
    const { octets, unreadable } = await thread.opened();
    if (unreadable > 0) missed(unreadable);
    const subkeys = reader.keys.forReading(hour);
    const before = subkeys === null ? [] : old.of(hour, subkeys, missed);
    yield* inBatches(merged(before, visitsIn(hour, octets, notes, missed, query.venues)));
    spares.push(octets.buffer as ArrayBuffer);
  }
  // Each row is read once: a cache of what SQLite has read is of no use.
  reader.db.pragma('cache_size = -2000');
  try {
    for (const { hour, subkeys } of readableHours(reader, query, missed, lost)) {
      const rows = search.rows(hour, subkeys, thread.used());
      const spare = spares.pop();
      thread.open({ ...rows, filter: search.filter, ...(spare ? { spare } : {}) });
      waiting.push(hour);
      if (waiting.length >= mostAhead) yield* first();
    }
    while (waiting.length > 0) yield* first();
  } finally {
    await thread.stop();
  }
}

interface Thread {
  open(rows: SealedHour): void;
  /** Memory that a former hour came back in, if there is any. */
  used(): ArrayBuffer | undefined;
  /** The next hour, in the order in which they were handed over. */
  opened(): Promise<OpenedRows>;
  stop(): Promise<void>;
}

function startReader(options: ReaderOptions): Thread {
  const worker = new Worker(new URL(`./visit-reader${extname(import.meta.url)}`, import.meta.url), {
    workerData: options,
    resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 2 },
  });
  const hours: OpenedRows[] = [];
  const used: ArrayBuffer[] = [];
  let failure: unknown = null;
  let wake = () => {};
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      failure ??= died();
      wake();
      resolve();
    });
  });
  worker.on('error', (error) => {
    failure ??= died(error);
  });
  worker.on('message', (message: FromReader) => {
    if (message.kind === 'opened') {
      used.push(message.used);
      hours.push(message);
    } else failure ??= revived(message.error);
    wake();
  });
  return {
    open(rows) {
      const { octets, spare } = rows;
      worker.postMessage(rows satisfies ToReader, [octets.buffer as ArrayBuffer, ...(spare ? [spare] : [])]);
    },
    used: () => used.pop(),
    async opened() {
      for (;;) {
        const hour = hours.shift();
        if (hour !== undefined) return hour;
        if (failure !== null) throw failure;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    async stop() {
      worker.postMessage('stop' satisfies ToReader);
      const limit = setTimeout(() => void worker.terminate(), stopTimeoutMs);
      await exited;
      clearTimeout(limit);
    },
  };
}

function revived(error: PlainError): Error {
  return 'code' in error ? new AppError(error.code, error.facts) : new Error(error.message);
}

function died(cause?: unknown): AppError {
  return fault('register.reader-died', {}, { cause });
}
