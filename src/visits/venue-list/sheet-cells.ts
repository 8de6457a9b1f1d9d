import type { ListRecord } from './csv-records.ts';

/** How a workbook shows its numbers, by the index of a cell's style. */
export interface NumberStyles {
  /** The format's code for each style; undefined: as the number is. */
  readonly formats: readonly (string | undefined)[];
  /** Days are counted from 1904, as old programs for the Mac did. */
  readonly from1904: boolean;
}

/** The texts that a workbook's cells share, in their order. */
export function sharedTexts(xml: string): string[] {
  return [...elements(xml, 'si')].map(({ inner }) => textsIn(inner));
}

/**
 * The rows of a sheet (ECMA-376 part 1, 18.3.1) that have any cell, each with its number. A number is written as the sheet shows it: with the
 * zeros that its format puts before it, as a date if it is one, and in scientific form if a spreadsheet has rounded it.
 */
export function* sheetRecords(
  xml: string,
  shared: readonly string[],
  styles: NumberStyles,
): Generator<ListRecord> {
  let line = 0;
  for (const { attributes, inner } of elements(xml, 'row')) {
    line = Number(attribute(attributes, 'r')) || line + 1;
    const cells: string[] = [];
    for (const cell of elements(inner, 'c')) {
      const at = columnOf(attribute(cell.attributes, 'r')) ?? cells.length;
      if (at >= mostColumns) continue;
      while (cells.length < at) cells.push('');
      cells[at] = cellText(cell, shared, styles);
    }
    if (cells.some((cell) => cell.trim() !== '')) yield { line, cells };
  }
}

/** A list of places has fewer; a cell far to the right must not make a long row of empty ones. */
const mostColumns = 512;

interface XmlElement {
  readonly attributes: string;
  readonly inner: string;
}

/** The elements of that name, with any prefix, one after the other: those that lists need are not nested in each other. */
export function* elements(xml: string, name: string): Generator<XmlElement> {
  const opening = new RegExp(
    `<((?:\\w+:)?${name})((?:\\s+[\\w:.-]+\\s*=\\s*(?:"[^"]*"|'[^']*'))*)\\s*(/?)>`,
    'g',
  );
  for (let found = opening.exec(xml); found !== null; found = opening.exec(xml)) {
    const [, tag = '', attributes = '', empty] = found;
    if (empty === '/') {
      yield { attributes, inner: '' };
      continue;
    }
    const closing = xml.indexOf(`</${tag}>`, opening.lastIndex);
    if (closing < 0) return;
    yield { attributes, inner: xml.slice(opening.lastIndex, closing) };
    opening.lastIndex = closing;
  }
}

/** The value of an attribute, with any prefix. */
export function attribute(attributes: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)(?:\\w+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  const value = found?.[1] ?? found?.[2];
  return value === undefined ? undefined : plainText(value);
}

/** `C7` is column 2. */
function columnOf(reference: string | undefined): number | null {
  const letters = /^([A-Z]{1,3})\d/.exec(reference ?? '')?.[1];
  if (letters === undefined) return null;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

function cellText(
  { attributes, inner }: XmlElement,
  shared: readonly string[],
  styles: NumberStyles,
): string {
  const kind = attribute(attributes, 't') ?? 'n';
  if (kind === 'inlineStr') return textsIn(inner);
  const [first] = elements(inner, 'v');
  if (first === undefined) return '';
  const value = plainText(first.inner);
  if (kind === 's') return shared[Number(value)] ?? '';
  if (kind !== 'n') return value;
  const format = styles.formats[Number(attribute(attributes, 's') ?? 0)];
  return shownNumber(value, format, styles.from1904);
}

/** The runs of a text, without the reading aids of East Asian ones. */
function textsIn(xml: string): string {
  const plain = xml.replace(/<((?:\w+:)?rPh)\b[\s\S]*?<\/\1>/g, '');
  return [...elements(plain, 't')].map(({ inner }) => plainText(inner)).join('');
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Entities, and what ST_Xstring escapes as `_x000D_`. */
function plainText(xml: string): string {
  if (!/[&_]/.test(xml)) return xml;
  return xml
    .replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
      if (name !== undefined) return entities[name] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    })
    .replace(/_x([\da-f]{4})_/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** A spreadsheet that shortened a number kept so many of its digits. */
const keptDigits = 3;
const leastShortened = 1e7;

function shownNumber(value: string, format: string | undefined, from1904: boolean): string {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) return value;
  if (format !== undefined && isDateFormat(format)) return dateOf(number, from1904);
  if (!Number.isInteger(number) || Math.abs(number) >= 1e15) return value;
  const digits = String(number);
  // 3.13E+08 of a csv that was opened and saved: the number is there, and its last digits are lost.
  if (
    number >= leastShortened &&
    /^\d{1,3}0+$/.test(digits) &&
    digits.replace(/0+$/, '').length <= keptDigits
  )
    return number.toExponential(2).toUpperCase();
  const zeros = format === undefined || /[^0\s()"\\-]/.test(format) ? 0 : (format.match(/0/g)?.length ?? 0);
  return digits.padStart(zeros, '0');
}

function isDateFormat(format: string): boolean {
  return /[ymdhs]/i.test(format.replace(/"[^"]*"|\\.|\[[^\]]*\]|General|_./gi, ''));
}

const dayMs = 86_400_000;
const epoch1900Ms = Date.UTC(1899, 11, 30);
const epoch1904Ms = Date.UTC(1904, 0, 1);

function dateOf(days: number, from1904: boolean): string {
  const ms = (from1904 ? epoch1904Ms : epoch1900Ms) + Math.round(days * dayMs);
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? String(days) : date.toISOString().slice(0, 10);
}

/** The codes of formats that every program knows by number (18.8.30), and that show dates or times. */
function isBuiltInDate(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

/** From the styles of a workbook. */
export function numberFormats(xml: string): (string | undefined)[] {
  const codes = new Map<number, string>();
  for (const { attributes } of elements(xml, 'numFmt'))
    codes.set(Number(attribute(attributes, 'numFmtId')), attribute(attributes, 'formatCode') ?? '');
  const [cells] = elements(xml, 'cellXfs');
  return [...elements(cells?.inner ?? '', 'xf')].map(({ attributes }) => {
    const id = Number(attribute(attributes, 'numFmtId') ?? 0);
    return isBuiltInDate(id) ? 'yyyy-mm-dd' : codes.get(id);
  });
}
