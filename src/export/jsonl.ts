import { memo } from '../base/memo.ts';
import { printableJson } from '../base/printable.ts';
import type { Zone } from '../base/zone.ts';
import { octetsOf, octetText } from './csv.ts';
import { noBytes, type TextWriter } from './export.ts';
import type { Column } from './visit-columns.ts';

/** JSON Lines: one object a row, its keys in the order of the columns, UTF-8. */
export function jsonlWriter<Row>(columns: readonly Column<Row>[], zone: Zone): TextWriter<Row> {
  const line = lineFormat(columns, zone);
  return {
    begin: () => noBytes,
    rows(batch) {
      let text = '';
      for (const row of batch) text += line(row);
      return octetsOf(text);
    },
    end: () => noBytes,
  };
}

type LineFormat<Row> = (row: Row) => string;

/** Built cell by cell: one `JSON.stringify` for each row would read every Hangul name again. */
function lineFormat<Row>(columns: readonly Column<Row>[], zone: Zone): LineFormat<Row> {
  const quoted = textFormat();
  const members = columns.map((column, at) => memberFormat(column, at === 0 ? '{' : ',', zone, quoted));
  return (row) => {
    let text = '';
    for (const member of members) text += member(row);
    return `${text}}\n`;
  };
}

/** `,"key":value`; nothing if a sparse column, which is never the first, has no value. */
function memberFormat<Row>(
  column: Column<Row>,
  before: '{' | ',',
  zone: Zone,
  quoted: (text: string) => string,
): LineFormat<Row> {
  const name = octetText(`${before}${printableJson(column.key)}:`);
  const none = column.sparse ? '' : `${name}null`;
  const present =
    <V>(value: (row: Row) => V | null, format: (value: V) => string): LineFormat<Row> =>
    (row) => {
      const cell = value(row);
      return cell === null ? none : name + format(cell);
    };
  switch (column.kind) {
    case 'text':
      return present(column.value, quoted);
    case 'instant':
      return present(column.value, (epochMs) => `"${zone.format(epochMs)}"`);
    case 'number':
      return present(column.value, (value) => printableJson(value));
    case 'flag':
      return present(column.value, String);
  }
}

/** Names and addresses of more places than a city has. */
const textLimit = 50_000;

function textFormat(): (text: string) => string {
  const quote = memo(textLimit, (text: string) => octetText(printableJson(text)));
  const harmless = /^[\d*+-]+$/;
  return (text) => (harmless.test(text) ? `"${text}"` : quote(text));
}
