import { stringify } from 'csv-stringify/sync';
import { pairOfUnit } from '../base/cp949.ts';
import { memo, memoOn } from '../base/memo.ts';
import type { Zone } from '../base/zone.ts';
import { noBytes, type TextWriter } from './to/destination.ts';
import type { Column } from './visit-columns.ts';

/** Stands for a character that CP949 lacks: the "geta" mark, which no name or address has. */
const substitute = 0xa1eb;

/**
 * A text in CP949 (Unified Hangul Code), for tools that do not read UTF-8. Decomposed Hangul, as files from a Mac
 * have it, is composed first. What CP949 lacks becomes `〓` and is counted.
 */
export function encodeCp949(text: string): { bytes: Uint8Array; substituted: number } {
  const composed = text.normalize('NFC');
  const bytes = Buffer.allocUnsafe(composed.length * 2);
  let length = 0;
  let substituted = 0;
  for (let i = 0; i < composed.length; i += 1) {
    const unit = composed.charCodeAt(i);
    if (unit < 0x80) {
      bytes[length++] = unit;
      continue;
    }
    const code = pairOfUnit(unit);
    if (code === 0) substituted += 1;
    length = bytes.writeUInt16BE(code === 0 ? substitute : code, length);
    // The two halves of a character beyond U+FFFF are one loss, not two.
    if (code === 0 && isPair(unit, composed.charCodeAt(i + 1))) i += 1;
  }
  return { bytes: bytes.subarray(0, length), substituted };
}

const isPair = (high: number, low: number) => (high & 0xfc00) === 0xd800 && (low & 0xfc00) === 0xdc00;

/**
 * A text's UTF-8 as a text whose characters are octets; `octetsOf` writes it. Where most of a file is the same cells
 * again and again, they are encoded once, and what is put together of them takes half of what Hangul takes.
 */
export function octetText(text: string): string {
  return Buffer.from(text).toString('latin1');
}

export function octetsOf(octetText: string): Uint8Array {
  return Buffer.from(octetText, 'latin1');
}

/** A cell, or some side by side, with the comma before it. */
type CellFormat<Row> = (row: Row) => string;

type Quote = (text: string) => string;

interface Quotes {
  /** For what is remembered as a whole. */
  readonly once: Quote;
  readonly often: Quote;
}

/** A number as it is written here: nothing in it needs quotes, and there are too many to remember. */
const harmless = /^\d[\d*-]*$/;

/** Quotes a text by the library, in the form that `kept` makes of it. */
export function quoteFormat(kept: (text: string) => string): Quote {
  return (text) =>
    text === '' || harmless.test(text)
      ? text
      : kept(stringify([[text]], { eof: false, escape_formulas: true }));
}

/** Names of lines, of people who text by a name, and what else comes again and again. */
const textLimit = 50_000;

/**
 * Cells are quoted one by one and remembered, for a register has far fewer texts than rows: a whole record through the
 * library takes 3.6 µs, more than half of what a row may take in all; this way it is half a microsecond.
 */
function remembered(quote: Quote): Quote {
  const known = memo(textLimit, quote);
  return (text) => (harmless.test(text) ? text : known(text));
}

/** What makes a line of a row, in order. Neighbours that are made of the same are remembered as one. */
export function cellFormats<Row>(
  columns: readonly Column<Row>[],
  zone: Zone,
  quote: Quote,
): readonly CellFormat<Row>[] {
  const quotes = { once: quote, often: remembered(quote) };
  const cells = columns.map((column, at) => cellFormat(column, at === 0 ? '' : ',', zone, quotes));
  return runsOf(columns).flatMap(({ of, start, end }) => {
    const run = cells.slice(start, end);
    return of === undefined ? run : memoOn(of, (row) => run.map((cell) => cell(row)).join(''));
  });
}

interface Run<Row> {
  readonly of: ((row: Row) => object) | undefined;
  readonly start: number;
  end: number;
}

function runsOf<Row>(columns: readonly Column<Row>[]): readonly Run<Row>[] {
  const runs: Run<Row>[] = [];
  for (const [at, column] of columns.entries()) {
    const of = column.kind === 'text' ? column.of : undefined;
    const last = runs.at(-1);
    if (last !== undefined && last.of === of) last.end = at + 1;
    else runs.push({ of, start: at, end: at + 1 });
  }
  return runs;
}

function cellFormat<Row>(column: Column<Row>, before: '' | ',', zone: Zone, quotes: Quotes): CellFormat<Row> {
  const present =
    <V>(value: (row: Row) => V | null, format: (value: V) => string): CellFormat<Row> =>
    (row) => {
      const cell = value(row);
      return cell === null ? before : format(cell);
    };
  switch (column.kind) {
    case 'text': {
      const quote = column.of === undefined ? quotes.often : quotes.once;
      return present(
        column.value,
        unlessRepeated((text) => before + quote(text)),
      );
    }
    case 'instant':
      return present(
        column.value,
        unlessRepeated((epochMs) => before + zone.format(epochMs)),
      );
    case 'number':
    case 'flag':
      return present<number | boolean>(column.value, (value) => before + String(value));
  }
}

/** Visits come in order of time, and there are few lines: what a column said last it often says again. */
function unlessRepeated<V extends string | number>(format: (value: V) => string): (value: V) => string {
  let last: V | null = null;
  let text = '';
  return (value) => {
    if (value !== last) {
      text = format(value);
      last = value;
    }
    return text;
  };
}

export type CsvEncoding = 'utf-8' | 'cp949';

export interface CsvOptions {
  readonly zone: Zone;
  readonly encoding?: CsvEncoding;
  /** What stands above the columns, one for each; their keys unless said. */
  readonly headings?: readonly string[];
}

export interface CsvWriter<Row> extends TextWriter<Row> {
  /** Characters so far that CP949 lacks and a `〓` stands for. */
  substituted(): number;
}

/**
 * RFC 4180 with a header line. UTF-8 begins with a byte order mark, without which Excel garbles Hangul. A cell that a
 * spreadsheet would run (it begins with `=`, `+`, `-`, `@`, tab, CR or their full-width forms) gets an apostrophe
 * before it; quoting alone would not keep it from running (CWE-1236). Null is an empty cell.
 */
export function csvWriter<Row>(columns: readonly Column<Row>[], options: CsvOptions): CsvWriter<Row> {
  const { zone, encoding = 'utf-8', headings = columns.map(({ key }) => key) } = options;
  let substituted = 0;
  const isUtf8 = encoding === 'utf-8';
  const encode = (text: string): Uint8Array => {
    if (isUtf8) return octetsOf(text);
    const encoded = encodeCp949(text);
    substituted += encoded.substituted;
    return encoded.bytes;
  };
  const kept = isUtf8 ? octetText : (text: string) => text;
  const quote = quoteFormat(kept);
  const cells = cellFormats(columns, zone, quote);
  return {
    begin: () => encode(`${isUtf8 ? kept('\uFEFF') : ''}${headings.map(quote).join(',')}\r\n`),
    rows(batch) {
      let text = '';
      for (const row of batch) {
        for (let at = 0; at < cells.length; at += 1) text += (cells[at] as (row: Row) => string)(row);
        text += '\r\n';
      }
      return encode(text);
    },
    end: () => noBytes,
    substituted: () => substituted,
  };
}
