import { stringify } from 'csv-stringify/sync';
import type { Column } from './column.ts';
import { encodeCp949 } from './cp949.ts';
import { memo } from './memo.ts';
import { noBytes, type TextWriter } from './writer.ts';
import type { Zone } from './zone.ts';

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
  const encode = (text: string): Uint8Array => {
    if (encoding === 'utf-8') return Buffer.from(text);
    const encoded = encodeCp949(text);
    substituted += encoded.substituted;
    return encoded.bytes;
  };
  const quote = textFormat();
  const line = lineFormat(columns.map((column) => cellFormat(column, zone, quote)));
  return {
    begin: () => encode(`${encoding === 'utf-8' ? '\uFEFF' : ''}${headings.map(quote).join(',')}\r\n`),
    rows(batch) {
      let text = '';
      for (const row of batch) text += line(row);
      return encode(text);
    },
    end: () => noBytes,
    substituted: () => substituted,
  };
}

type CellFormat<Row> = (row: Row) => string;

function lineFormat<Row>(cells: readonly CellFormat<Row>[]): CellFormat<Row> {
  return (row) => {
    let text = '';
    for (let at = 0; at < cells.length; at += 1) {
      if (at > 0) text += ',';
      text += (cells[at] as CellFormat<Row>)(row);
    }
    return `${text}\r\n`;
  };
}

function cellFormat<Row>(column: Column<Row>, zone: Zone, quote: (text: string) => string): CellFormat<Row> {
  switch (column.kind) {
    case 'text':
      return present(column.value, unlessRepeated(quote));
    case 'instant':
      return present(column.value, unlessRepeated(zone.format));
    case 'number':
      return present(column.value, String);
    case 'flag':
      return present(column.value, String);
  }
}

function present<Row, V>(value: (row: Row) => V | null, format: (value: V) => string): CellFormat<Row> {
  return (row) => {
    const cell = value(row);
    return cell === null ? '' : format(cell);
  };
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

/** Free text that is remembered in its quoted form: names and addresses of more venues than a city has. */
const textLimit = 50_000;

/**
 * Cells are quoted by the library one by one and remembered, for a register has far fewer texts than rows: a whole
 * record through it takes 3.6 µs, more than half of what a row may take in all; this way it is half a microsecond.
 */
function textFormat(): (text: string) => string {
  const quote = memo(textLimit, (text: string) => stringify([[text]], { eof: false, escape_formulas: true }));
  const harmless = /^\d[\d*-]*$/;
  return (text) => (text === '' || harmless.test(text) ? text : quote(text));
}
