import type { AppError } from '../../base/errors.ts';
import type { HourKeys } from '../keyring/hour-keys.ts';
import type { RegisterOptions } from '../register-types.ts';
import { boundBytes, decodeVisitor, sealedIn, writeAssociatedData } from '../sealing/bound-data.ts';
import { partCopier, unsealPart } from '../sealing/seal.ts';
import type { OpenRow, SealedRow } from '../tables/visits.ts';

/** Sealed numbers of one hour on their way to the thread that opens them; the rows themselves stay behind. */
interface SealedBatch {
  readonly hour: number;
  /** For each row what binds it, then what is sealed. */
  readonly octets: Uint8Array<ArrayBuffer>;
  /** How long these are, two to a row. */
  readonly lengths: Uint16Array<ArrayBuffer>;
}

/** The visitors of a batch on their way back, in its order; null for an unreadable row. */
export type OpenedBatch = readonly (string | null)[];

const boundOf = partCopier();

export function encodeSealed(hour: number, rows: readonly SealedRow[]): SealedBatch {
  let size = 0;
  for (const [venue, , , sealed] of rows) size += boundBytes + venue.length + sealed.length / 2;
  // Of its own, not of the pool that Node's small buffers share: it is handed over.
  const octets = Buffer.from(new ArrayBuffer(size));
  const view = new DataView(octets.buffer);
  const lengths = new Uint16Array(rows.length * 2);
  let end = 0;
  for (const [index, [venue, atMs, id, sealed]] of rows.entries()) {
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
  const bytes = Buffer.from(octets.buffer, octets.byteOffset, octets.length);
  const visitors: (string | null)[] = [];
  let at = 0;
  for (let index = 0; index < lengths.length; index += 2) {
    const sealedAt = at + (lengths[index] ?? 0);
    const end = sealedAt + (lengths[index + 1] ?? 0);
    const bound = boundOf(bytes, { start: at, end: sealedAt });
    const plain = subkeys && unsealPart(subkeys, bytes, { start: sealedAt, end }, bound);
    visitors.push(plain && decodeVisitor(plain));
    at = end;
  }
  return visitors;
}

/** The rows with the opened numbers in place of the sealed ones, without unreadable rows. */
export function withOpened(rows: readonly SealedRow[], visitors: OpenedBatch): OpenRow[] {
  const readable: OpenRow[] = [];
  for (const [index, row] of rows.entries()) {
    const visitor = visitors[index] ?? null;
    if (visitor === null) continue;
    // In place: another array for each row would be a tenth of what opening it costs.
    row[3] = visitor;
    readable.push(row);
  }
  return readable;
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
