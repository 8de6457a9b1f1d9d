import type { Zone } from '../../base/zone.ts';
import type { RowWriter } from '../export.ts';
import type { Column } from '../visit-columns.ts';
import {
  contentTypesXml,
  packageRelationshipsXml,
  part,
  type Sheet,
  workbookRelationshipsXml,
  workbookXml,
} from './package-parts.ts';
import type { Fact } from './sheet-facts.ts';
import { type SharedStrings, sharedStrings } from './sheet-row.ts';
import { beginSheets, type Sheets } from './sheets.ts';
import { stylesXml } from './styles.ts';
import { type ZipFile, zipFile } from './zip-file.ts';

export interface WorkbookOptions {
  readonly zone: Zone;
  /** Above the columns, one for each. */
  readonly headings: readonly string[];
  /** Above the headings, on every sheet. */
  readonly title: string;
  readonly facts: readonly Fact[];
  /** Of the first sheet; the others have a number after it. At most 25 characters, none of `[]:*?/\`. */
  readonly sheetName: string;
  readonly madeAtMs: number;
  /** Rows of a sheet; by default as many as a spreadsheet can hold. */
  readonly rowLimit?: number;
}

/**
 * An Excel workbook (ECMA-376, transitional), written as its rows come: the heading row is frozen and has filters,
 * instants are dates of the zone, telephone numbers are text, nothing is a formula. A full sheet is followed by another.
 * @throws AppError `export.too-large`
 */
export function workbookWriter<Row>(
  columns: readonly Column<Row>[],
  options: WorkbookOptions,
): RowWriter<Row> {
  const zip = zipFile(options.madeAtMs);
  const strings = sharedStrings();
  let sheets: Sheets<Row> | null = null;
  return {
    async begin() {
      await beginPackage(zip);
      sheets = await beginSheets(zip, strings, { ...options, columns });
      return zip.take();
    },
    async rows(batch) {
      await sheets?.add(batch);
      return zip.take();
    },
    async end() {
      await endPackage(zip, strings, (await sheets?.end()) ?? []);
      return zip.take();
    },
  };
}

/** The parts of a workbook before its sheets. */
export async function beginPackage(zip: ZipFile): Promise<void> {
  await addPart(zip, '[Content_Types].xml', [contentTypesXml]);
  await addPart(zip, '_rels/.rels', [packageRelationshipsXml]);
  await addPart(zip, 'xl/styles.xml', [stylesXml]);
}

/** Those after them. */
export async function endPackage(
  zip: ZipFile,
  strings: SharedStrings,
  sheets: readonly Sheet[],
): Promise<void> {
  await addPart(zip, 'xl/sharedStrings.xml', strings.xml());
  await addPart(zip, 'xl/workbook.xml', [workbookXml(sheets)]);
  await addPart(zip, 'xl/_rels/workbook.xml.rels', [workbookRelationshipsXml(sheets.length)]);
  zip.end();
}

async function addPart(zip: ZipFile, path: string, pieces: Iterable<string>): Promise<void> {
  const entry = zip.add(path);
  await entry.write(part(''));
  for (const piece of pieces) await entry.write(piece);
  await entry.end();
}
