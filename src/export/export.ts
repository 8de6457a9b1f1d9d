import { setImmediate } from 'node:timers/promises';
import { fault } from '../base/errors.ts';
import { type Destination, finishAfter } from './to/destination.ts';

/** Turns rows into the octets of a file, batch by batch, in order. */
export interface RowWriter<Row> {
  /** The octets before the first row. */
  begin(): Uint8Array | Promise<Uint8Array>;
  rows(batch: readonly Row[]): Uint8Array | Promise<Uint8Array>;
  /** The octets after the last row. */
  end(): Uint8Array | Promise<Uint8Array>;
}

/** A writer that waits for nothing. */
export interface TextWriter<Row> extends RowWriter<Row> {
  begin(): Uint8Array;
  rows(batch: readonly Row[]): Uint8Array;
  end(): Uint8Array;
}

export const noBytes = new Uint8Array(0);

/** Some 200 kB: large enough for the disk, small enough for an interruption to work at once. */
const batchSize = 1_000;

/** All octets of a file whose rows are in memory. */
export function wholeText<Row>(writer: TextWriter<Row>, rows: readonly Row[]): Uint8Array {
  const parts = [writer.begin()];
  for (let from = 0; from < rows.length; from += batchSize)
    parts.push(writer.rows(rows.slice(from, from + batchSize)));
  return Buffer.concat([...parts, writer.end()]);
}

export interface ExportResult {
  /** Rows that were written. */
  readonly rows: number;
  /** False if the reader went away before the last of them (`export | head`). */
  readonly complete: boolean;
}

/** Rows one by one, or in batches as they come. */
export type Rows<Row> = Iterable<Row> | AsyncIterable<readonly Row[]>;

interface ExportOptions {
  readonly signal?: AbortSignal;
  /** Called after each batch with the number of rows so far. */
  readonly onRows?: (rows: number) => void;
}

/**
 * Streams rows through a writer to a destination, with one batch in memory at a time. At its end the destination is
 * finished; after a failure it is abandoned.
 * @throws AppError `export.interrupted` if `signal` aborts
 */
export function writeExport<Row>(
  rows: Rows<Row>,
  writer: RowWriter<Row>,
  destination: Destination,
  options: ExportOptions = {},
): Promise<ExportResult> {
  return finishAfter(destination, () => pump(rows, writer, destination, options));
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
    // Standard output may accept everything without a pause, and Ctrl-C would never be handled.
    await setImmediate();
    if (signal?.aborted) throw fault('export.interrupted');
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

/** A reader that does not read on (`export | less`) blocks a write for ever; Ctrl-C must not wait for it. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(fault('export.interrupted'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
