import type { AppErrorDetail } from '../../base/errors.ts';
import type { RegisterOptions, VisitQuery } from '../register-types.ts';
import type { Share } from '../visit-condition.ts';
import type { VisitBatch } from './visit-batch.ts';

/** What a reading thread is started with. */
export interface ReaderTask {
  readonly options: ReaderOptions;
  readonly query: VisitQuery;
  readonly share: Share;
}

/** Of a register's options, those that a thread can be handed and a reader needs. */
export type ReaderOptions = Pick<
  RegisterOptions,
  'dataDir' | 'keyFile' | 'retentionMs' | 'algorithm' | 'masterFile'
>;

export function readerOptions(options: RegisterOptions): ReaderOptions {
  const { dataDir, keyFile, retentionMs, algorithm, masterFile = null } = options;
  return { dataDir, keyFile, retentionMs, algorithm, masterFile };
}

/** Batches that a reader may be ahead by: it goes on while what it read is written. */
export const mostAhead = 2;

/** To a reader: one more batch may come, or no more is wanted. */
export type ToReader = 'more' | 'stop';

/** From a reader. `unreadable` counts from the beginning. */
export type FromReader =
  | { readonly kind: 'rows'; readonly batch: VisitBatch }
  | { readonly kind: 'end'; readonly unreadable: number }
  | { readonly kind: 'failed'; readonly error: PlainError };

/** An AppError as it passes between threads; what is none loses all but its message. */
export interface PlainError extends Pick<AppErrorDetail, 'hint' | 'context' | 'exit'> {
  readonly code: string | null;
  readonly message: string;
}
