import { hourMs, minuteMs } from '../../base/amounts.ts';
import { ingestMemory } from '../../base/ingest-port.ts';
import type { Arrival } from '../../modem/receive/arrival.ts';
import { type Address, parseAddress } from '../../sms/address.ts';
import { encodeDcs } from '../../sms/dcs.ts';
import { deliverLines } from '../../sms/deliver-lines.ts';
import { encodeGsm7, fitsGsm7 } from '../../sms/gsm7.ts';
import { encodeTimestamp, timestampOctets } from '../../sms/scts.ts';
import { encodeUcs2 } from '../../sms/ucs2.ts';
import { namedGroupHours } from '../../store/intake.ts';
import type { InputLine } from './record-lines.ts';

/** What is wrong with a line; stable, English, and without a word of it (docs/SPEC.md, Texts from another program). */
export type RecordError =
  | `line.${'too-long' | 'not-utf8' | 'not-json' | 'not-object' | 'cut'}`
  | `id.${'missing' | 'malformed'}`
  | `from.${'missing' | 'malformed'}`
  | `text.${'missing' | 'malformed' | 'too-long'}`
  | `sent_at.${'malformed' | 'ahead' | 'expired'}`
  | `pdu.${'malformed' | 'not-alone'}`
  | 'field.unknown';

export type ReadRecord =
  | { readonly id: string; readonly arrival: Arrival & { readonly name: string } }
  /** `id`: null if none could be read. */
  | { readonly id: string | null; readonly error: RecordError };

interface ReadingTimes {
  /** Wall clock, milliseconds. */
  readonly receivedAtMs: number;
  readonly retentionMs: number;
}

class BadRecord {
  readonly error: RecordError;

  constructor(error: RecordError) {
    this.error = error;
  }
}

const fields = new Set(['id', 'from', 'text', 'sent_at', 'pdu']);
const longestId = 128;
/** Hexadecimal digits: of the longest TPDU with its SMSC, and room for what is wrong with it. */
const longestPdu = 1_024;
const aheadMs = 10 * minuteMs;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads one line as a text. Never throws. */
export function readRecord(line: InputLine, times: ReadingTimes): ReadRecord {
  let id: string | null = null;
  try {
    const record = objectIn(line);
    const named = record.id;
    if (named === undefined) throw new BadRecord('id.missing');
    if (typeof named !== 'string' || named === '' || named.length > longestId)
      throw new BadRecord('id.malformed');
    id = named;
    return { id: named, arrival: arrivalOf(record, named, times) };
  } catch (thrown) {
    if (thrown instanceof BadRecord) return { id, error: thrown.error };
    throw thrown;
  }
}

function objectIn({ octets, isCut }: InputLine): Readonly<Record<string, unknown>> {
  if (octets === null) throw new BadRecord('line.too-long');
  let text: string;
  try {
    text = utf8.decode(octets);
  } catch {
    throw new BadRecord(isCut ? 'line.cut' : 'line.not-utf8');
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BadRecord(isCut ? 'line.cut' : 'line.not-json');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new BadRecord('line.not-object');
  return value as Readonly<Record<string, unknown>>;
}

function arrivalOf(
  record: Readonly<Record<string, unknown>>,
  name: string,
  times: ReadingTimes,
): Arrival & { readonly name: string } {
  if (Object.keys(record).some((key) => !fields.has(key))) throw new BadRecord('field.unknown');
  return {
    name,
    pdu: record.pdu === undefined ? tpdusOf(record, times) : pduIn(record),
    announcedLength: null,
    memory: ingestMemory,
    slot: null,
    receivedAtMs: times.receivedAtMs,
    report: false,
  };
}

/** A PDU has its sender, its words and its time. */
function pduIn({ pdu, from, text, sent_at }: Readonly<Record<string, unknown>>): string {
  if ([from, text, sent_at].some((field) => field !== undefined)) throw new BadRecord('pdu.not-alone');
  if (typeof pdu !== 'string' || !/^[0-9A-Fa-f]+$/.test(pdu) || pdu.length > longestPdu)
    throw new BadRecord('pdu.malformed');
  return pdu.toUpperCase();
}

function tpdusOf({ from, text, sent_at }: Readonly<Record<string, unknown>>, times: ReadingTimes): string {
  if (from === undefined) throw new BadRecord('from.missing');
  if (text === undefined) throw new BadRecord('text.missing');
  const sender = typeof from === 'string' ? senderIn(from) : null;
  if (sender === null) throw new BadRecord('from.malformed');
  if (typeof text !== 'string') throw new BadRecord('text.malformed');
  const isGsm7 = fitsGsm7(text);
  const tpdus = deliverLines({
    sender,
    sentAt: sentAtOf(sent_at, times),
    dcs: encodeDcs(isGsm7 ? 'gsm7' : 'ucs2'),
    payload: isGsm7 ? { septets: encodeGsm7(text) } : { octets: encodeUcs2(text) },
  });
  if (tpdus === null) throw new BadRecord('text.too-long');
  return tpdus;
}

/** Digits of TP-OA, and letters of an alphanumeric one (3GPP TS 23.040 §9.1.2.5). */
const mostDigits = 20;
const mostSeptets = 11;

function senderIn(from: string): Address | null {
  const plain = from.replace(/[-. ()]/g, '');
  if (new RegExp(`^\\+?[0-9]{1,${mostDigits}}$`).test(plain)) return parseAddress(plain);
  if (/^[-+. ()\d]*$/.test(from) || !fitsGsm7(from) || encodeGsm7(from).length > mostSeptets) return null;
  return parseAddress(from, 5);
}

/** TP-SCTS; zeros, which are no time, if none is told. */
function sentAtOf(sentAt: unknown, { receivedAtMs, retentionMs }: ReadingTimes): Uint8Array {
  if (sentAt === undefined || sentAt === null) return new Uint8Array(timestampOctets);
  const time = typeof sentAt === 'string' ? parseTime(sentAt) : null;
  if (time === null) throw new BadRecord('sent_at.malformed');
  if (time.atMs > receivedAtMs + aheadMs) throw new BadRecord('sent_at.ahead');
  // Its name is known for as long: counted at its receipt, it would come again and again.
  if (time.atMs < receivedAtMs - retentionMs + namedGroupHours(retentionMs) * hourMs)
    throw new BadRecord('sent_at.expired');
  return encodeTimestamp(time.atMs, time.offsetMinutes);
}

const isoTime = /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(?:\.\d{1,9})?(?:Z|([+-])(\d\d):?(\d\d))$/;

/** ISO 8601 with its offset; null for anything else, and for a day that no calendar has. */
function parseTime(text: string): { readonly atMs: number; readonly offsetMinutes: number } | null {
  const [, local = '', sign, hours = '0', minutes = '0'] = isoTime.exec(text) ?? [];
  const localMs = Date.parse(`${local}Z`);
  if (local === '' || Number.isNaN(localMs)) return null;
  if (!new Date(localMs).toISOString().startsWith(local)) return null;
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  if (Number(minutes) > 59 || Math.abs(offset) > 14 * 60) return null;
  // TP-SCTS has quarters of an hour.
  return { atMs: localMs - offset * minuteMs, offsetMinutes: offset % 15 === 0 ? offset : 0 };
}
