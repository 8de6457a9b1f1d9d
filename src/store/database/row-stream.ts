import type { Stream } from '../register-types.ts';
import { registerError } from './errors.ts';

/** Tells a stream that rows were passed over. */
export type Missed = (rows?: number) => void;

/** A stream over what `read` yields, from the start each time it is iterated; its errors are the register's. */
export function rowStream<T>(read: (missed: Missed) => Generator<T>): Stream<T> {
  let unreadable = 0;
  function* rows(): Generator<T> {
    unreadable = 0;
    try {
      yield* read((count = 1) => {
        unreadable += count;
      });
    } catch (error) {
      throw registerError(error);
    }
  }
  return {
    [Symbol.iterator]: rows,
    get unreadable() {
      return unreadable;
    },
  };
}
