import { minuteMs } from '../base/amounts.ts';
import { parseHex } from '../base/bytes.ts';
import { type Address, parseAddress } from './address.ts';
import { type Dcs, decodeDcs } from './dcs.ts';
import { textOfOctets } from './octet-text.ts';
import type { Timestamp } from './scts.ts';
import { decodeUcs2 } from './ucs2.ts';

/** A text that a modem printed in words, as far as it was read. */
export interface TextModeRead {
  readonly sender: Address | null;
  readonly sentAt: Timestamp | null;
  readonly pid: number | null;
  readonly dcs: Dcs | null;
  readonly text: string | null;
}

/** `+CMT: <oa>,[<alpha>],<scts>[,<tooa>,<fo>,<pid>,<dcs>,…]` (3GPP TS 27.005 §3.4.1, text mode). */
const header =
  /^\+CMT: ?"?([^",]*)"?,(?:"[^"]*"|[^",]*),"?(\d\d\/\d\d\/\d\d,\d\d:\d\d:\d\d(?:[+-]\d{1,2})?)?"?(?:,\d*,\d*,(\d*),(\d*))?/;

/** Reads the header and the words in the lines behind it; null if the first line is not such a header. */
export function readTextMode(print: string): TextModeRead | null {
  const [first = '', ...rest] = print.split('\n');
  const match = header.exec(first);
  if (match === null) return null;
  const [, address = '', time = '', pid = '', dcs = ''] = match;
  const sender = hexWords(address) ?? address;
  const words = rest.join('\n');
  return {
    sender: sender === '' ? null : parseAddress(sender),
    sentAt: parseTime(time),
    pid: pid === '' ? null : Number(pid) & 0xff,
    dcs: dcs === '' ? null : decodeDcs(Number(dcs)),
    text: rest.length === 0 ? null : (hexWords(words) ?? codedWords(words) ?? words),
  };
}

/** Words beyond ASCII in the modem's own coding (AT+CSCS); `words` has one octet a character. Null if they are in none. */
function codedWords(words: string): string | null {
  return textOfOctets(Uint8Array.from(words, (octet) => octet.charCodeAt(0)));
}

/** What a modem writes as UCS-2 in hexadecimal (AT+CSCS="UCS2"); null for words that are written as they are. */
function hexWords(words: string): string | null {
  const octets = words.length > 0 && words.length % 4 === 0 ? parseHex(words) : null;
  if (octets === null) return null;
  const text = decodeUcs2(octets);
  return /^[\n\r\x20-\x7e\u3131-\u318e\uac00-\ud7a3]+$/.test(text) ? text : null;
}

/** `26/11/23,14:00:00+36`: the zone in quarters of an hour. Without a zone the time is unknown. */
function parseTime(time: string): Timestamp | null {
  const [, year, month, day, hour, minute, second, zone] =
    /^(\d\d)\/(\d\d)\/(\d\d),(\d\d):(\d\d):(\d\d)([+-]\d{1,2})$/.exec(time) ?? [];
  if (zone === undefined) return null;
  const offsetMinutes = Number(zone) * 15;
  const local = `20${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  const localMs = Date.parse(local);
  const isDate = !Number.isNaN(localMs) && new Date(localMs).toISOString().startsWith(local.slice(0, -1));
  return isDate
    ? { epochMs: localMs - offsetMinutes * minuteMs, offsetMinutes }
    : { epochMs: null, offsetMinutes: null };
}
