import { type Fact, type FactRows, linesIn, rowPoints } from './sheet-facts.ts';
import { columnName, type SharedStrings, sharedCell } from './sheet-row.ts';
import { style } from './styles.ts';

export interface SheetHead {
  readonly columns: readonly { readonly width: number }[];
  readonly headings: readonly string[];
  /** Above everything: what the table is. */
  readonly title: string;
  readonly facts: readonly Fact[];
}

/** The XML before a sheet's rows. */
export function sheetBegin(
  { columns, headings }: Pick<SheetHead, 'columns' | 'headings'>,
  above: FactRows,
  strings: SharedStrings,
): string {
  const headingRow = above.count + 1;
  const below = `A${headingRow + 1}`;
  return [
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
    `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${headingRow}" topLeftCell="${below}" activePane="bottomLeft" state="frozen"/>`,
    `<selection pane="bottomLeft" activeCell="${below}" sqref="${below}"/></sheetView></sheetViews>`,
    '<sheetFormatPr defaultRowHeight="15"/>',
    `<cols>${columns.map(columnXml).join('')}</cols>`,
    '<sheetData>',
    above.xml(strings),
    headingBegin(headingRow, headings, columns),
    ...headings.map((heading, index) =>
      sharedCell(columnName(index), headingRow, strings.keep(heading), style.heading),
    ),
    '</row>',
  ].join('');
}

/** A heading that is wider than its column goes on below, and the row is as high as that takes. */
function headingBegin(row: number, headings: readonly string[], columns: SheetHead['columns']): string {
  const lines = Math.max(1, ...headings.map((heading, at) => linesIn(heading, columns[at]?.width ?? 1)));
  const height = lines > 1 ? ` ht="${lines * rowPoints}" customHeight="1"` : '';
  return `<row r="${row}"${height}>`;
}

/** The XML after them: printed on A4, all columns on one page's width. The order is that of CT_Worksheet. */
export function sheetEnd(table: string, { merged }: Pick<FactRows, 'merged'>): string {
  return [
    '</sheetData>',
    `<autoFilter ref="${table}"/>`,
    merged.length === 0
      ? ''
      : `<mergeCells count="${merged.length}">${merged.map(mergeXml).join('')}</mergeCells>`,
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

const mergeXml = (range: string) => `<mergeCell ref="${range}"/>`;

function columnXml({ width }: { readonly width: number }, index: number): string {
  return `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`;
}
