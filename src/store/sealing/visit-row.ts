import { randomFillSync } from 'node:crypto';
import type { Subkeys } from '../keyring/hour-keys.ts';
import { decodeVisitor, encodeVisitor, sealedIn } from './bound-data.ts';
import { seal, sealBytes, unsealPart } from './seal.ts';
import { venueTagBytes, visitorTagBytes } from './tags.ts';

/*
 * A visit as the register keeps it: venue's tag (6) · id (4) · visitor's tag (2) · sealed value (57). Every visit is as
 * long as every other. The id is random, so that the order of rows tells nothing.
 *
 * Sealed, 29 octets, big-endian: visitor (8) · venue (8) · time within the hour in ms (3) · receipt less that time in
 * ms, signed (6) · line (2) · flags (1) · order (1). The order rises from row to row and tells apart what came in one
 * text or at one instant. A visitor or venue that is not a number of up to 15 digits has zeros here; it stands in a
 * note of the visit, as does the name of staff (tables/notes.ts), and a bit of the flags says that there is one.
 *
 * What binds the sealed value to its row: form (1) · hour (4) · venue's tag · id · visitor's tag.
 */
export const idBytes = 4;
const idAt = venueTagBytes;
const visitorTagAt = idAt + idBytes;
const headBytes = visitorTagAt + visitorTagBytes;
/** What names a row within its hour: venue's tag and id. */
export const rowNameBytes = visitorTagAt;
const plainBytes = 29;
const sealedBytes = plainBytes + sealBytes;
export const rowBytes = headBytes + sealedBytes;

/** Of the flags: a note has what does not fit into the row. */
export const notedBit = 8;

/** The fields of a row in the clear. */
export interface VisitFields {
  readonly visitor: string;
  readonly venue: string;
  readonly inHourMs: number;
  readonly receivedAfterMs: number;
  readonly line: number;
  readonly flags: number;
  readonly order: number;
}

/** A row on its way to the database. */
export interface SealedVisit {
  readonly id: Buffer;
  readonly sealed: Buffer;
}

const numeric = /^\+?\d{1,15}$/;

/** Whether a visitor or venue has its place in the row. */
export function fitsRow(value: string): boolean {
  return numeric.test(value);
}

const plainRow = Buffer.alloc(plainBytes);
const bound = Buffer.alloc(5 + headBytes);

/** Seals a visit under a fresh random id. */
export function sealVisit(
  keys: Subkeys,
  hour: number,
  { venueTag, visitorTag }: { readonly venueTag: Buffer; readonly visitorTag: Buffer },
  fields: VisitFields,
): SealedVisit {
  const id = randomFillSync(Buffer.allocUnsafe(idBytes));
  writeHour(hour);
  venueTag.copy(bound, 5);
  id.copy(bound, 5 + idAt);
  visitorTag.copy(bound, 5 + visitorTagAt);
  writeFields(plainRow, fields);
  return { id, sealed: seal(keys, plainRow, bound) };
}

/** What binds the sealed value of a row to it, for whoever reads rows without this module's search. */
export function boundOfRow(hour: number, head: Buffer): Buffer {
  writeHour(hour);
  head.copy(bound, 5, 0, headBytes);
  return Buffer.from(bound);
}

function writeHour(hour: number): void {
  bound[0] = sealedIn.sealedVisits;
  bound.writeUInt32BE(hour >>> 0, 1);
}

function writeFields(octets: Buffer, fields: VisitFields): void {
  const { visitor, venue, inHourMs, receivedAfterMs, line, flags, order } = fields;
  octets.fill(0);
  if (fitsRow(visitor)) encodeVisitor(visitor).copy(octets, 0);
  if (fitsRow(venue)) encodeVisitor(venue).copy(octets, 8);
  octets.writeUIntBE(inHourMs, 16, 3);
  octets.writeIntBE(receivedAfterMs, 19, 6);
  octets.writeUInt16BE(line, 25);
  octets[27] = flags;
  octets[28] = order;
}

/** Rows of one hour in one piece, as they are in the database. */
export interface RowsOfHour {
  readonly hour: number;
  readonly octets: Uint8Array;
}

/** Which of an hour's rows are wanted. */
export interface RowFilter {
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  /** Of all lines if absent. */
  readonly line?: number;
}

/** Opened rows of one hour in order of time, each as its name (10) and its fields (29). */
export interface OpenedRows {
  readonly octets: Uint8Array;
  readonly unreadable: number;
}

export const openedBytes = rowNameBytes + plainBytes;
const inHourAt = rowNameBytes + 16;
const receivedAt = rowNameBytes + 19;
const lineAt = rowNameBytes + 25;
const flagsAt = rowNameBytes + 27;
const orderAt = rowNameBytes + 28;

/**
 * Opens rows, leaves out what the filter does not want, and puts the rest in order. The rows are overwritten; the opened
 * ones are in `spare` if that is large enough: an export of a million rows else leaves hundreds of megabytes to collect.
 */
export function openRows(
  keys: Subkeys,
  { hour, octets }: RowsOfHour,
  startMs: number,
  { fromMs, toMs, line }: RowFilter,
  spare?: ArrayBuffer,
): OpenedRows {
  const bytes = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength);
  let unreadable = 0;
  let end = 0;
  writeHour(hour);
  for (let at = 0; at < bytes.length; at += rowBytes) {
    bytes.copy(bound, 5, at, at + headBytes);
    const plain = unsealPart(keys, bytes, { start: at + headBytes, end: at + rowBytes }, bound);
    if (plain === null) {
      unreadable += 1;
      continue;
    }
    const atMs = startMs + plain.readUIntBE(16, 3);
    if (atMs < fromMs || atMs >= toMs) continue;
    if (line !== undefined && plain.readUInt16BE(25) !== line) continue;
    // What is opened is shorter than its row, so it never reaches a row that is not read yet.
    bytes.copy(bytes, end, at, at + rowNameBytes);
    plain.copy(bytes, end + rowNameBytes);
    end += openedBytes;
  }
  return { octets: inOrder(bytes.subarray(0, end), spare), unreadable };
}

/** Place in a list, below the time: an hour has fewer rows. */
const mostRows = 2 ** 28;

let sortKeys = new Float64Array(1_024);

/** By time, then by receipt and order of arrival. Numbers are sorted ten times as quickly as rows are. */
function inOrder(rows: Buffer, spare: ArrayBuffer | undefined): Buffer {
  const count = rows.length / openedBytes;
  if (sortKeys.length < count) sortKeys = new Float64Array(count * 2);
  const keys = sortKeys.subarray(0, count);
  for (let index = 0; index < count; index += 1)
    keys[index] = rows.readUIntBE(index * openedBytes + inHourAt, 3) * mostRows + index;
  keys.sort();
  const places = Uint32Array.from(keys, (key) => key % mostRows);
  for (let from = 0; from < count; ) {
    let to = from + 1;
    while (to < count && timeOf(keys[to]) === timeOf(keys[from])) to += 1;
    if (to - from > 1) places.subarray(from, to).sort((one, other) => compareArrival(rows, one, other));
    from = to;
  }
  const isEnough = spare !== undefined && spare.byteLength >= rows.length;
  const sorted = isEnough ? Buffer.from(spare, 0, rows.length) : Buffer.from(new ArrayBuffer(rows.length));
  for (let index = 0; index < count; index += 1) {
    const start = (places[index] ?? 0) * openedBytes;
    rows.copy(sorted, index * openedBytes, start, start + openedBytes);
  }
  return sorted;
}

function timeOf(key = 0): number {
  return Math.floor(key / mostRows);
}

function compareArrival(rows: Buffer, one: number, other: number): number {
  const [a, b] = [one * openedBytes, other * openedBytes];
  return (
    rows.readIntBE(a + receivedAt, 6) - rows.readIntBE(b + receivedAt, 6) ||
    (rows[a + orderAt] ?? 0) - (rows[b + orderAt] ?? 0) ||
    rows.compare(rows, b, b + rowNameBytes, a, a + rowNameBytes)
  );
}

/** The fields of the opened row that begins at `at`. */
export function fieldsAt(rows: Buffer, at: number): VisitFields {
  return {
    visitor: decodeVisitor(rows.subarray(at + rowNameBytes, at + rowNameBytes + 8)),
    venue: decodeVisitor(rows.subarray(at + rowNameBytes + 8, at + rowNameBytes + 16)),
    inHourMs: rows.readUIntBE(at + inHourAt, 3),
    receivedAfterMs: rows.readIntBE(at + receivedAt, 6),
    line: rows.readUInt16BE(at + lineAt),
    flags: rows[at + flagsAt] ?? 0,
    order: rows[at + orderAt] ?? 0,
  };
}

/** What names the opened row that begins at `at`, in hexadecimal: for its note. */
export function rowNameAt(rows: Buffer, at: number): string {
  return rows.toString('hex', at, at + rowNameBytes);
}

/** The id of the opened row that begins at `at`, as a number. */
export function idNumberAt(rows: Buffer, at: number): number {
  return rows.readUInt32BE(at + idAt);
}
