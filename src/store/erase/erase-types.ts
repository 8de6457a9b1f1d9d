import type { DestroyedRows } from '../audit/audit-types.ts';

/** Where a row lies. */
export type TracedRow =
  | {
      readonly kind: 'visits';
      readonly hour: number;
      readonly venue: string;
      readonly at: number;
      readonly id: number;
    }
  | {
      readonly kind: 'unresolved' | 'undecodable' | 'notices' | 'parts';
      readonly hour: number;
      readonly id: number;
    };

/** What the register holds of one visitor. */
export interface Traces {
  readonly rows: readonly TracedRow[];
  /** Texts of others whose words contain the number: records of those others. */
  readonly mentions: number;
  /** Visits to a place that was typed as this number. */
  readonly asVenue: number;
}

export interface Erased {
  readonly rows: Required<DestroyedRows>;
  /** The hours that rows went from, ascending. Their keys live on. */
  readonly hours: readonly number[];
  /** False: a reader still needs the write-ahead log, which holds the sealed rows until a checkpoint. */
  readonly walTruncated: boolean;
}
