import stringWidth from 'string-width';
import { printable } from '../../base/printable.ts';
import type { Zone } from '../../base/zone.ts';
import { noBytes, type TextWriter } from '../../export/export.ts';
import type { Column } from '../../export/visit-columns.ts';
import { fitText } from '../text-table.ts';

interface TextRowsOptions {
  readonly zone: Zone;
  readonly headings: readonly string[];
}

/**
 * Rows as lines of text for a terminal, written as they come: each column is as wide as a sheet's, and what is longer is
 * cut, except in the last one.
 */
export function textRowsWriter<Row>(
  columns: readonly Column<Row>[],
  { zone, headings }: TextRowsOptions,
): TextWriter<Row> {
  const widths = columns.map(({ width }, at) => Math.max(width, stringWidth(headings[at] ?? '')));
  const line = (cells: readonly string[]) => {
    const fitted = cells.map((cell, at) => (at === cells.length - 1 ? cell : fitText(cell, widths[at] ?? 0)));
    return `${fitted.join('  ').trimEnd()}\n`;
  };
  const lineOf = (row: Row) => line(columns.map((column) => cellText(column, row, zone)));
  return {
    begin: () => Buffer.from(line(headings)),
    rows: (batch) => Buffer.from(batch.map(lineOf).join('')),
    end: () => noBytes,
  };
}

function cellText<Row>(column: Column<Row>, row: Row, zone: Zone): string {
  const value = column.value(row);
  if (value === null) return '';
  return column.kind === 'instant' ? zone.format(Number(value)) : printable(String(value));
}
