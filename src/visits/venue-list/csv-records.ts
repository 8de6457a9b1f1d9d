/** What separates the cells of a csv. */
export type Separator = ',' | ';' | '\t';

export interface ListRecord {
  /** The line of the file that it begins on, or the row of the sheet, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** A record that does not fit its list: a mark or a separator is missing in it, or is too many. */
export interface CsvRecord extends ListRecord {
  readonly broken: boolean;
}

interface RawRecord {
  readonly cells: readonly string[];
  /** The offset behind its line break. */
  readonly end: number;
  /** Line breaks within its cells. */
  readonly breaks: number;
  /** Whether each quoted cell ends at a mark that a separator or a line break follows, and no other cell has a mark. */
  readonly clean: boolean;
  /** Whether a cell is still open at the end of the text. */
  readonly open: boolean;
}

/**
 * The records of a text in the manner of RFC 4180, with CRLF, LF or CR at the end of a line: a cell that begins with a
 * quotation mark ends with one, and holds separators, line breaks and doubled marks as they are; a mark elsewhere is a
 * character like any other. Lines without any character are left out.
 *
 * A mark that is missing or too many would swallow the lines behind it. So a record over several lines counts only if
 * its marks are in order, it has as many cells as the list has columns, and none of its further lines is a whole record
 * by itself. Otherwise its first line alone is a record, broken, and the next line is read anew.
 */
export function* csvRecords(text: string, separator: Separator): Generator<CsvRecord> {
  const columns = columnsIn(text, separator);
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const raw = rawRecord(text, at, separator);
    const whole = isWhole(text, at, raw, separator, columns);
    const { cells, end, breaks } = whole ? raw : firstLine(text, at, separator);
    const broken = !whole || !fits(cells, columns);
    if (cells.length > 1 || cells[0] !== '') yield { line, cells, broken };
    at = end;
    line += breaks + 1;
  }
}

/** How many cells a record may have: those behind the last heading are empty in many lists, or left out. */
interface Columns {
  readonly fewest: number;
  readonly most: number;
}

/** How many lines decide how many columns a list has, and what separates them. */
const sample = 20;

/** The most frequent number of cells among the first records, the earlier of two that are as frequent: the headings'. */
function columnsIn(text: string, separator: Separator): Columns {
  const records: RawRecord[] = [];
  for (let at = 0; at < text.length && records.length < sample; ) {
    const raw = rawRecord(text, at, separator);
    const record = raw.open || !raw.clean ? firstLine(text, at, separator) : raw;
    if (record.cells.length > 1) records.push(record);
    at = record.end;
  }
  const times = (most: number) => records.filter(({ cells }) => cells.length === most).length;
  const lengths = [...new Set(records.map(({ cells }) => cells.length))];
  const most = lengths.sort((a, b) => times(b) - times(a))[0] ?? 1;
  const first = records.find(({ cells }) => cells.length === most)?.cells ?? [];
  return { fewest: usedCells(first), most };
}

/** Up to the last cell that is not empty. */
function usedCells(cells: readonly string[]): number {
  return cells.findLastIndex((cell) => cell.trim() !== '') + 1;
}

function fits(cells: readonly string[], { fewest, most }: Columns): boolean {
  return cells.length >= fewest && (cells.length <= most || usedCells(cells) <= most);
}

function isWhole(
  text: string,
  from: number,
  raw: RawRecord,
  separator: Separator,
  columns: Columns,
): boolean {
  if (raw.open) return false;
  if (raw.breaks === 0) return true;
  return raw.clean && fits(raw.cells, columns) && !holdsRecord(text, from, raw, separator, columns);
}

/** Whether a further line of the record is a record by itself. */
function holdsRecord(
  text: string,
  from: number,
  { end, breaks }: RawRecord,
  separator: Separator,
  columns: Columns,
): boolean {
  let at = firstLine(text, from, separator).end;
  for (let count = 1; count < breaks && at < end; count += 1) {
    const next = rawRecord(text, at, separator);
    if (next.clean && next.breaks === 0 && next.cells.length > 1 && fits(next.cells, columns)) return true;
    at = firstLine(text, at, separator).end;
  }
  return false;
}

function rawRecord(text: string, from: number, separator: Separator): RawRecord {
  const cells: string[] = [];
  let at = from;
  let breaks = 0;
  let clean = true;
  const line = lineEnd(text, from);
  for (;;) {
    const cell =
      text.charCodeAt(at) === mark
        ? quoted(text, at, separator)
        : plain(text, at, separator, breaks === 0 ? line : lineEnd(text, at));
    if (cell === null) return { cells, end: text.length, breaks, clean: false, open: true };
    cells.push(cell.value);
    breaks += cell.breaks;
    clean &&= cell.clean;
    at = cell.end;
    if (text.charAt(at) !== separator) break;
    at += 1;
  }
  return { cells, end: at + breakAt(text, at), breaks, clean, open: false };
}

/** The line as if no mark in it opened a cell over its end. */
function firstLine(text: string, from: number, separator: Separator): RawRecord {
  const end = lineEnd(text, from);
  const line = text.slice(from, end);
  const raw = rawRecord(line, 0, separator);
  const cells = raw.open ? line.split(separator) : raw.cells;
  return { cells, end: end + breakAt(text, end), breaks: 0, clean: raw.clean, open: false };
}

const mark = 0x22;

interface Cell {
  readonly value: string;
  /** The offset of what ends it: a separator, a line break, the end of the text. */
  readonly end: number;
  readonly breaks: number;
  readonly clean: boolean;
}

function plain(text: string, from: number, separator: Separator, line: number): Cell {
  const found = text.indexOf(separator, from);
  const end = found < 0 || found > line ? line : found;
  const value = text.slice(from, end);
  return { value, end, breaks: 0, clean: !value.includes('"') };
}

/** Null if no mark closes it. */
function quoted(text: string, from: number, separator: Separator): Cell | null {
  let value = '';
  let at = from + 1;
  for (;;) {
    const closing = text.indexOf('"', at);
    if (closing < 0) return null;
    value += text.slice(at, closing);
    at = closing + 1;
    if (text.charCodeAt(at) !== mark) break;
    value += '"';
    at += 1;
  }
  const breaks = value.match(/\r\n|\r|\n/g)?.length ?? 0;
  // RFC 4180 allows nothing between the closing mark and the separator; if there is something, it is kept.
  const tail = plain(text, at, separator, lineEnd(text, at));
  return { value: value + tail.value, end: tail.end, breaks, clean: tail.value === '' };
}

/** The offset of the line's break, or of the end of the text. */
function lineEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0x0a || unit === 0x0d) return at;
  }
  return text.length;
}

function breakAt(text: string, at: number): number {
  const sign = text.charAt(at);
  if (sign === '\r') return text.charAt(at + 1) === '\n' ? 2 : 1;
  return sign === '\n' ? 1 : 0;
}

/** The separator that cuts the first lines into the most cells. */
export function separatorOf(text: string): Separator {
  const beginning = text.split(/\r\n|\r|\n/, sample).join('\n');
  const count = (sign: Separator) => beginning.replace(/"[^"]*"/g, '').split(sign).length;
  const signs: readonly Separator[] = [',', ';', '\t'];
  return signs.reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}
