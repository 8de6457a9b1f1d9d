import type { RowBatches } from '../records.ts';
import { registerError } from './errors.ts';

/** Counts rows that were left out. */
export type Missed = (rows?: number) => void;

/** The batches that `read` yields, from the start each time they are iterated; errors are the register's. */
export function rowBatches<T>(
  read: (missed: Missed) => Iterable<readonly T[]> | AsyncIterable<readonly T[]>,
): RowBatches<T> {
  let unreadable = 0;
  async function* batches(): AsyncGenerator<readonly T[]> {
    unreadable = 0;
    try {
      yield* read((rows = 1) => {
        unreadable += rows;
      });
    } catch (error) {
      throw registerError(error);
    }
  }
  return {
    [Symbol.asyncIterator]: batches,
    get unreadable() {
      return unreadable;
    },
  };
}
