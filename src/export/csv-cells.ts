import { stringify } from 'csv-stringify/sync';
import { memo, memoOn } from '../base/memo.ts';
import type { Zone } from '../base/zone.ts';
import type { Column } from './column.ts';

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
