import type { Subkeys } from '../keyring/hour-keys.ts';
import { decodeVisitor, encodeVisitor } from './bound-data.ts';
import { sieveRows } from './row-sieve.ts';
import {
  fitsRow,
  idAt,
  notedBit,
  plainBytes,
  rowBytes,
  rowNameBytes,
  unsealRow,
  type VisitFields,
} from './visit-row.ts';

/** Which of an hour's rows are wanted. */
export interface RowFilter {
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  /** Of all lines if absent. */
  readonly line?: number;
  /** As a row has it (`visitorInRow`). Of all visitors if absent; rows with a note are opened for any. */
  readonly visitor?: Uint8Array;
}

/** Of a row whatever its time. */
export const ever = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };

/** What rows of an hour are opened with. */
export interface Opening {
  readonly keys: Subkeys;
  readonly hour: number;
  readonly startMs: number;
  readonly filter: RowFilter;
}

/** An opened row is its name (10) and its fields (29). */
export const openedBytes = rowNameBytes + plainBytes;
const visitorBytes = 8;
const venueOctet = rowNameBytes + visitorBytes;
const inHourOctet = venueOctet + 8;
const receivedOctet = inHourOctet + 3;
const lineOctet = receivedOctet + 6;
const flagsOctet = lineOctet + 2;
const orderOctet = flagsOctet + 1;

/** Opened rows of one hour in order of time. */
export interface OpenedRows {
  readonly octets: Uint8Array;
  readonly unreadable: number;
}

/** A visitor's octets within a row; zeros if the row has no room for the visitor. */
export function visitorInRow(visitor: string): Buffer {
  return fitsRow(visitor) ? encodeVisitor(visitor) : Buffer.alloc(visitorBytes);
}

/** Opens rows and puts those that the filter wants in order. The rows are overwritten. */
export function openRows(opening: Opening, octets: Uint8Array): OpenedRows {
  // To look through none takes a cipher, and most hours of a trace have none.
  if (octets.length === 0) return { octets, unreadable: 0 };
  const all = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength);
  const { keys, filter } = opening;
  const rows = filter.visitor === undefined ? all : sieveRows(keys, all, filter.visitor);
  // What is opened is shorter than its row, so it never reaches a row that is not read yet.
  const { end, unreadable } = openInto(rows, 0, opening, rows);
  const opened = rows.subarray(0, end);
  sortOpened(opened);
  return { octets: opened, unreadable };
}

/** Opens rows and puts those that the filter wants into `into` from `from` on, as they come. */
export function openInto(
  into: Buffer,
  from: number,
  { keys, hour, startMs, filter }: Opening,
  rows: Buffer,
): { readonly end: number; readonly unreadable: number } {
  let unreadable = 0;
  let end = from;
  for (let at = 0; at < rows.length; at += rowBytes) {
    const plain = unsealRow(keys, hour, rows, at);
    if (plain === null) {
      unreadable += 1;
      continue;
    }
    if (!isWanted(plain, startMs, filter)) continue;
    rows.copy(into, end, at, at + rowNameBytes);
    plain.copy(into, end + rowNameBytes);
    end += openedBytes;
  }
  return { end, unreadable };
}

function isWanted(plain: Buffer, startMs: number, { fromMs, toMs, line, visitor }: RowFilter): boolean {
  const atMs = startMs + plain.readUIntBE(inHourOctet - rowNameBytes, 3);
  if (atMs < fromMs || atMs >= toMs) return false;
  if (line !== undefined && plain.readUInt16BE(lineOctet - rowNameBytes) !== line) return false;
  if (visitor === undefined || ((plain[flagsOctet - rowNameBytes] ?? 0) & notedBit) !== 0) return true;
  return plain.compare(visitor, 0, visitorBytes, 0, visitorBytes) === 0;
}

/** Place in a list, below the time: an hour has fewer rows. */
const mostRows = 2 ** 28;

// Used again for each hour: an export of a million rows else leaves tens of megabytes to collect.
let sortKeys = new Float64Array(1_024);
let sortPlaces = new Uint32Array(1_024);
const moved = Buffer.alloc(openedBytes);

/** By time, then by receipt and order of arrival. Numbers are sorted ten times as quickly as rows are. */
export function sortOpened(rows: Buffer): void {
  const count = rows.length / openedBytes;
  if (sortKeys.length < count) {
    sortKeys = new Float64Array(count);
    sortPlaces = new Uint32Array(count);
  }
  const keys = sortKeys.subarray(0, count);
  for (let index = 0; index < count; index += 1)
    keys[index] = rows.readUIntBE(index * openedBytes + inHourOctet, 3) * mostRows + index;
  keys.sort();
  const places = sortPlaces.subarray(0, count);
  for (let index = 0; index < count; index += 1) places[index] = (keys[index] ?? 0) % mostRows;
  for (let from = 0; from < count; ) {
    let to = from + 1;
    while (to < count && timeOf(keys[to]) === timeOf(keys[from])) to += 1;
    if (to - from > 1) places.subarray(from, to).sort((one, other) => compareArrival(rows, one, other));
    from = to;
  }
  moveTo(rows, places);
}

/** Each place gets the row that `places` names, round by round and in place. `places` is used up. */
function moveTo(rows: Buffer, places: Uint32Array): void {
  for (let first = 0; first < places.length; first += 1) {
    if (places[first] === first) continue;
    rows.copy(moved, 0, first * openedBytes, (first + 1) * openedBytes);
    let to = first;
    for (let from = places[to] ?? to; from !== first; from = places[to] ?? to) {
      rows.copy(rows, to * openedBytes, from * openedBytes, (from + 1) * openedBytes);
      places[to] = to;
      to = from;
    }
    moved.copy(rows, to * openedBytes);
    places[to] = to;
  }
}

function timeOf(key = 0): number {
  return Math.floor(key / mostRows);
}

function compareArrival(rows: Buffer, one: number, other: number): number {
  const [a, b] = [one * openedBytes, other * openedBytes];
  return (
    rows.readIntBE(a + receivedOctet, 6) - rows.readIntBE(b + receivedOctet, 6) ||
    (rows[a + orderOctet] ?? 0) - (rows[b + orderOctet] ?? 0) ||
    rows.compare(rows, b, b + rowNameBytes, a, a + rowNameBytes)
  );
}

/** The fields of the opened row that begins at `at`. */
export function fieldsAt(rows: Buffer, at: number): VisitFields {
  return {
    visitor: visitorAt(rows, at),
    venue: venueAt(rows, at),
    inHourMs: inHourMsAt(rows, at),
    receivedAfterMs: receivedAfterMsAt(rows, at),
    line: lineAt(rows, at),
    flags: flagsAt(rows, at),
    order: rows[at + orderOctet] ?? 0,
  };
}

export function visitorAt(rows: Buffer, at: number): string {
  return decodeVisitor(rows.subarray(at + rowNameBytes, at + venueOctet));
}

export function venueAt(rows: Buffer, at: number): string {
  return decodeVisitor(rows.subarray(at + venueOctet, at + inHourOctet));
}

export function inHourMsAt(rows: Buffer, at: number): number {
  return rows.readUIntBE(at + inHourOctet, 3);
}

export function receivedAfterMsAt(rows: Buffer, at: number): number {
  return rows.readIntBE(at + receivedOctet, 6);
}

export function lineAt(rows: Buffer, at: number): number {
  return rows.readUInt16BE(at + lineOctet);
}

/** Puts another line's number into the opened row that begins at `at`. */
export function setLineAt(rows: Buffer, at: number, line: number): void {
  rows.writeUInt16BE(line, at + lineOctet);
}

export function flagsAt(rows: Buffer, at: number): number {
  return rows[at + flagsOctet] ?? 0;
}

/** What names the opened row that begins at `at`, in hexadecimal: for its note. */
export function rowNameAt(rows: Buffer, at: number): string {
  return rows.toString('hex', at, at + rowNameBytes);
}

/** The id of the opened row that begins at `at`, as a number. */
export function idNumberAt(rows: Buffer, at: number): number {
  return rows.readUInt32BE(at + idAt);
}
