import { dayMs } from '../../base/amounts.ts';
import type { Zone } from '../../base/zone.ts';
import type { Column } from '../visit-columns.ts';
import { style } from './styles.ts';

/** The day number of 1970-01-01 in a workbook of the 1900 date system (ECMA-376 Part 1, 18.17.4.1). */
const day1970 = 25_569;
const secondsOfDay = 86_400;

/** Milliseconds since 1970 → the serial number of the local time in the zone, whole seconds: `46349.58690972222`. */
export function serialFormat(zone: Zone): (epochMs: number) => string {
  const fractions: string[] = [];
  const fractionOf = (second: number) => {
    fractions[second] ??= (second / secondsOfDay).toFixed(11).slice(1);
    return fractions[second];
  };
  return (epochMs) => {
    const localMs = epochMs + zone.offsetMsAt(epochMs);
    const day = Math.floor(localMs / dayMs);
    return day + day1970 + fractionOf(Math.floor((localMs - day * dayMs) / 1_000));
  };
}

/** `A` for 0, `Z` for 25, `AA` for 26. */
export function columnName(index: number): string {
  const rest = Math.floor(index / 26) - 1;
  return (rest < 0 ? '' : columnName(rest)) + String.fromCharCode(65 + (index % 26));
}

/** UTF-16 code units that a cell may hold; a spreadsheet reports a file with more as damaged. */
const mostCellUnits = 32_767;

/** Characters that XML 1.0 cannot hold in any form (§2.2): control characters, halves of a character, U+FFFE, U+FFFF. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are looked for.
const illegal = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF\p{Cs}]/gu;
const replacement = '\uFFFD';

/** `_x000D_` in a cell's text stands for a character (ECMA-376 Part 1, 22.9.2.19): if a name contains it, `_` is escaped. */
const looksEscaped = /_(?=x[0-9A-Fa-f]{4}_)/g;

/**
 * A text as the content of a `t` element, which is text whatever it begins with. A character that XML cannot hold
 * becomes `\uFFFD`; a CR, which XML would read as LF, is written as spreadsheets do; a text too long for a cell is cut.
 */
function escapeText(text: string): string {
  return escapeMarkup(
    cut(text).replace(illegal, replacement).replace(looksEscaped, '_x005F_').replaceAll('\r', '_x000D_'),
  );
}

/** A text in an attribute, or in an element that is not a cell. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

/** White space that a reader drops by default. */
function needsPreserve(text: string): boolean {
  return /^\s|\s$|[\n\t]| {2}/.test(text);
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function cut(text: string): string {
  if (text.length <= mostCellUnits) return text;
  const short = text.slice(0, mostCellUnits - 1);
  // The first half of a character would be left alone.
  return `${/[\uD800-\uDBFF]$/.test(short) ? short.slice(0, -1) : short}…`;
}

/** A text, or what it will be when all rows are written. */
export type SharedText = string | (() => string);

/** The texts that cells refer to by number; their part of the file is written last. */
export interface SharedStrings {
  /** The number of a text; null if the table is full, and the cell must hold the text itself. */
  numberOf(text: string): number | null;
  /** The same, also if the table is full: for the few texts above the rows. */
  keep(text: SharedText): number;
  /** xl/sharedStrings.xml, in pieces. */
  xml(): Iterable<string>;
}

/** More places than a city has; the limits keep memory flat. */
const mostTexts = 100_000;
const mostSharedUnits = 8_000_000;
const pieceTexts = 1_000;

export function sharedStrings(): SharedStrings {
  const numbers = new Map<SharedText, number>();
  let units = 0;
  const keep = (text: SharedText): number => {
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  };
  return {
    numberOf(text) {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      if (numbers.size >= mostTexts || units + text.length > mostSharedUnits) return null;
      units += text.length;
      return keep(text);
    },
    keep,
    *xml() {
      const texts = [...numbers.keys()];
      yield `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="${texts.length}">`;
      for (let at = 0; at < texts.length; at += pieceTexts)
        yield texts
          .slice(at, at + pieceTexts)
          .map((text) => `<si>${textXml(typeof text === 'string' ? text : text())}</si>`)
          .join('');
      yield '</sst>';
    },
  };
}

/** A `t` element. */
function textXml(text: string): string {
  return `<t${needsPreserve(text) ? ' xml:space="preserve"' : ''}>${escapeText(text)}</t>`;
}

/** A `row` element; `at` counts from 1. Rows and cells name their position, because some readers refuse them otherwise. */
type SheetRowFormat<Row> = (row: Row, at: number) => string;

type CellFormat<Row> = (row: Row, at: number) => string;

/** No cell is a formula: a text has the type of a text, whatever it begins with. Null makes no cell. */
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
      return textCell(name, column.value, strings, column.width >= wrappedWidth ? style.wrapped : style.text);
    case 'instant':
      return valued(` s="${style.instant}"`, column.value, serialFormat(zone));
    case 'number':
      // In the middle, so that it does not touch the date on its right.
      return valued(` s="${style.number}"`, column.value, (value) => value);
    case 'flag':
      return valued(' t="b"', column.value, (value) => (value ? 1 : 0));
  }
}

/** Names, addresses and texts: what is wider than their column goes on below, and is not cut by its neighbour. */
const wrappedWidth = 24;

/** A telephone number: there are too many to share, and XML needs no escapes in them. */
const number = /^[\d*+-]+$/;

function textCell<Row>(
  name: string,
  value: (row: Row) => string | null,
  strings: SharedStrings,
  styleIndex: number,
): CellFormat<Row> {
  return (row, at) => {
    const text = value(row);
    if (text === null || text === '') return '';
    if (number.test(text)) return inline(name, at, `<t>${text}</t>`, styleIndex);
    const shared = strings.numberOf(text);
    return shared === null
      ? inline(name, at, textXml(text), styleIndex)
      : sharedCell(name, at, shared, styleIndex);
  };
}

function inline(name: string, at: number, xml: string, styleIndex: number): string {
  return `<c r="${name}${at}" s="${styleIndex}" t="inlineStr"><is>${xml}</is></c>`;
}

/** A cell that refers to a shared text. */
export function sharedCell(name: string, at: number, shared: number, styleIndex: number): string {
  return `<c r="${name}${at}" s="${styleIndex}" t="s"><v>${shared}</v></c>`;
}
