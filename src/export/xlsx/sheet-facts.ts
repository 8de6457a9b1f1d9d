import stringWidth from 'string-width';
import { columnName, type SharedStrings, type SharedText, sharedCell } from './sheet-row.ts';
import { style } from './styles.ts';

/** A line above the table: what the file is, who made it, when it expires. */
export interface Fact {
  readonly label: string;
  /** A function if it is known only after the last row. */
  readonly value: SharedText;
  /** May be long: it has a row for itself. */
  readonly long?: true;
}

/** Neighbouring columns whose cells are one. */
interface Span {
  readonly first: number;
  readonly last: number;
}

/** Where a fact stands within a row. */
interface Place {
  readonly label: Span;
  readonly value: Span;
}

/** What stands above the headings of a sheet. */
export interface FactRows {
  /** How many rows. */
  readonly count: number;
  readonly xml: (strings: SharedStrings) => string;
  /** Ranges of cells that are one: `A2:B2`. */
  readonly merged: readonly string[];
}

/** In digits of the sheet's font: of the longest label. */
const labelWidth = 18;
/** Of a value beside another one. */
const narrowestValue = 24;
/** Lines end between words. */
const wordsApart = 1.1;
export const rowPoints = 15;
const titlePoints = 24;

/** The title, then the facts, two in a row, each in columns as wide as it needs: nothing is cut by its neighbour. */
export function factRows(
  title: string,
  facts: readonly Fact[],
  columns: readonly { readonly width: number }[],
): FactRows {
  const widths = columns.map(({ width }) => width);
  const rows = inRows(facts, widths);
  const places = rows.flatMap((row, index) =>
    row.flatMap(({ place }) => (place === null ? [] : rangesOf(place, index + 2))),
  );
  return {
    count: rows.length + 1,
    merged: places,
    xml: (strings) =>
      [
        `<row r="1" ht="${titlePoints}" customHeight="1">`,
        sharedCell('A', 1, strings.keep(title), style.title),
        '</row>',
        ...rows.map((row, index) => rowXml(row, index + 2, widths, strings)),
      ].join(''),
  };
}

interface PlacedFact extends Fact {
  /** Null: the columns are too few, and label and value are one text. */
  readonly place: Place | null;
}

function inRows(facts: readonly Fact[], widths: readonly number[]): PlacedFact[][] {
  const whole = placeIn(widths, 0, widths.length - 1);
  const halves = halvesOf(widths);
  const rows: PlacedFact[][] = [];
  let open: PlacedFact[] | null = null;
  for (const fact of facts) {
    if (fact.long || halves === null) {
      open = null;
      rows.push([{ ...fact, place: whole }]);
    } else if (open === null) {
      open = [{ ...fact, place: halves[0] }];
      rows.push(open);
    } else {
      open.push({ ...fact, place: halves[1] });
      open = null;
    }
  }
  return rows;
}

/** Two places side by side, the narrower value of which is as wide as can be; null if even that is too narrow. */
function halvesOf(widths: readonly number[]): readonly [Place, Place] | null {
  let best: readonly [Place, Place] | null = null;
  let widest = narrowestValue;
  for (let middle = 0; middle < widths.length; middle += 1) {
    const left = placeIn(widths, 0, middle);
    const right = placeIn(widths, middle + 1, widths.length - 1);
    if (left === null || right === null) continue;
    const narrower = Math.min(widthOf(left.value, widths), widthOf(right.value, widths));
    if (narrower <= widest) continue;
    widest = narrower;
    best = [left, right];
  }
  return best;
}

function widthOf({ first, last }: Span, widths: readonly number[]): number {
  return widths.slice(first, last + 1).reduce((sum, width) => sum + width, 0);
}

function placeIn(widths: readonly number[], first: number, last: number): Place | null {
  const labelLast = lastOf(widths, first, labelWidth);
  return labelLast >= last
    ? null
    : { label: { first, last: labelLast }, value: { first: labelLast + 1, last } };
}

/** The column with which those from `first` on are so wide together. */
function lastOf(widths: readonly number[], first: number, wanted: number): number {
  let sum = 0;
  for (let at = first; at < widths.length; at += 1) {
    sum += widths[at] ?? 0;
    if (sum >= wanted) return at;
  }
  return widths.length - 1;
}

function rangesOf({ label, value }: Place, row: number): string[] {
  return [label, value]
    .filter(({ first, last }) => first < last)
    .map(({ first, last }) => `${columnName(first)}${row}:${columnName(last)}${row}`);
}

function rowXml(
  facts: readonly PlacedFact[],
  row: number,
  widths: readonly number[],
  strings: SharedStrings,
): string {
  const lines = Math.max(...facts.map((fact) => linesOf(fact, widths)));
  const height = lines > 1 ? ` ht="${lines * rowPoints}" customHeight="1"` : '';
  return `<row r="${row}"${height}>${facts.map((fact) => factXml(fact, row, strings)).join('')}</row>`;
}

/** A spreadsheet does not make a row higher for cells that are one. */
function linesOf({ place, value }: PlacedFact, widths: readonly number[]): number {
  if (place === null || typeof value !== 'string') return 1;
  return linesIn(value, widthOf(place.value, widths));
}

/** How many lines a text takes in cells so wide. */
export function linesIn(text: string, width: number): number {
  return Math.max(1, Math.ceil((stringWidth(text) * wordsApart) / width));
}

function factXml({ label, value, place }: PlacedFact, row: number, strings: SharedStrings): string {
  if (place === null) {
    const text = typeof value === 'string' ? `${label}: ${value}` : () => `${label}: ${value()}`;
    return sharedCell('A', row, strings.keep(text), style.text);
  }
  return (
    sharedCell(columnName(place.label.first), row, strings.keep(label), style.label) +
    sharedCell(columnName(place.value.first), row, strings.keep(value), style.wrapped)
  );
}
