import type { VisitQuery } from '../records.ts';
import type { ReaderOptions } from './sealed-batch.ts';
import type { PlainError } from './thread-errors.ts';

/** What a counting thread is started with. */
export interface CountOrder {
  readonly options: ReaderOptions;
  readonly query: VisitQuery;
  /** Each hour of the query by its start, and the one under which it is summed. */
  readonly under: readonly (readonly [hourStartMs: number, underMs: number])[];
  /** Of the places that a sum has an index for from the beginning. */
  readonly numbers: readonly string[];
}

/** Its answer. */
export type FromCounter =
  | {
      readonly kind: 'counted';
      /** `visits` by the index of the place: in the order's numbers, then in `met`. */
      readonly summed: readonly { readonly hourStartMs: number; readonly visits: Int32Array<ArrayBuffer> }[];
      readonly met: readonly string[];
      /** Rows that could not be read. */
      readonly unreadable: number;
    }
  | { readonly kind: 'failed'; readonly error: PlainError };
