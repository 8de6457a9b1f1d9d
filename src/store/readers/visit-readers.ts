import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../base/errors.ts';
import type { VisitQuery } from '../register-types.ts';
import type { OpenRow } from '../visit-stream.ts';
import type { FromReader, PlainError, ReaderOptions, ReaderTask, ToReader } from './reader-messages.ts';
import {
  type ArrivedBatch,
  arrivedBatch,
  comesBefore,
  decodeRow,
  encodeBatch,
  type VisitBatch,
} from './visit-batch.ts';

/** How long a thread that was told to stop may take to wipe its keys. */
const stopTimeoutMs = 2_000;

/**
 * The rows of a query, opened by `readers` threads with a share each, in order; `missed` is told at the end how many
 * could not be read. `made` makes of a row what is wanted; the row itself is the next one's too. The order is kept by
 * merging, so no thread is ever ahead by more than a few batches. Errors: the register's, `register.reader-died`.
 */
export async function* rowsOfReaders<T>(
  options: ReaderOptions,
  query: VisitQuery,
  readers: number,
  missed: (rows: number) => void,
  made: (row: OpenRow) => T,
): AsyncGenerator<readonly T[]> {
  const sources = Array.from({ length: readers }, (_, index) =>
    startReader({ options, query, share: { index, of: readers } }),
  );
  try {
    for (const source of sources) await source.fill();
    for (;;) {
      const rows = await mergedUntilEmpty(sources, made);
      if (rows.length === 0) break;
      yield rows;
    }
    missed(sources.reduce((sum, { unreadable }) => sum + unreadable, 0));
  } finally {
    await Promise.all(sources.map((source) => source.stop()));
  }
}

/** Rows in order, until one of the sources has to be asked for more. */
async function mergedUntilEmpty<T>(
  sources: readonly Source[],
  made: (row: OpenRow) => T,
): Promise<readonly T[]> {
  const merged: T[] = [];
  const scratch: OpenRow = ['', 0, 0, '', 0, 0, 0];
  for (let next = earliest(sources); next !== null; next = earliest(sources)) {
    merged.push(made(decodeRow(next.batch, next.at, scratch)));
    next.at += 1;
    if (next.at < next.batch.rows) continue;
    await next.fill();
    break;
  }
  return merged;
}

function earliest(sources: readonly Source[]): Source | null {
  let first: Source | null = null;
  for (const source of sources) {
    if (source.at >= source.batch.rows) continue;
    if (first === null || comesBefore(source.batch, source.at, first.batch, first.at)) first = source;
  }
  return first;
}

/** A reader's rows as far as they have been taken over. */
interface Source {
  batch: ArrivedBatch;
  at: number;
  readonly unreadable: number;
  /** Takes the next batch over; none are there any more when it resolves and `batch` is empty. */
  fill(): Promise<void>;
  stop(): Promise<void>;
}

const noRows = arrivedBatch(encodeBatch([]));

function startReader(task: ReaderTask): Source {
  const worker = new Worker(new URL(`./visit-reader${extname(import.meta.url)}`, import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 2 },
  });
  const batches: VisitBatch[] = [];
  let ended = false;
  let unreadable = 0;
  let failure: unknown = null;
  let wake = () => {};
  const tell = (message: ToReader) => worker.postMessage(message);
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      if (!ended) failure ??= died();
      wake();
      resolve();
    });
  });
  worker.on('error', (error) => {
    failure ??= died(error);
  });
  worker.on('message', (message: FromReader) => {
    if (message.kind === 'rows') batches.push(message.batch);
    if (message.kind === 'failed') failure ??= revived(message.error);
    if (message.kind === 'end') {
      ended = true;
      unreadable = message.unreadable;
    }
    wake();
  });
  return {
    batch: noRows,
    at: 0,
    get unreadable() {
      return unreadable;
    },
    async fill() {
      while (batches.length === 0 && !ended && failure === null)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      if (failure !== null) throw failure;
      const batch = batches.shift();
      this.batch = batch === undefined ? noRows : arrivedBatch(batch);
      this.at = 0;
      if (batch !== undefined) tell('more');
    },
    async stop() {
      tell('stop');
      const limit = setTimeout(() => void worker.terminate(), stopTimeoutMs);
      await exited;
      clearTimeout(limit);
    },
  };
}

function revived({ code, message, ...detail }: PlainError): Error {
  return code === null ? new Error(message) : new AppError(code, message, detail);
}

function died(cause?: unknown): AppError {
  return new AppError('register.reader-died', 'a thread that reads the register ended before its last row', {
    hint: 'Run the command again; if it happens again, see that the machine has memory to spare.',
    cause,
  });
}
