import { columnName, type SharedStrings, type SharedText, sharedCell } from './sheet-row.ts';
import { style } from './styles.ts';

/** A line above the table: what the file is, who made it, when it expires. */
export interface Fact {
  readonly label: string;
  /** A function if it is known only after the last row. */
  readonly value: SharedText;
}

/** Of a fact's label; its value stands in the next column. */
const factColumns = [0, 3];

/** The row of the headings, from 1: the facts stand above it, two in a row. */
export function headingRowOf(facts: readonly Fact[]): number {
  return Math.ceil(facts.length / factColumns.length) + 1;
}

export interface SheetHead {
  readonly columns: readonly { readonly width: number }[];
  readonly headings: readonly string[];
  readonly facts: readonly Fact[];
}

/** The XML before a sheet's rows. */
export function sheetBegin({ columns, headings, facts }: SheetHead, strings: SharedStrings): string {
  const headingRow = headingRowOf(facts);
  const below = `A${headingRow + 1}`;
  return [
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
    `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${headingRow}" topLeftCell="${below}" activePane="bottomLeft" state="frozen"/>`,
    `<selection pane="bottomLeft" activeCell="${below}" sqref="${below}"/></sheetView></sheetViews>`,
    '<sheetFormatPr defaultRowHeight="15"/>',
    `<cols>${columns.map(columnXml).join('')}</cols>`,
    '<sheetData>',
    factRows(facts, strings),
    `<row r="${headingRow}">`,
    ...headings.map((heading, index) =>
      sharedCell(columnName(index), headingRow, strings.keep(heading), style.heading),
    ),
    '</row>',
  ].join('');
}

/** The XML after them: printed on A4, all columns on one page's width. The order is that of CT_Worksheet. */
export function sheetEnd(table: string): string {
  return [
    '</sheetData>',
    `<autoFilter ref="${table}"/>`,
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>',
    '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>',
    '<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter>',
    `<ignoredErrors><ignoredError sqref="${table}" numberStoredAsText="1"/></ignoredErrors>`,
    '</worksheet>',
  ].join('');
}

/** Headings and rows: `A4:J1004`. */
export function tableRange(columns: number, headingRow: number, lastRow: number): string {
  return `A${headingRow}:${columnName(columns - 1)}${lastRow}`;
}

function columnXml({ width }: { readonly width: number }, index: number): string {
  return `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`;
}

function factRows(facts: readonly Fact[], strings: SharedStrings): string {
  let xml = '';
  for (let at = 0; at < facts.length; at += factColumns.length) {
    const row = at / factColumns.length + 1;
    const cells = factColumns.map((column, index) => {
      const fact = facts[at + index];
      if (fact === undefined) return '';
      const label = sharedCell(columnName(column), row, strings.keep(fact.label), style.label);
      return label + sharedCell(columnName(column + 1), row, strings.keep(fact.value), style.text);
    });
    xml += `<row r="${row}">${cells.join('')}</row>`;
  }
  return xml;
}
