import type { AppError } from '../../base/errors.ts';
import type { RegisterOptions } from '../register-types.ts';
import type { OpenedRows, RowFilter, RowsOfHour } from '../sealing/visit-row.ts';

/** What a reading thread is started with: of a register's options, those that a thread can be handed and needs. */
export type ReaderOptions = Pick<
  RegisterOptions,
  'dataDir' | 'keyFile' | 'retentionMs' | 'algorithm' | 'masterFile' | 'sameAs'
>;

export function readerOptions(options: RegisterOptions): ReaderOptions {
  const { dataDir, keyFile, retentionMs, algorithm, masterFile = null, sameAs } = options;
  return { dataDir, keyFile, retentionMs, algorithm, masterFile, ...(sameAs ? { sameAs } : {}) };
}

/** To a reader: what to open, or that no more is wanted. */
export type ToReader = SealedHour | 'stop';

export interface SealedHour extends RowsOfHour {
  readonly filter: RowFilter;
  /** For what is opened. */
  readonly spare?: ArrayBuffer;
}

/** From a reader: what it opened, in the order that it was handed it in. */
export type FromReader =
  | ({ readonly kind: 'opened'; readonly used: ArrayBuffer } & OpenedRows)
  | { readonly kind: 'failed'; readonly error: PlainError };

/** An error as it passes between threads: a fault keeps its code and facts, any other error its message. */
export type PlainError = Pick<AppError, 'code' | 'facts'> | { readonly message: string };
