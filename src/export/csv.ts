import type { Zone } from '../base/zone.ts';
import type { Column } from './column.ts';
import { encodeCp949 } from './cp949.ts';
import { cellFormats, quoteFormat } from './csv-cells.ts';
import { octetsOf, octetText } from './octet-text.ts';
import { noBytes, type TextWriter } from './to/writer.ts';

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
