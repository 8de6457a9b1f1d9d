import type { RegisterOptions } from '../register-types.ts';
import type { OpenedRows, RowFilter } from '../sealing/opened-rows.ts';
import type { PlainError } from './thread-errors.ts';

/** What a reading thread is started with: of a register's options, those that a thread can be handed and needs. */
export type ReaderOptions = Pick<
  RegisterOptions,
  'dataDir' | 'keyFile' | 'retentionMs' | 'algorithm' | 'masterFile' | 'sameAs'
>;

export function readerOptions(options: RegisterOptions): ReaderOptions {
  const { dataDir, keyFile, retentionMs, algorithm, masterFile = null, sameAs } = options;
  return { dataDir, keyFile, retentionMs, algorithm, masterFile, ...(sameAs ? { sameAs } : {}) };
}

/** To a reader: an hour begins, some of its rows, it has no more; or that no more is wanted. */
export type ToReader =
  | ({ readonly kind: 'hour'; readonly hour: number; readonly filter: RowFilter } & Room)
  | ({ readonly kind: 'rows'; readonly length: number } & Room)
  | { readonly kind: 'end' }
  | 'stop';

/** Memory that goes to and fro: a new piece for each message would be left to the garbage collector. */
interface Room {
  readonly room: ArrayBuffer;
}

/** From a reader: rows that it has read, an hour that it has opened, in the order in which it was handed them. */
export type FromReader =
  | ({ readonly kind: 'read' } & Room)
  | ({ readonly kind: 'opened'; readonly hour: number } & OpenedRows)
  | { readonly kind: 'failed'; readonly error: PlainError };
