import { fault, systemCodeOf } from '../../base/errors.ts';
import { csvRecords, type Separator, separatorOf } from '../../visits/venue-list/csv-records.ts';
import { type ColumnMap, namesPeople, recognizeColumns } from '../../visits/venue-list/headings.ts';
import { decodeList, type ListEncoding } from '../../visits/venue-list/list-encoding.ts';
import type { MaybeBroken } from '../../visits/venue-list/plan-import.ts';
import type { Shell } from '../shell.ts';
import { columnsOf, type NeededColumns } from './list-columns.ts';
import { listKind } from './list-kind.ts';

/** How a list was written. */
export type ListForm =
  | { readonly kind: 'csv'; readonly encoding: ListEncoding; readonly separator: Separator }
  | {
      readonly kind: 'xlsx';
      readonly sheet: string;
      /** Sheets of the workbook that were not read. */
      readonly others: readonly string[];
    };

/** A list of places as a file has it. */
export interface VenueList {
  readonly form: ListForm;
  readonly columns: ColumnMap;
  /** The first line; empty cells if the list has no headings. */
  readonly headings: readonly string[];
  /** The lines below the headings. */
  readonly records: readonly MaybeBroken[];
  /** Mobile numbers of the list may be people's, and nobody said that they are places'. */
  readonly namesPeople: boolean;
}

interface ListOptions {
  readonly needed: NeededColumns;
  /** `--columns`. */
  readonly columns?: string | undefined;
}

/** Some 200,000 places. */
const mostBytes = 64 * 1_048_576;

/**
 * Reads a list, in csv or a workbook, and determines its columns. Errors: `venue.file-unreadable`, `venue.not-a-list`,
 * `venue.workbook`, and those of `columnsOf`.
 */
export async function readVenueList(
  shell: Shell,
  file: string,
  { needed, columns: given }: ListOptions,
): Promise<VenueList> {
  const { form, records: read } = await recordsOf(await readList(shell, file), file);
  const records = withoutTitle(read);
  const first = records[0]?.cells ?? [];
  const headed = !first.some((cell) => cell.replace(/\D/g, '').length >= 6);
  const columns = await columnsOf(shell, records, headed, given, needed);
  const isGiven = given !== undefined && /(?:^|,)\s*number\s*=/.test(given);
  return {
    form,
    columns,
    headings: headed ? first : first.map(() => ''),
    records: headed ? records.slice(1) : records,
    namesPeople: headed && !isGiven && namesPeople(first, columns.number),
  };
}

/** Lines that may stand above the headings: a title, a date, who made the list. */
const mostAbove = 5;

function withoutTitle(records: readonly MaybeBroken[]): readonly MaybeBroken[] {
  const above = headingsAt(records);
  return above > 0 ? records.slice(above) : records;
}

/** Which record has the headings; -1 if none of the first has. */
function headingsAt(records: readonly MaybeBroken[]): number {
  return records
    .slice(0, mostAbove + 1)
    .findIndex(({ cells }) => recognizeColumns(cells).number !== undefined);
}

async function recordsOf(
  bytes: Uint8Array,
  file: string,
): Promise<{ readonly form: ListForm; readonly records: readonly MaybeBroken[] }> {
  const kind = bytes.length > mostBytes ? 'large' : listKind(bytes);
  if (kind === 'text') {
    const { text, encoding } = decodeList(bytes);
    const separator = separatorOf(text);
    return { form: { kind: 'csv', encoding, separator }, records: [...csvRecords(text, separator)] };
  }
  if (kind !== 'xlsx') throw fault('venue.not-a-list', { file, kind });
  const { readWorkbook } = await import('./workbook-list.ts');
  const { sheet, others, records } = readWorkbook(bytes, file, (some) => headingsAt(some) >= 0);
  return { form: { kind, sheet, others }, records };
}

async function readList({ files }: Shell, file: string): Promise<Uint8Array> {
  try {
    return await files.read(file, mostBytes);
  } catch (error) {
    throw fault('venue.file-unreadable', { file, system: systemCodeOf(error) }, { cause: error });
  }
}
