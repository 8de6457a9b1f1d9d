import { unitOfPair } from '../../base/cp949.ts';
import { fault } from '../../base/errors.ts';

export interface CsvRecord {
  /** The line of the file that it begins on, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export type Separator = ',' | ';' | '\t';

/**
 * The records of a text in the manner of RFC 4180, with CRLF, LF or CR at the end of a line: a cell that begins with a
 * quotation mark ends with one, and holds separators, line breaks and doubled marks as they are; a mark elsewhere is a
 * character like any other. Lines without any character are left out. Throws `venue.csv-quote`.
 */
export function* csvRecords(text: string, separator: Separator): Generator<CsvRecord> {
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const start = line;
    const cells: string[] = [];
    for (let more = true; more; ) {
      const cell = text.charAt(at) === '"' ? quoted(text, at, separator, start) : plain(text, at, separator);
      cells.push(cell.value);
      line += cell.breaks;
      at = cell.end;
      more = text.charAt(at) === separator;
      if (more) at += 1;
    }
    at += breakAt(text, at);
    line += 1;
    if (cells.length > 1 || cells[0] !== '') yield { line: start, cells };
  }
}

interface Cell {
  readonly value: string;
  /** The offset of what ends it: a separator, a line break, the end of the text. */
  readonly end: number;
  readonly breaks: number;
}

function plain(text: string, from: number, separator: string): Cell {
  let end = from;
  while (end < text.length && text.charAt(end) !== separator && breakAt(text, end) === 0) end += 1;
  return { value: text.slice(from, end), end, breaks: 0 };
}

function quoted(text: string, from: number, separator: string, line: number): Cell {
  let value = '';
  let at = from + 1;
  for (;;) {
    const mark = text.indexOf('"', at);
    if (mark < 0) throw fault('venue.csv-quote', { line });
    value += text.slice(at, mark);
    at = mark + 1;
    if (text.charAt(at) !== '"') break;
    value += '"';
    at += 1;
  }
  const breaks = value.match(/\r\n|\r|\n/g)?.length ?? 0;
  // RFC 4180 allows nothing between the closing mark and the separator; if there is something, it is kept.
  const tail = plain(text, at, separator);
  return { value: value + tail.value, end: tail.end, breaks };
}

function breakAt(text: string, at: number): number {
  const sign = text.charAt(at);
  if (sign === '\r') return text.charAt(at + 1) === '\n' ? 2 : 1;
  return sign === '\n' ? 1 : 0;
}

/** How many lines decide what separates the cells. */
const sample = 20;

/** The separator that cuts the first lines into the most cells. */
export function separatorOf(text: string): Separator {
  const beginning = text.split(/\r\n|\r|\n/, sample).join('\n');
  const count = (sign: Separator) => beginning.replace(/"[^"]*"/g, '').split(sign).length;
  const signs: readonly Separator[] = [',', ';', '\t'];
  return signs.reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

export type ListEncoding = 'utf-8' | 'utf-16' | 'cp949';

interface DecodedList {
  readonly text: string;
  readonly encoding: ListEncoding;
}

/** The character that replaces octets which the encoding lacks. */
export const damaged = '\uFFFD';

/**
 * The text of a file that a spreadsheet saved: UTF-8 with or without its mark, UTF-16 with it ("Unicode text"), and
 * everything else CP949, the default of a Korean Excel.
 */
export function decodeList(bytes: Uint8Array): DecodedList {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'utf-16' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return { text: decodeCp949(bytes), encoding: 'cp949' };
  }
}

function decodeCp949(bytes: Uint8Array): string {
  const units = new Uint16Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const octet = bytes[at] ?? 0;
    if (octet < 0x80) {
      units[length++] = octet;
      continue;
    }
    const unit = unitOfPair(octet, bytes[at + 1] ?? 0);
    units[length++] = unit === 0 ? 0xfffd : unit;
    // Half a pair before a line's end must not swallow it.
    if (unit !== 0 || (bytes[at + 1] ?? 0) >= 0x80) at += 1;
  }
  return new TextDecoder('utf-16le').decode(units.subarray(0, length));
}
