import { fault, systemCodeOf } from '../../base/errors.ts';
import { csvRecords, type Separator, separatorOf } from '../../visits/venue-list/csv-records.ts';
import { type ColumnMap, namesPeople, recognizeColumns } from '../../visits/venue-list/headings.ts';
import { decodeList, type ListEncoding } from '../../visits/venue-list/list-encoding.ts';
import type { MaybeBroken } from '../../visits/venue-list/plan-import.ts';
import type { Shell } from '../shell.ts';
import { columnsOf, type NeededColumns } from './list-columns.ts';

/** A list of places as a file has it. */
export interface VenueList {
  readonly encoding: ListEncoding;
  readonly separator: Separator;
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

/** Reads a list and determines its columns. Errors: `venue.file-unreadable`, `venue.not-csv`, and those of `columnsOf`. */
export async function readVenueList(
  shell: Shell,
  file: string,
  { needed, columns: given }: ListOptions,
): Promise<VenueList> {
  const bytes = await readList(shell, file);
  checkKind(bytes, file);
  const { text, encoding } = decodeList(bytes);
  const separator = separatorOf(text);
  const records = withoutTitle([...csvRecords(text, separator)]);
  const first = records[0]?.cells ?? [];
  const headed = !first.some((cell) => cell.replace(/\D/g, '').length >= 6);
  const columns = await columnsOf(shell, records, headed, given, needed);
  const isGiven = given !== undefined && /(?:^|,)\s*number\s*=/.test(given);
  return {
    encoding,
    separator,
    columns,
    headings: headed ? first : first.map(() => ''),
    records: headed ? records.slice(1) : records,
    namesPeople: headed && !isGiven && namesPeople(first, columns.number),
  };
}

/** Lines that may stand above the headings: a title, a date, who made the list. */
const mostAbove = 5;

function withoutTitle(records: readonly MaybeBroken[]): readonly MaybeBroken[] {
  const above = records
    .slice(0, mostAbove + 1)
    .findIndex(({ cells }) => recognizeColumns(cells).number !== undefined);
  return above > 0 ? records.slice(above) : records;
}

async function readList({ files }: Shell, file: string): Promise<Uint8Array> {
  try {
    return await files.read(file, mostBytes);
  } catch (error) {
    throw fault('venue.file-unreadable', { file, system: systemCodeOf(error) }, { cause: error });
  }
}

/** ZIP (xlsx), OLE 2 (xls), PDF. */
const otherKinds = ['504b0304', 'd0cf11e0', '25504446'];

function checkKind(bytes: Uint8Array, file: string): void {
  const magic = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  if (otherKinds.includes(magic) || bytes.length > mostBytes) throw fault('venue.not-csv', { file });
}
