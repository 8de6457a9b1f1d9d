import { readFile } from 'node:fs/promises';
import { exitCode, messageOf, systemCodeOf, WordedError } from '../../base/errors.ts';
import {
  type CsvRecord,
  csvRecords,
  type Separator,
  separatorOf,
} from '../../visits/venue-list/csv-records.ts';
import { decodeList, type ListEncoding } from '../../visits/venue-list/decode-list.ts';
import { type ColumnMap, recognizeColumns } from '../../visits/venue-list/headings.ts';
import type { Shell } from '../shell.ts';
import { columnsOf } from './venue-import-columns.ts';

/** A list of places as it was read. */
export interface VenueList {
  readonly encoding: ListEncoding;
  readonly separator: Separator;
  readonly columns: ColumnMap;
  /** The first line; empty cells where the list begins with a place. */
  readonly headings: readonly string[];
  /** What stands below the headings. */
  readonly records: readonly CsvRecord[];
}

/** Some 200,000 places; more is another file. */
const mostBytes = 64 * 1_048_576;

/**
 * Reads a list, and finds out which column is what. Errors: `venue.file-unreadable`, `venue.not-csv`,
 * `venue.csv-quote`, and those of `columnsOf`.
 */
export async function readVenueList(
  shell: Shell,
  file: string,
  given: string | undefined,
): Promise<VenueList> {
  const bytes = file === '-' ? await readInput(shell) : await readList(file);
  checkKind(bytes, file);
  const { text, encoding } = decodeList(bytes);
  const separator = separatorOf(text);
  const records = withoutTitle([...csvRecords(text, separator)]);
  const first = records[0]?.cells ?? [];
  const headed = !first.some((cell) => cell.replace(/\D/g, '').length >= 6);
  const columns = await columnsOf(shell, records, headed, given);
  return {
    encoding,
    separator,
    columns,
    headings: headed ? first : first.map(() => ''),
    records: headed ? records.slice(1) : records,
  };
}

/** Lines that may stand above the headings: a title, a date, who made the list. */
const mostAbove = 5;

function withoutTitle(records: readonly CsvRecord[]): readonly CsvRecord[] {
  const above = records
    .slice(0, mostAbove + 1)
    .findIndex(({ cells }) => recognizeColumns(cells).number !== undefined);
  return above > 0 ? records.slice(above) : records;
}

async function readList(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    const reason = systemCodeOf(error) ?? messageOf(error);
    throw new WordedError('venue.file-unreadable', `${file} cannot be read: ${reason}`, {
      context: { file, reason },
      exit: exitCode.usage,
      cause: error,
    });
  }
}

async function readInput({ stdin }: Shell): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk as Uint8Array | string));
  return Buffer.concat(chunks);
}

/** ZIP (xlsx), OLE 2 (xls), PDF. */
const otherKinds = ['504b0304', 'd0cf11e0', '25504446'];

function checkKind(bytes: Uint8Array, file: string): void {
  const magic = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  if (!otherKinds.includes(magic) && bytes.length <= mostBytes) return;
  throw new WordedError('venue.not-csv', `${file} is not a CSV file`, {
    hint: 'In the spreadsheet choose "Save as", "CSV (comma delimited)".',
    context: { file },
    exit: exitCode.usage,
  });
}
