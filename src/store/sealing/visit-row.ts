import { randomFillSync } from 'node:crypto';
import type { Subkeys } from '../keyring/hour-keys.ts';
import { sealedIn, writeNumber } from './bound-data.ts';
import { copyInto, nonceBytes, sealBytes, sealInto, unsealPart } from './seal.ts';
import { type RowTags, venueTagBytes, visitorTagBytes } from './tags.ts';

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
export const idAt = venueTagBytes;
const visitorTagAt = idAt + idBytes;
export const headBytes = visitorTagAt + visitorTagBytes;
/** What names a row within its hour: venue's tag and id. */
export const rowNameBytes = visitorTagAt;
export const plainBytes = 29;
const sealedBytes = plainBytes + sealBytes;
export const rowBytes = headBytes + sealedBytes;

/** Where the flags are in the sealed value. */
export const flagsInRow = 27;
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

/** A row on its way to the database, in memory that the next row overwrites. */
interface SealedVisit {
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
const nextNonce = Buffer.alloc(nonceBytes);
const nextRow: SealedVisit = { id: Buffer.alloc(idBytes), sealed: Buffer.alloc(sealedBytes) };

/** Seals a visit under a random id and nonce, which `fill` draws. */
export function sealVisit(
  keys: Subkeys,
  hour: number,
  { venueTag, visitorTag }: RowTags,
  fields: VisitFields,
  fill: (octets: Buffer) => unknown = randomFillSync,
): SealedVisit {
  const { id, sealed } = nextRow;
  fill(id);
  fill(nextNonce);
  writeHour(hour);
  copyInto(bound, 5, venueTag);
  copyInto(bound, 5 + idAt, id);
  copyInto(bound, 5 + visitorTagAt, visitorTag);
  writeFields(plainRow, fields);
  sealInto(sealed, keys, nextNonce, plainRow, bound);
  return nextRow;
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
  if (!writeNumber(octets, 0, visitor)) octets.fill(0, 0, 8);
  if (!writeNumber(octets, 8, venue)) octets.fill(0, 8, 16);
  octets.writeUIntBE(inHourMs, 16, 3);
  octets.writeIntBE(receivedAfterMs, 19, 6);
  octets.writeUInt16BE(line, 25);
  octets[flagsInRow] = flags;
  octets[28] = order;
}

/** The value of the row that begins at `at`, 29 octets, or null if it was not sealed for its place under this key. */
export function unsealRow(keys: Subkeys, hour: number, rows: Buffer, at: number): Buffer | null {
  writeHour(hour);
  for (let index = 0; index < headBytes; index += 1) bound[5 + index] = rows[at + index] as number;
  return unsealPart(keys, rows, { start: at + headBytes, end: at + rowBytes }, bound);
}
