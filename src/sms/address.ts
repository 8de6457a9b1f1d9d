import type { ByteReader } from '../base/bytes.ts';
import { fault } from '../base/errors.ts';
import { decodeGsm7, encodeGsm7, packSeptets, unpackSeptets } from './gsm7.ts';

/** Names of the type of number, by TON (3GPP TS 23.040 §9.1.2.5). */
const types = [
  'unknown',
  'international',
  'national',
  'network-specific',
  'subscriber',
  'alphanumeric',
  'abbreviated',
  'reserved',
] as const;
export type AddressType = (typeof types)[number];

export interface Address {
  /** Type of number, 0–7. */
  readonly ton: number;
  /** Numbering plan, 0–15. */
  readonly npi: number;
  readonly type: AddressType;
  /** Digits `0-9*#abc` without a `+`, or the text of an alphanumeric address; empty if there is none. */
  readonly value: string;
}

const alphanumericTon = 5;
const digits = '0123456789*#abc';
/** The one or two digits of an octet; the filler 1111 is not a digit at either place. */
const digitsOfOctet = Array.from({ length: 256 }, (_, octet) => digitsOf(octet & 15) + digitsOf(octet >> 4));

function digitsOf(semiOctet: number): string {
  return digits.charAt(semiOctet);
}

/**
 * An address field: length in semi-octets, type of address, value (3GPP TS 23.040 §9.1.2.5).
 * Accepts more than the twelve octets of the standard: to keep the text matters more than the rule.
 * Throws `pdu.truncated`.
 */
export function decodeAddress(reader: ByteReader, path: string): Address {
  const length = reader.octet(path);
  const typeOfAddress = reader.octet(path);
  const start = reader.skip((length + 1) >> 1, path);
  return addressAt(reader.bytes, start, length, typeOfAddress);
}

/** The address of `length` semi-octets from `start` of `bytes` on, which the caller has checked to be there. */
export function addressAt(bytes: Uint8Array, start: number, length: number, typeOfAddress: number): Address {
  const ton = (typeOfAddress >> 4) & 7;
  const value = ton === alphanumericTon ? letters(bytes, start, length) : numerals(bytes, start, length);
  return { ton, npi: typeOfAddress & 15, type: types[ton]!, value };
}

function numerals(bytes: Uint8Array, start: number, length: number): string {
  const end = start + (length >> 1);
  let value = '';
  for (let i = start; i < end; i += 1) value += digitsOfOctet[bytes[i]!];
  return length & 1 ? value + digitsOf(bytes[end]! & 15) : value;
}

function letters(bytes: Uint8Array, start: number, length: number): string {
  const count = Math.floor((length * 4) / 7);
  const septets = unpackSeptets(bytes.subarray(start), 0, count);
  // Some senders count whole octets: seven letters then look like eight, the last one `@` (septet 0).
  const padded = count > 0 && count % 8 === 0 && septets[count - 1] === 0;
  return decodeGsm7(padded ? septets.subarray(0, count - 1) : septets);
}

/** `+` and digits for an international number, else the value as it is. */
export function formatAddress(address: Address): string {
  return address.ton === 1 && address.value !== '' ? `+${address.value}` : address.value;
}

/**
 * The address of a text: `+82…` is international, digits are of unknown type, anything else is alphanumeric. A given
 * `ton` (2, national, as Korean networks send) overrides this. ISDN numbering plan.
 */
export function parseAddress(text: string, ton?: number): Address {
  const international = /^\+[0-9*#abc]+$/.test(text);
  const guess = international ? 1 : /^[0-9*#abc]*$/.test(text) ? 0 : alphanumericTon;
  const chosen = ton ?? guess;
  return {
    ton: chosen,
    npi: chosen === alphanumericTon ? 0 : 1,
    type: types[chosen & 7]!,
    value: international ? text.slice(1) : text,
  };
}

/**
 * The octets of an address field; the reverse of `decodeAddress`. Throws `address.digits` for a number with other
 * characters than `0-9*#abc`.
 */
export function encodeAddress(address: Pick<Address, 'ton' | 'npi' | 'value'>): Uint8Array {
  const typeOfAddress = 0x80 | ((address.ton & 7) << 4) | (address.npi & 15);
  const { octets, length } = address.ton === alphanumericTon ? packed(address.value) : bcd(address.value);
  return Uint8Array.of(length, typeOfAddress, ...octets);
}

function packed(value: string): { octets: Uint8Array; length: number } {
  const septets = encodeGsm7(value);
  return { octets: packSeptets(septets), length: Math.ceil((septets.length * 7) / 4) };
}

function bcd(value: string): { octets: Uint8Array; length: number } {
  const octets = new Uint8Array((value.length + 1) >> 1).fill(0xff);
  for (let i = 0; i < value.length; i += 1) {
    const digit = digits.indexOf(value.charAt(i));
    if (digit < 0) throw fault('address.digits');
    const octet = octets[i >> 1]!;
    octets[i >> 1] = i & 1 ? (octet & 0x0f) | (digit << 4) : 0xf0 | digit;
  }
  return { octets, length: value.length };
}
