import { type Address, addressAt, encodeAddress, formatAddress } from './address.ts';
import type { Dcs } from './dcs.ts';
import { lastElement, type Udh, type UdhElement } from './udh.ts';

/** A part's place in its message (3GPP TS 23.040 §9.2.3.24.1 and §9.2.3.24.8). */
export interface Concat {
  /** The message's reference, 0–255 or 0–65535. */
  readonly ref: number;
  readonly bits: 8 | 16;
  /** Parts of the message, 1–255. */
  readonly total: number;
  /** This part, 1–`total`. */
  readonly seq: number;
}

const shortReferenceId = 0x00;
const longReferenceId = 0x08;

/** A part's place, or null without such an element, and for a total of 0 or a part beyond the total. */
export function concatOf(udh: Udh | null): Concat | null {
  return lastElement(udh, readConcat);
}

function readConcat({ id, octets }: UdhElement): Concat | null {
  const [first = 0, second = 0, third = 0, fourth = 0] = octets;
  if (id === shortReferenceId && octets.length === 3) return valid(first, 8, second, third);
  if (id === longReferenceId && octets.length === 4) return valid(first * 256 + second, 16, third, fourth);
  return null;
}

function valid(ref: number, bits: 8 | 16, total: number, seq: number): Concat | null {
  return seq >= 1 && seq <= total ? { ref, bits, total, seq } : null;
}

/** The element that holds a part's place. */
export function concatElement({ ref, bits, total, seq }: Concat): UdhElement {
  return bits === 8
    ? { id: shortReferenceId, octets: Uint8Array.of(ref, total, seq) }
    : { id: longReferenceId, octets: Uint8Array.of(ref >> 8, ref, total, seq) };
}

/** Application ports (3GPP TS 23.040 §9.2.3.24.3 and §9.2.3.24.4). */
export interface Ports {
  readonly destination: number;
  readonly source: number;
  readonly bits: 8 | 16;
}

const shortPortsId = 0x04;
const longPortsId = 0x05;

/** The application ports of a text, or null. */
export function portsOf(udh: Udh | null): Ports | null {
  return lastElement(udh, readPorts);
}

function readPorts({ id, octets }: UdhElement): Ports | null {
  const [first = 0, second = 0, third = 0, fourth = 0] = octets;
  if (id === shortPortsId && octets.length === 2) return { destination: first, source: second, bits: 8 };
  if (id === longPortsId && octets.length === 4)
    return { destination: first * 256 + second, source: third * 256 + fourth, bits: 16 };
  return null;
}

/** The element that holds the ports. */
export function portsElement({ destination, source, bits }: Ports): UdhElement {
  return bits === 8
    ? { id: shortPortsId, octets: Uint8Array.of(destination, source) }
    : { id: longPortsId, octets: Uint8Array.of(destination >> 8, destination, source >> 8, source) };
}

const callbackId = 0x22;

/**
 * The number to call back (reply address, 3GPP TS 23.040 §9.2.3.24.17); null without the element. Korean senders choose
 * it freely and Korean handsets show it as the sender: it proves nothing and must never replace TP-OA.
 */
export function callbackOf(udh: Udh | null): string | null {
  return lastElement(udh, readCallback);
}

function readCallback(element: UdhElement): string | null {
  const [length, typeOfAddress] = element.octets;
  if (element.id !== callbackId || length === undefined || typeOfAddress === undefined) return null;
  if (element.octets.length < 2 + ((length + 1) >> 1)) return null;
  return formatAddress(addressAt(element.octets, 2, length, typeOfAddress));
}

/** The element that holds a number to call back. */
export function callbackElement(address: Pick<Address, 'ton' | 'npi' | 'value'>): UdhElement {
  return { id: callbackId, octets: encodeAddress(address) };
}

/** A special SMS message indication (3GPP TS 23.040 §9.2.3.24.2). */
interface SpecialIndication {
  /** Bits 0–6 of its first octet: 0 voice mail, 1 fax, 2 e-mail, 3 other (others by profile). */
  readonly kind: number;
  /** How many messages wait, 0–255. */
  readonly count: number;
  /** The text must be stored, not only its indicator shown. */
  readonly store: boolean;
}

const waitingId = 0x01;

/** All indications of a header, in order; one header may have one for each kind. */
export function specialIndicationsOf(udh: Udh | null): SpecialIndication[] {
  const found =
    udh?.elements.filter((element) => element.id === waitingId && element.octets.length === 2) ?? [];
  return found.map(({ octets: [type = 0, count = 0] }) => ({
    kind: type & 0x7f,
    count,
    store: (type & 0x80) !== 0,
  }));
}

/**
 * Whether a text only announces messages that wait elsewhere, by its coding group or its header, and whether it may be
 * discarded once seen.
 */
export function messageWaitingOf(part: { readonly dcs: Dcs; readonly udh: Udh | null }): {
  waiting: boolean;
  discard: boolean;
} {
  const special = specialIndicationsOf(part.udh);
  const { waiting } = part.dcs;
  return {
    waiting: waiting !== null || special.length > 0,
    discard: waiting?.discard === true || (special.length > 0 && !special.some(({ store }) => store)),
  };
}
