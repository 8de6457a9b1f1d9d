import { setImmediate } from 'node:timers/promises';
import { type AppError, fault } from '../base/errors.ts';
import { type Destination, finished, type RowWriter } from './to/destination.ts';

export interface ExportResult {
  /** Rows that were handed over. */
  readonly rows: number;
  /** False when the reader went away before the last of them (`export | head`). */
  readonly complete: boolean;
}

/** Rows one by one, or in batches as they come. */
export type Rows<Row> = Iterable<Row> | AsyncIterable<readonly Row[]>;

export interface ExportOptions {
  readonly signal?: AbortSignal;
  /** Told now and then how many rows were handed over. */
  readonly onRows?: (rows: number) => void;
}

/** Some 200 kB a batch: large enough for the disk, small enough for an interruption to be felt at once. */
const batchSize = 1_000;

/**
 * Streams rows through a writer to a destination, a batch in memory at a time. When it ends well the destination is
 * finished; whatever else happens it is abandoned. Throws `export.interrupted` when `signal` aborts.
 */
export function writeExport<Row>(
  rows: Rows<Row>,
  writer: RowWriter<Row>,
  destination: Destination,
  options: ExportOptions = {},
): Promise<ExportResult> {
  return finished(destination, () => pump(rows, writer, destination, options));
}

async function pump<Row>(
  rows: Rows<Row>,
  writer: RowWriter<Row>,
  destination: Destination,
  { signal, onRows }: ExportOptions,
): Promise<ExportResult> {
  const write = (bytes: Uint8Array) =>
    bytes.length === 0 ? true : unlessAborted(destination.write(bytes), signal);
  let count = 0;
  if (!(await write(await writer.begin()))) return { rows: count, complete: false };
  for await (const batch of batches(rows)) {
    if (!(await write(await writer.rows(batch)))) return { rows: count, complete: false };
    count += batch.length;
    onRows?.(count);
    // Standard output may take everything without a pause, and Ctrl-C would never be heard.
    await setImmediate();
    if (signal?.aborted) throw interrupted();
  }
  return { rows: count, complete: await write(await writer.end()) };
}

async function* batches<Row>(rows: Rows<Row>): AsyncGenerator<readonly Row[]> {
  if (Symbol.asyncIterator in rows) return yield* rows;
  let batch: Row[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** A reader that stopped reading, `export | less`, holds a write up for ever; Ctrl-C must not wait for it. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(interrupted());
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

export function interrupted(): AppError {
  return fault('export.interrupted');
}
