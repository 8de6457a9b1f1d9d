import type { ByteReader } from '../base/bytes.ts';
import { fault } from '../base/errors.ts';
import type { Dcs } from './dcs.ts';
import { packSeptets, unpackSeptets } from './gsm7.ts';
import { decodeUdh, encodeUdh, type Udh, type UdhElement } from './udh.ts';

/** TP-UD after its header, undecoded: the parts of a message are joined from it. */
export interface UserData {
  /** The octets after the header; septets begin after `fillBits` bits. */
  readonly octets: Uint8Array;
  /** The number of septets in the 7 bit alphabet; null in the others. */
  readonly septets: number | null;
  /** Bits to skip before the first septet, 0–6. */
  readonly fillBits: number;
}

/** User data to be encoded: septets, one an octet, or octets. */
export type Payload = { readonly septets: Uint8Array } | { readonly octets: Uint8Array };

interface HeadedUserData {
  readonly udh: Udh | null;
  readonly userData: UserData;
}

/**
 * TP-UDL and TP-UD (3GPP TS 23.040 §9.2.3.16, §9.2.3.24). `path` names the user data in errors; the reader stands on
 * TP-UDL. A length of 0 is an empty text even if a header was announced.
 * Throws `pdu.truncated` or `udh.overrun`.
 */
export function decodeUserData(reader: ByteReader, dcs: Dcs, headed: boolean, path: string): HeadedUserData {
  const length = reader.octet(path);
  const start = reader.offset;
  const inSeptets = dcs.alphabet === 'gsm7';
  const octets = reader.take(inSeptets ? Math.ceil((length * 7) / 8) : length, path);
  if (!headed || length === 0)
    return { udh: null, userData: { octets, septets: inSeptets ? length : null, fillBits: 0 } };
  const header = 1 + octets[0]!;
  if (header > octets.length) throw fault('udh.overrun', { path, octet: start });
  const udh = decodeUdh(octets.subarray(1, header));
  const rest = octets.subarray(header);
  if (!inSeptets) return { udh, userData: { octets: rest, septets: null, fillBits: 0 } };
  const { headerSeptets, fillBits } = alignment(header);
  return { udh, userData: { octets: rest, septets: Math.max(0, length - headerSeptets), fillBits } };
}

/** The whole septets that a header takes, its length octet included, and the bits that fill the last one. */
function alignment(header: number): { headerSeptets: number; fillBits: number } {
  const headerSeptets = Math.ceil((header * 8) / 7);
  return { headerSeptets, fillBits: headerSeptets * 7 - header * 8 };
}

/** The septets of 7 bit user data, one an octet; empty if it is not 7 bit data. */
export function septetsOf(userData: UserData): Uint8Array {
  return unpackSeptets(userData.octets, userData.fillBits, userData.septets ?? 0);
}

/** TP-UDL and TP-UD of a header's elements (null: no header) and a payload of at most `capacityOf` units. */
export function encodeUserData(elements: readonly UdhElement[] | null, payload: Payload): Uint8Array {
  const header = elements === null ? new Uint8Array() : headerOf(elements);
  if ('octets' in payload)
    return Uint8Array.of(header.length + payload.octets.length, ...header, ...payload.octets);
  const { headerSeptets, fillBits } = alignment(header.length);
  const packed = packSeptets(payload.septets, fillBits);
  return Uint8Array.of(headerSeptets + payload.septets.length, ...header, ...packed);
}

function headerOf(elements: readonly UdhElement[]): Uint8Array {
  const octets = encodeUdh(elements);
  return Uint8Array.of(octets.length, ...octets);
}

/** How many units (septets or octets) of a payload fit after a header of these elements. */
export function capacityOf(elements: readonly UdhElement[], inSeptets: boolean): number {
  const header = elements.length === 0 ? 0 : headerOf(elements).length;
  return inSeptets ? 160 - alignment(header).headerSeptets : 140 - header;
}
