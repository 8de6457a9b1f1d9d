import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { batchRows, inBatches } from '../../base/batches.ts';
import { AppError, fault } from '../../base/errors.ts';
import { type Missed, rowBatches } from '../database/row-batches.ts';
import { hourOf } from '../hour.ts';
import type { RowBatches, StoredVisit, VisitQuery } from '../records.ts';
import {
  type OpenRow,
  openedVisits,
  type RowOpener,
  type RowReader,
  type SealedRow,
  sealedVisits,
  storedVisit,
} from '../tables/visits.ts';
import {
  encodeSealed,
  type FromReader,
  type OpenedBatch,
  type PlainError,
  type ReaderOptions,
  type ToReader,
  withOpened,
} from './sealed-batch.ts';

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

/**
 * Batches that wait for the thread: enough for it while the next quarter of an hour is found and sorted. With twice as
 * many they outlive the garbage collector's first run, and an export takes 50 MB more.
 */
const mostAhead = 8;

/**
 * The rows of a query in order, opened by a thread; `missed` counts those that could not be read. They are found here:
 * finding and writing them takes as long as the thread takes to open them. Errors: the register's,
 * `register.reader-died`.
 */
export async function* rowsOfReader(
  reader: RowOpener,
  options: ReaderOptions,
  query: VisitQuery,
  missed: Missed,
): AsyncGenerator<readonly OpenRow[]> {
  const thread = startReader(options);
  const waiting: (readonly SealedRow[])[] = [];
  const first = async () => {
    const rows = waiting.shift() ?? [];
    const opened = await thread.opened();
    const readable = withOpened(rows, opened);
    if (readable.length < rows.length) missed(rows.length - readable.length);
    return readable;
  };
  // Each row is read once: a cache of what SQLite has read is of no use.
  reader.db.pragma('cache_size = -2000');
  try {
    for (const { hour, rows } of sealedVisits(reader, query, missed, batchRows)) {
      thread.open(hour, rows);
      waiting.push(rows);
      if (waiting.length >= mostAhead) yield await first();
    }
    while (waiting.length > 0) yield await first();
  } finally {
    await thread.stop();
  }
}

interface Thread {
  open(hour: number, rows: readonly SealedRow[]): void;
  /** The next batch, in the order in which they were handed over. */
  opened(): Promise<OpenedBatch>;
  stop(): Promise<void>;
}

function startReader(options: ReaderOptions): Thread {
  const worker = new Worker(new URL(`./visit-reader${extname(import.meta.url)}`, import.meta.url), {
    workerData: options,
    resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 2 },
  });
  const batches: OpenedBatch[] = [];
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
    if (message.kind === 'opened') batches.push(message.batch);
    else failure ??= revived(message.error);
    wake();
  });
  return {
    open(hour, rows) {
      const batch = encodeSealed(hour, rows);
      worker.postMessage(batch satisfies ToReader, [batch.octets.buffer, batch.lengths.buffer]);
    },
    async opened() {
      for (;;) {
        const batch = batches.shift();
        if (batch !== undefined) return batch;
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
