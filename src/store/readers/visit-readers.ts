import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { batchRows } from '../../base/batches.ts';
import { AppError, fault } from '../../base/errors.ts';
import type { Missed } from '../database/row-batches.ts';
import type { VisitQuery } from '../records.ts';
import { type OpenRow, type RowOpener, type SealedRow, sealedVisits } from '../tables/visits.ts';
import {
  encodeSealed,
  type FromReader,
  type OpenedBatch,
  type PlainError,
  type ReaderOptions,
  type ToReader,
  withOpened,
} from './sealed-batch.ts';

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
