import { createHmac } from 'node:crypto';
import type { TimeSource } from '../intake.ts';
import type { Subkeys } from '../keyring/hour-keys.ts';

/** Which form and table a sealed value belongs to: part of what binds it to its row. */
export const sealedIn = {
  visits: 1,
  texts: 2,
  parts: 3,
  spool: 4,
  corrections: 5,
  sealedVisits: 11,
  sealedTexts: 12,
  sealedParts: 13,
  paddedSpool: 14,
  sealedSlots: 15,
  kinds: 16,
} as const;

/** Its length without the venue. */
export const boundBytes = 21;

/** No number is as long; of a longer venue only the beginning is bound. */
const longestVenue = 43;

const scratch = Buffer.alloc(boundBytes + longestVenue);
const scratchView = new DataView(scratch.buffer, scratch.byteOffset, scratch.length);

/**
 * The bytes that bind a sealed value to its row: table (1), hour (4), id (8), time (8), then the venue.
 * A value copied to another row, hour, table, venue or time no longer opens.
 * The result is a view that the next call overwrites: ciphers take it in before they return.
 */
export function associatedData(table: number, hour: number, id: number, atMs: number, venue = ''): Buffer {
  return scratch.subarray(0, writeAssociatedData(scratchView, 0, [table, hour, id, atMs, venue]));
}

/** Writes the same at an offset. Returns the offset behind it. */
export function writeAssociatedData(
  view: DataView,
  at: number,
  [table, hour, id, atMs, venue]: readonly [number, number, number, number, string],
): number {
  view.setUint8(at, table);
  view.setUint32(at + 1, hour);
  view.setFloat64(at + 5, id);
  view.setFloat64(at + 13, atMs);
  const venueAt = at + boundBytes;
  const length = Math.min(venue.length, longestVenue);
  for (let index = 0; index < length; index += 1) view.setUint8(venueAt + index, venue.charCodeAt(index));
  return venueAt + length;
}

/** Bits of the `flags` column. */
const receivedBit = 1;
const webSentBit = 2;
const callbackBit = 4;

interface Flags {
  readonly source: TimeSource;
  readonly webSent: boolean;
  readonly callback: boolean;
}

export function encodeFlags({ source, webSent, callback }: Flags): number {
  return (
    (source === 'received' ? receivedBit : 0) | (webSent ? webSentBit : 0) | (callback ? callbackBit : 0)
  );
}

export function decodeFlags(bits: number): Flags {
  return {
    source: (bits & receivedBit) === 0 ? 'network' : 'received',
    webSent: (bits & webSentBit) !== 0,
    callback: (bits & callbackBit) !== 0,
  };
}

/**
 * A visitor's canonical number as octets. Digits, with or without `+`, take 8 octets whatever their number (up to
 * 15, ITU-T E.164 §6.1), so that the length of what is sealed says nothing: a nibble for the form, BCD digits,
 * `f` to fill. Anything else (an alphanumeric sender, a longer number) is 0xEE and its UTF-8.
 */
const numberBytes = 8;
const mostDigits = 15;
const filler = 0xf;
const plusCode = 0x2b;
const zeroCode = 0x30;
const textForm = 0xee;

export function encodeVisitor(canonical: string): Buffer {
  const octets = Buffer.alloc(numberBytes);
  if (writeNumber(octets, 0, canonical)) return octets;
  return Buffer.concat([Buffer.of(textForm), Buffer.from(canonical, 'utf8')]);
}

/** Writes digits, with or without `+`, as eight octets; false, and nothing of use, for anything else. */
export function writeNumber(into: Buffer, at: number, canonical: string): boolean {
  const plus = canonical.charCodeAt(0) === plusCode ? 1 : 0;
  const end = canonical.length - plus;
  if (end < 1 || end > mostDigits) return false;
  let high = plus;
  for (let place = 0; place < mostDigits; place += 1) {
    const digit = place < end ? canonical.charCodeAt(place + plus) - zeroCode : filler;
    if (place < end && (digit < 0 || digit > 9)) return false;
    if (place % 2 === 0) into[at + place / 2] = (high << 4) | digit;
    else high = digit;
  }
  return true;
}

export function decodeVisitor(octets: Buffer): string {
  if (octets[0] === textForm) return octets.toString('utf8', 1);
  const nibbles = octets.toString('hex');
  const end = nibbles.indexOf('f');
  const number = nibbles.slice(1, end < 0 ? 16 : end);
  return nibbles.startsWith('1') ? `+${number}` : number;
}

/**
 * The tag by which a visitor's rows of one hour are found: HMAC-SHA-256 of the canonical number under the hour's
 * look-up key, cut to 8 octets. It only narrows the search: whoever follows it opens the row and compares, so a
 * chance collision (one in 2^64 a pair) costs a look and no wrong answer, and the index stays half as large.
 */
export function lookupTag(keys: Subkeys, visitor: string): Buffer {
  return createHmac('sha256', keys.lookup).update(visitor, 'utf8').digest().subarray(0, 8);
}

/** The same for a set of parts: sender, reference number and total of TS 23.040 §9.2.3.24.1 and .8. */
export function partSetTag(
  keys: Subkeys,
  part: { readonly sender: string; readonly ref: number; readonly bits: number; readonly total: number },
): Buffer {
  const name = `parts ${part.bits} ${part.ref} ${part.total} ${part.sender}`;
  return createHmac('sha256', keys.lookup).update(name, 'utf8').digest().subarray(0, 8);
}
