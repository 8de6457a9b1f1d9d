import type { Zone } from '../../base/zone.ts';
import type { Column } from '../column.ts';
import { columnName } from './column-name.ts';
import { serialFormat } from './serial-time.ts';
import { type SharedStrings, textXml } from './shared-strings.ts';
import { style } from './styles.ts';

/** A `row` element; `at` counts from 1. Rows and cells say where they are: some readers refuse them otherwise. */
export type SheetRowFormat<Row> = (row: Row, at: number) => string;

type CellFormat<Row> = (row: Row, at: number) => string;

/** No cell is ever a formula: a text is text by its type, whatever it begins with. Null is no cell. */
export function sheetRowFormat<Row>(
  columns: readonly Column<Row>[],
  zone: Zone,
  strings: SharedStrings,
): SheetRowFormat<Row> {
  const cells = columns.map((column, index) => cellFormat(column, columnName(index), zone, strings));
  return (row, at) => {
    let text = `<row r="${at}">`;
    for (const cell of cells) text += cell(row, at);
    return `${text}</row>`;
  };
}

function cellFormat<Row>(
  column: Column<Row>,
  name: string,
  zone: Zone,
  strings: SharedStrings,
): CellFormat<Row> {
  const valued =
    <V>(
      attributes: string,
      value: (row: Row) => V | null,
      format: (value: V) => string | number,
    ): CellFormat<Row> =>
    (row, at) => {
      const cell = value(row);
      return cell === null ? '' : `<c r="${name}${at}"${attributes}><v>${format(cell)}</v></c>`;
    };
  switch (column.kind) {
    case 'text':
      return textCell(name, column.value, strings);
    case 'instant':
      return valued(` s="${style.instant}"`, column.value, serialFormat(zone));
    case 'number':
      return valued('', column.value, (value) => value);
    case 'flag':
      return valued(' t="b"', column.value, (value) => (value ? 1 : 0));
  }
}

/** A telephone number: there are too many to share, and nothing in it that XML minds. */
const number = /^[\d*+-]+$/;

function textCell<Row>(
  name: string,
  value: (row: Row) => string | null,
  strings: SharedStrings,
): CellFormat<Row> {
  return (row, at) => {
    const text = value(row);
    if (text === null || text === '') return '';
    if (number.test(text)) return inline(name, at, `<t>${text}</t>`);
    const shared = strings.numberOf(text);
    return shared === null ? inline(name, at, textXml(text)) : sharedCell(name, at, shared, style.text);
  };
}

function inline(name: string, at: number, xml: string): string {
  return `<c r="${name}${at}" s="${style.text}" t="inlineStr"><is>${xml}</is></c>`;
}

/** A cell that refers to a shared text. */
export function sharedCell(name: string, at: number, shared: number, styleIndex: number): string {
  return `<c r="${name}${at}" s="${styleIndex}" t="s"><v>${shared}</v></c>`;
}
