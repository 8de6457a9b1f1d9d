/**
 * Rows of a batch. Large enough for the way between threads, and so small that a batch is written and forgotten before
 * the garbage collector has run a second time: with four times as many rows an export takes 50 MB more.
 */
export const batchRows = 250;
/** Whoever waits for the first row waits for no more than these. */
const firstRows = 60;

/** Rows, some at a time. */
export function* inBatches<T>(rows: Iterable<T>): Generator<readonly T[]> {
  let batch: T[] = [];
  let most = firstRows;
  for (const row of rows) {
    batch.push(row);
    if (batch.length < most) continue;
    yield batch;
    batch = [];
    most = batchRows;
  }
  if (batch.length > 0) yield batch;
}

/** All rows at once, where memory has room for them. */
export async function collect<T>(batches: AsyncIterable<readonly T[]>): Promise<T[]> {
  const rows: T[] = [];
  for await (const batch of batches) for (const row of batch) rows.push(row);
  return rows;
}
