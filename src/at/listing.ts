import { parseHex } from '../base/bytes.ts';
import { afterColon, isQuoted, parametersOf, parseInteger } from './answers.ts';

/** One message of a listing, as far as its lines could be read. */
export interface ListedMessage {
  /** As printed; null if the header has none. */
  readonly slot: number | null;
  /** 0 unread, 1 read, 2 unsent, 3 sent (3GPP TS 27.005 §3.1); null if the header is broken. */
  readonly status: number | null;
  /** Octets of the TPDU without the SMSC field; null if the header is broken. */
  readonly announcedLength: number | null;
  /** Hexadecimal, or the raw line, or empty if no line followed the header. */
  readonly pdu: string;
  /** False if the PDU is not hexadecimal, or not as long as announced (fault B14): reading it again may help. */
  readonly intact: boolean;
}

export interface Listing {
  readonly messages: readonly ListedMessage[];
  /** The modem has fallen back to text mode (fault B15): the listing is useless. */
  readonly textMode: boolean;
  /** PDUs whose header was lost. */
  readonly orphans: number;
}

/** Reads the lines that answer AT+CMGL=4 in PDU mode: `+CMGL: <slot>,<stat>,[<alpha>],<length>` and the PDU. */
export function parseListing(lines: readonly string[]): Listing {
  const { groups, orphans } = groupByHeader(lines, '+CMGL');
  return {
    messages: groups.map((group) => readMessage(group, true)),
    textMode: groups.some((group) => isTextMode(group.header)),
    orphans,
  };
}

type SlotReading =
  | { readonly kind: 'message'; readonly message: ListedMessage }
  | { readonly kind: 'empty' }
  /** A header that is none: it shows neither a text nor that there is none. */
  | { readonly kind: 'broken' }
  | { readonly kind: 'text-mode' };

/**
 * Reads the lines that answer AT+CMGR: `+CMGR: <stat>,[<alpha>],<length>` and the PDU; `0,,0` is empty (C8). A header that
 * holds octets itself is never an empty slot.
 */
export function parseSlot(lines: readonly string[], slot: number): SlotReading {
  const group = groupByHeader(lines, '+CMGR').groups[0];
  if (!group) return { kind: 'empty' };
  if (isTextMode(group.header)) return { kind: 'text-mode' };
  const message = readMessage(group, false);
  if (message.pdu === '' && (message.announcedLength ?? 0) === 0)
    return { kind: /[^\d,"\s]/.test(afterColon(group.header)) ? 'broken' : 'empty' };
  return { kind: 'message', message: { ...message, slot } };
}

/** Whether these lines are a whole answer to AT+CMGR, so that only its OK is missing (fault B5). */
export function isWholeSlot(lines: readonly string[]): boolean {
  const group = groupByHeader(lines, '+CMGR').groups[0];
  if (!group || isTextMode(group.header)) return false;
  const { pdu, announcedLength, intact } = readMessage(group, false);
  return intact || (pdu === '' && announcedLength === 0);
}

interface HeaderGroup {
  readonly header: string;
  readonly bodies: string[];
}

function groupByHeader(lines: readonly string[], prefix: string): { groups: HeaderGroup[]; orphans: number } {
  const groups: HeaderGroup[] = [];
  let orphans = 0;
  for (const line of lines) {
    const last = groups.at(-1);
    if (line.startsWith(prefix)) groups.push({ header: line, bodies: [] });
    else if (last) last.bodies.push(line);
    else orphans += 1;
  }
  return { groups, orphans };
}

function readMessage(group: HeaderGroup, indexed: boolean): ListedMessage {
  const parameters = parametersOf(group.header);
  const [slot = null, status = null] = (indexed ? parameters : [undefined, ...parameters]).map(nonNegative);
  const last = parameters.length > 1 ? (parameters.at(-1) ?? '') : '';
  // A modem may print a word before the PDU; the PDU is the hexadecimal line.
  const body = group.bodies.find((line) => isHex(line)) ?? group.bodies[0];
  if (body === undefined) {
    // A lost line end: `+CMGR: 1,,147 0791…`.
    const [, length, octets = ''] = /^(\d{1,3}) +([0-9A-F]{2,})$/i.exec(last) ?? [];
    const joined = octets === '' && holdsOctets(group.header) ? afterColon(group.header) : octets;
    const announcedLength = nonNegative(length ?? last);
    return { slot, status, announcedLength, pdu: joined, intact: isIntact(joined, announcedLength) };
  }
  const announcedLength = nonNegative(last);
  return { slot, status, announcedLength, pdu: body, intact: isIntact(body, announcedLength) };
}

/** More hexadecimal digits in a row than any number of a header has. */
function holdsOctets(header: string): boolean {
  return /[0-9A-F]{16,}/i.test(header);
}

function nonNegative(parameter: string | undefined): number | null {
  const value = parseInteger(parameter);
  return value !== null && value >= 0 ? value : null;
}

function isTextMode(header: string): boolean {
  return parametersOf(header)
    .slice(0, 2)
    .some((parameter) => isQuoted(parameter) && /^"(?:REC|STO) /i.test(parameter));
}

function isHex(line: string): boolean {
  return /^[0-9A-Fa-f]{2,}$/.test(line);
}

/** Every PDU that the answer to AT+CMGR prints: some modems print all parts of a text under one slot (fault C14). */
export function parseSlotPdus(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => {
    const pdu = line.startsWith('+CMGR') ? (/ ([0-9A-F]{16,})$/i.exec(line)?.[1] ?? '') : line;
    return isHex(pdu) ? [pdu] : [];
  });
}

/** True for a PDU with a user data header, which the parts of a long text have (3GPP TS 23.040 §9.2.3.23). */
export function hasHeader(pdu: string): boolean {
  const octets = parseHex(pdu);
  return octets !== null && ((octets[1 + (octets[0] ?? 0)] ?? 0) & 0x40) !== 0;
}

/** True when the PDU has the octets that were announced, SMSC field included, and only padding after them. */
export function isIntact(pdu: string, announcedLength: number | null): boolean {
  const octets = parseHex(pdu);
  if (!octets || octets.length === 0 || announcedLength === null) return false;
  const end = 1 + (octets[0] ?? 0) + announcedLength;
  return octets.length >= end && octets.subarray(end).every((octet) => octet === 0xff);
}
