import type { Zone } from '../../base/zone.ts';
import { noBytes, type RowWriter } from '../export.ts';
import type { Column } from '../visit-columns.ts';
import type { Sheet } from './package-parts.ts';
import type { Fact } from './sheet-facts.ts';
import { type SharedStrings, sharedStrings } from './sheet-row.ts';
import { beginSheets } from './sheets.ts';
import { beginPackage, endPackage, type WorkbookOptions } from './workbook.ts';
import { type ZipFile, zipFile } from './zip-file.ts';

/** A table on sheets of its own. */
export interface Table<Row> {
  readonly sheetName: string;
  readonly columns: readonly Column<Row>[];
  readonly headings: readonly string[];
  readonly title: string;
  readonly facts: readonly Fact[];
  readonly rows: Iterable<Row>;
}

/** The table, as one of a workbook whose tables have rows of different kinds. */
export function tableOf<Row>(table: Table<Row>): WriteTable {
  return (zip, strings, options) => writeTable(zip, strings, table, options);
}

/** Writes a table's sheets after those that are there; all of them, in order. */
async function writeTable<Row>(
  zip: ZipFile,
  strings: SharedStrings,
  { rows, ...table }: Table<Row>,
  options: { readonly zone: Zone; readonly before: readonly Sheet[] },
): Promise<readonly Sheet[]> {
  const sheets = await beginSheets(zip, strings, { ...table, ...options });
  let batch: Row[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length < 1_000) continue;
    await sheets.add(batch);
    batch = [];
  }
  await sheets.add(batch);
  return sheets.end();
}

/** A table without its rows' type: each writes its own. */
type WriteTable = (
  zip: ZipFile,
  strings: SharedStrings,
  options: { readonly zone: Zone; readonly before: readonly Sheet[] },
) => Promise<readonly Sheet[]>;

/**
 * A workbook of several tables, which are made of the rows when the last of them has come: it holds them all in memory.
 * @throws AppError `export.too-large`
 */
export function tablesWriter<Row>(
  { zone, madeAtMs }: Pick<WorkbookOptions, 'zone' | 'madeAtMs'>,
  tablesOf: (rows: readonly Row[]) => readonly WriteTable[],
): RowWriter<Row> {
  const zip = zipFile(madeAtMs);
  const rows: Row[] = [];
  return {
    async begin() {
      await beginPackage(zip);
      return zip.take();
    },
    rows(batch) {
      for (const row of batch) rows.push(row);
      return noBytes;
    },
    async end() {
      const strings = sharedStrings();
      let sheets: readonly Sheet[] = [];
      for (const write of tablesOf(rows)) sheets = await write(zip, strings, { zone, before: sheets });
      await endPackage(zip, strings, sheets);
      return zip.take();
    },
  };
}
