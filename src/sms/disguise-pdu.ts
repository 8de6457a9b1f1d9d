import { formatHex, parseHex } from '../base/bytes.ts';
import { packSeptets } from './gsm7.ts';
import { decodePdu, type Pdu, type Tpdu } from './pdu.ts';
import type { Udh, UdhElement } from './udh.ts';
import { septetsOf, type UserData } from './user-data.ts';

/** Gives a made-up number of as many digits; the same one each time. */
export type DisguiseDigits = (digits: string) => string;

/**
 * A PDU of the same length and structure without what a visitor wrote: numbers are made up, each letter is an `x` (or
 * 가) and each digit a 0; times, coding, places of parts and spaces stay. A PDU that cannot be decoded becomes FF all over,
 * which cannot be decoded either. What is not hexadecimal becomes the letter G.
 */
export function disguisePdu(hex: string, tpduLength: number | null, disguise: DisguiseDigits): string {
  const bytes = parseHex(hex);
  const decoded = bytes && decodePdu(bytes, { tpduLength });
  if (!decoded?.ok) return hex.replace(/[0-9A-Fa-f]/g, 'F').replace(/[^F]/g, 'G');
  const written = formatHex(disguised(decoded.value, disguise));
  return /[a-f]/.test(hex) ? written.toLowerCase() : written.toUpperCase();
}

function disguised({ tpdu, bytes, start, end }: Pdu, disguise: DisguiseDigits): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const offsetOf = (part: Uint8Array) => part.byteOffset - bytes.byteOffset;
  // The service centre: length in octets, type, digits.
  if (start > 2) disguiseDigits(copy, 2, (start - 2) * 2, () => '0');
  const address = start + (tpdu.type === 'deliver' ? 1 : 2);
  disguiseAddress(copy, address, disguise);
  if (tpdu.udh) disguiseHeader(copy, offsetOf(tpdu.udh.octets), tpdu.udh);
  if (tpdu.userData) copy.set(disguisedText(tpdu, tpdu.userData), offsetOf(tpdu.userData.octets));
  return copy.fill(0, end);
}

const alphanumericTon = 5;
const letterX = 0x78;
const digitZero = 0x30;

/** Length in semi-octets, type, value. */
function disguiseAddress(bytes: Uint8Array, at: number, disguise: DisguiseDigits): void {
  const [length = 0, type = 0] = bytes.subarray(at);
  if (((type >> 4) & 7) === alphanumericTon) {
    const octets = (length + 1) >> 1;
    const septets = new Uint8Array(Math.floor((length * 4) / 7)).fill(letterX);
    const packed = packSeptets(septets).subarray(0, octets);
    bytes.fill(0, at + 2, at + 2 + octets).set(packed, at + 2);
  } else disguiseDigits(bytes, at + 2, length, disguise);
}

/** Semi-octets, the lower one first; what is not a decimal digit stays. */
function disguiseDigits(bytes: Uint8Array, at: number, count: number, disguise: DisguiseDigits): void {
  const places = Array.from({ length: count }, (_, index) => index).filter(
    (index) => semiOctet(bytes, at, index) <= 9,
  );
  const digits = places.map((index) => semiOctet(bytes, at, index)).join('');
  const madeUp = disguise(digits);
  places.forEach((index, i) => {
    const octet = at + (index >> 1);
    const digit = Number(madeUp[i] ?? 0);
    const old = bytes[octet]!;
    bytes[octet] = index & 1 ? (old & 0x0f) | (digit << 4) : (old & 0xf0) | digit;
  });
}

function semiOctet(bytes: Uint8Array, at: number, index: number): number {
  const octet = bytes[at + (index >> 1)]!;
  return index & 1 ? octet >> 4 : octet & 15;
}

/** Concatenation, ports and language tables: nothing of a person, and the text is not read without them. */
const harmlessElements: ReadonlySet<number> = new Set([0x00, 0x04, 0x05, 0x08, 0x24, 0x25]);

function disguiseHeader(bytes: Uint8Array, at: number, { octets, elements }: Udh): void {
  if (elements.length === 0) {
    bytes.fill(0xff, at, at + octets.length);
    return;
  }
  for (const { id, octets: value } of elements) {
    const start = at + (value.byteOffset - octets.byteOffset);
    if (!harmlessElements.has(id)) bytes.fill(0, start, start + value.length);
  }
}

function disguisedText({ dcs, udh }: Tpdu, userData: UserData): Uint8Array {
  const { octets, fillBits } = userData;
  switch (dcs.alphabet) {
    case 'gsm7':
      return packSeptets(
        disguisedSeptets(septetsOf(userData), hasTables(udh?.elements ?? [])),
        fillBits,
      ).subarray(0, octets.length);
    case 'ucs2':
      return disguisedUnits(octets);
    default:
      return octets.map((octet) => (isAsciiDigit(octet) ? digitZero : letterX));
  }
}

/** National tables, in which even a digit's septet may be a letter. */
function hasTables(elements: readonly UdhElement[]): boolean {
  return elements.some(({ id }) => id === 0x24 || id === 0x25);
}

const escapeSeptet = 0x1b;
const euroSeptet = 0x65;
const space = 0x20;

function disguisedSeptets(septets: Uint8Array, national: boolean): Uint8Array {
  let isEscaped = false;
  return septets.map((septet) => {
    const wasEscaped = isEscaped;
    isEscaped = !wasEscaped && septet === escapeSeptet;
    if (isEscaped || septet === space) return septet;
    if (wasEscaped) return euroSeptet;
    return !national && isAsciiDigit(septet) ? digitZero : letterX;
  });
}

/** 가 for Hangul, so that a reader sees what kind of text it was. */
const hangulGa = 0xac00;

function disguisedUnits(octets: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(octets);
  for (let at = 0; at + 1 < copy.length; at += 2) {
    const unit = (copy[at]! << 8) | copy[at + 1]!;
    const madeUp = disguisedUnit(unit);
    copy[at] = madeUp >> 8;
    copy[at + 1] = madeUp & 0xff;
  }
  return copy;
}

function disguisedUnit(unit: number): number {
  if (unit === space) return unit;
  if (isAsciiDigit(unit)) return digitZero;
  if (unit >= 0xd800 && unit <= 0xdbff) return 0xd83d;
  if (unit >= 0xdc00 && unit <= 0xdfff) return 0xde00;
  return unit >= 0x3131 && unit <= 0xd7a3 ? hangulGa : letterX;
}

function isAsciiDigit(unit: number): boolean {
  return unit >= digitZero && unit <= 0x39;
}
