import type { AppError } from '../../base/errors.ts';
import type { HourKeys } from '../keyring/hour-keys.ts';
import type { RegisterOptions } from '../register-types.ts';
import { boundBytes, decodeVisitor, sealedIn, writeAssociatedData } from '../sealing/bound-data.ts';
import { partCopier, unsealPart } from '../sealing/seal.ts';
import type { OpenRow, SealedRow } from '../tables/visits.ts';

/** Sealed numbers of one hour on their way to the thread that opens them; the rows themselves stay behind. */
export interface SealedBatch {
  readonly hour: number;
  /** For each row what binds it, then what is sealed. */
  readonly octets: Uint8Array<ArrayBuffer>;
  /** How long these are, two to a row. */
  readonly lengths: Uint16Array<ArrayBuffer>;
}

/**
 * Opened numbers on their way back. They are one text, because that is handed over in one piece: as an array they would
 * take as long as the opening.
 */
export interface OpenedBatch {
  /** Each row's visitor, with `between` after each. */
  readonly visitors: string;
  /** Visitors whose name has `between` in it, by the row's index: an alphanumeric sender may hold anything. */
  readonly oddVisitors: ReadonlyMap<number, string>;
  /** Indexes of unreadable rows. */
  readonly unreadable: ReadonlySet<number>;
}

const between = '\0';
const boundOf = partCopier();

export function encodeSealed(hour: number, rows: readonly SealedRow[]): SealedBatch {
  let size = 0;
  for (const [venue, , , sealed] of rows) size += boundBytes + venue.length + sealed.length / 2;
  // Of its own, not of the pool that Node's small buffers share: it is handed over.
  const octets = Buffer.from(new ArrayBuffer(size));
  const view = new DataView(octets.buffer);
  const lengths = new Uint16Array(rows.length * 2);
  let end = 0;
  for (let index = 0; index < rows.length; index += 1) {
    const [venue, atMs, id, sealed] = rows[index] as SealedRow;
    const sealedAt = writeAssociatedData(view, end, [sealedIn.visits, hour, id, atMs, venue]);
    const length = octets.write(sealed, sealedAt, 'hex');
    lengths[index * 2] = sealedAt - end;
    lengths[index * 2 + 1] = length;
    end = sealedAt + length;
  }
  return { hour, octets, lengths };
}

export function openSealed(keys: HourKeys, { hour, octets, lengths }: SealedBatch): OpenedBatch {
  const subkeys = keys.forReading(hour);
  const oddVisitors = new Map<number, string>();
  const unreadable = new Set<number>();
  const bytes = Buffer.from(octets.buffer, octets.byteOffset, octets.length);
  let visitors = '';
  let at = 0;
  for (let index = 0; index < lengths.length / 2; index += 1) {
    const sealedAt = at + (lengths[index * 2] ?? 0);
    const end = sealedAt + (lengths[index * 2 + 1] ?? 0);
    const bound = boundOf(bytes, { start: at, end: sealedAt });
    const plain = subkeys === null ? null : unsealPart(subkeys, bytes, { start: sealedAt, end }, bound);
    const visitor = plain === null ? '' : decodeVisitor(plain);
    const isOdd = visitor.includes(between);
    if (plain === null) unreadable.add(index);
    if (isOdd) oddVisitors.set(index, visitor);
    visitors += (isOdd ? '' : visitor) + between;
    at = end;
  }
  return { visitors, oddVisitors, unreadable };
}

/** The rows with the opened numbers in place of the sealed ones, without unreadable rows. */
export function withOpened(rows: readonly SealedRow[], opened: OpenedBatch): readonly OpenRow[] {
  const visitors = opened.visitors.split(between);
  for (let index = 0; index < rows.length; index += 1) (rows[index] as SealedRow)[3] = visitors[index] ?? '';
  for (const [index, visitor] of opened.oddVisitors) (rows[index] as SealedRow)[3] = visitor;
  return opened.unreadable.size === 0 ? rows : rows.filter((_, index) => !opened.unreadable.has(index));
}

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
export type ToReader = SealedBatch | 'stop';

/** From a reader: what it opened, in the order that it was handed it in. */
export type FromReader =
  | { readonly kind: 'opened'; readonly batch: OpenedBatch }
  | { readonly kind: 'failed'; readonly error: PlainError };

/** An error as it passes between threads: a fault keeps its code and facts, any other error its message. */
export type PlainError = Pick<AppError, 'code' | 'facts'> | { readonly message: string };
