import { stringify } from 'csv-stringify/sync';
import { pairOfUnit } from '../base/cp949.ts';
import { memo } from '../base/memo.ts';
import { printableLines } from '../base/printable.ts';
import type { Zone } from '../base/zone.ts';
import { noBytes, type TextWriter } from './export.ts';
import type { Column } from './visit-columns.ts';

/** Replaces a character that CP949 lacks: the "geta" mark, which no name or address contains. */
const substitute = 0xa1eb;

/**
 * A text in CP949 (Unified Hangul Code), for tools that do not read UTF-8. Decomposed Hangul, as in files from a Mac,
 * is composed first. A character that CP949 lacks becomes `〓` and is counted.
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
    // The two halves of a character beyond U+FFFF count once.
    if (code === 0 && isPair(unit, composed.charCodeAt(i + 1))) i += 1;
  }
  return { bytes: bytes.subarray(0, length), substituted };
}

const isPair = (high: number, low: number) => (high & 0xfc00) === 0xd800 && (low & 0xfc00) === 0xdc00;

/**
 * A text as octets of UTF-8, each one a character: cells are encoded once, and a batch that is put together of them takes
 * half of the memory that Hangul takes. With plain strings a million rows take a fifth longer.
 */
export function octetText(text: string): string {
  return Buffer.from(text).toString('latin1');
}

export function octetsOf(octetText: string): Uint8Array {
  return Buffer.from(octetText, 'latin1');
}

/** A cell with the comma before it. */
type CellFormat<Row> = (row: Row) => string;

/** Numbers, codes, names of lines: nothing in them needs quotes, and there are too many numbers to remember. */
const plainCell = /^(?:[0-9A-Za-z][0-9A-Za-z*-]*)?$/;

/** Most names and addresses, which need none either: Hangul syllables, and what stands between them. */
const plainName = /^[0-9A-Za-z\uac00-\ud7a3][0-9A-Za-z\uac00-\ud7a3 ()*.·-]*$/;

/** Names and addresses of more places than a city has. */
const mostRemembered = 50_000;

/**
 * Quotes a cell by the library where it may need quotes, and remembers it in the form that `keep` makes of it: a register
 * has far fewer texts than rows, and the library takes half as long for one record as a row may take in all.
 */
function cellQuote(keep: (text: string) => string): (text: string) => string {
  const quote = memo(mostRemembered, (text: string) =>
    keep(
      plainName.test(text)
        ? text
        : stringify([[printableLines(text)]], { eof: false, escape_formulas: true }),
    ),
  );
  return (text) => (plainCell.test(text) ? text : quote(text));
}

function cellFormat<Row>(
  column: Column<Row>,
  comma: '' | ',',
  zone: Zone,
  quote: (text: string) => string,
): CellFormat<Row> {
  const present =
    <V>(value: (row: Row) => V | null, format: (value: V) => string): CellFormat<Row> =>
    (row) => {
      const cell = value(row);
      return cell === null ? comma : comma + format(cell);
    };
  switch (column.kind) {
    case 'text':
      return present(column.value, quote);
    case 'instant':
      return present(column.value, zone.format);
    case 'number':
    case 'flag':
      return present<number | boolean>(column.value, String);
  }
}

export type CsvEncoding = 'utf-8' | 'cp949';

interface CsvOptions {
  readonly zone: Zone;
  readonly encoding?: CsvEncoding;
  /** What stands above the columns, one for each; their keys unless given. */
  readonly headings?: readonly string[];
}

interface CsvWriter<Row> extends TextWriter<Row> {
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
  const isUtf8 = encoding === 'utf-8';
  let substituted = 0;
  const encode = (text: string): Uint8Array => {
    if (isUtf8) return octetsOf(text);
    const encoded = encodeCp949(text);
    substituted += encoded.substituted;
    return encoded.bytes;
  };
  const quote = cellQuote(isUtf8 ? octetText : (text) => text);
  const cells = columns.map((column, at) => cellFormat(column, at === 0 ? '' : ',', zone, quote));
  return {
    begin: () => encode(`${isUtf8 ? octetText('\uFEFF') : ''}${headings.map(quote).join(',')}\r\n`),
    rows(batch) {
      let text = '';
      for (const row of batch) {
        for (const cell of cells) text += cell(row);
        text += '\r\n';
      }
      return encode(text);
    },
    end: () => noBytes,
    substituted: () => substituted,
  };
}
