/** Some 100 kB: large enough for the way between threads, small enough for a stop to be felt at once. */
export const batchRows = 1_000;

/** Rows a thousand at a time. */
export function* inBatches<T>(rows: Iterable<T>): Generator<readonly T[]> {
  let batch: T[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length < batchRows) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
