import type { WordedDetail } from '../../base/errors.ts';
import type { RegisterOptions } from '../register-types.ts';
import type { OpenedBatch, SealedBatch } from './sealed-batch.ts';

/** What a reading thread is started with: of a register's options, those that a thread can be handed and needs. */
export type ReaderOptions = Pick<
  RegisterOptions,
  'dataDir' | 'keyFile' | 'retentionMs' | 'algorithm' | 'masterFile'
>;

export function readerOptions(options: RegisterOptions): ReaderOptions {
  const { dataDir, keyFile, retentionMs, algorithm, masterFile = null } = options;
  return { dataDir, keyFile, retentionMs, algorithm, masterFile };
}

/** To a reader: what to open, or that no more is wanted. */
export type ToReader = SealedBatch | 'stop';

/** From a reader: what it opened, in the order that it was handed it in. */
export type FromReader =
  | { readonly kind: 'opened'; readonly batch: OpenedBatch }
  | { readonly kind: 'failed'; readonly error: PlainError };

/** An AppError as it passes between threads; what is none loses all but its message. */
export interface PlainError extends Pick<WordedDetail, 'hint' | 'context' | 'exit'> {
  readonly code: string | null;
  readonly message: string;
}
