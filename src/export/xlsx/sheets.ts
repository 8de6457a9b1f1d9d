import type { Zone } from '../../base/zone.ts';
import type { Column } from '../visit-columns.ts';
import { part, type Sheet, sheetPath } from './package-parts.ts';
import { factRows } from './sheet-facts.ts';
import { type SheetHead, sheetBegin, sheetEnd, tableRange } from './sheet-frame.ts';
import { type SharedStrings, sheetRowFormat } from './sheet-row.ts';
import type { ZipEntry, ZipFile } from './zip-file.ts';

/** The sheets that rows go on, one after another. */
export interface Sheets<Row> {
  add(rows: readonly Row[]): Promise<void>;
  /** Ends the last sheet; all of them, in order. */
  end(): Promise<readonly Sheet[]>;
}

interface SheetsOptions<Row> extends Omit<SheetHead, 'columns'> {
  readonly columns: readonly Column<Row>[];
  readonly zone: Zone;
  /** Of the first sheet; the others have a number after it. At most 25 characters, none of `[]:*?/\`. */
  readonly sheetName: string;
  /** The sheets of the file that come first. */
  readonly before?: readonly Sheet[];
  /** Rows of a sheet; by default as many as a spreadsheet can hold. */
  readonly rowLimit?: number;
}

/** What a spreadsheet can hold (Excel, LibreOffice). */
const spreadsheetRows = 1_048_576;
/** An entry of a zip file holds 4 GiB; a batch of rows is far smaller than the rest. */
const sheetBytes = 4_000_000_000;

/** Begins the first sheet. */
export async function beginSheets<Row>(
  zip: ZipFile,
  strings: SharedStrings,
  options: SheetsOptions<Row>,
): Promise<Sheets<Row>> {
  const { columns, zone, title, facts, sheetName, before = [], rowLimit = spreadsheetRows } = options;
  const format = sheetRowFormat(columns, zone, strings);
  const above = factRows(title, facts, columns);
  const headingRow = above.count + 1;
  const ended: Sheet[] = [];
  let lastRow = headingRow;
  let entry = await begin();

  function begin(): Promise<ZipEntry> {
    lastRow = headingRow;
    return beginPart(zip, sheetPath(before.length + ended.length + 1), sheetBegin(options, above, strings));
  }

  async function end(): Promise<void> {
    const table = tableRange(columns.length, headingRow, lastRow);
    const name = ended.length === 0 ? sheetName : `${sheetName} (${ended.length + 1})`;
    await entry.write(sheetEnd(table, above));
    await entry.end();
    ended.push({ name, table, headingRow });
  }

  return {
    async add(rows) {
      let text = '';
      for (const row of rows) {
        if (lastRow === rowLimit || entry.size > sheetBytes) {
          await entry.write(text);
          await end();
          entry = await begin();
          text = '';
        }
        lastRow += 1;
        text += format(row, lastRow);
      }
      await entry.write(text);
    },
    async end() {
      await end();
      return [...before, ...ended];
    },
  };
}

/** Begins a part of the package with its first XML. */
async function beginPart(zip: ZipFile, path: string, xml: string): Promise<ZipEntry> {
  const entry = zip.add(path);
  await entry.write(part(xml));
  return entry;
}
