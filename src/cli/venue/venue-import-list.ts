import { type AppError, fault, messageOf, systemCodeOf } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import {
  type CsvRecord,
  csvRecords,
  decodeList,
  type ListEncoding,
  type Separator,
  separatorOf,
} from '../../visits/venue-list/csv-records.ts';
import {
  type ColumnMap,
  type ColumnRole,
  columnAt,
  parseColumns,
  recognizeColumns,
} from '../../visits/venue-list/headings.ts';
import { venueImportWords } from '../../words/commands/venue-import.ts';
import { ask, atTerminal } from '../ask.ts';
import { type Shell, writeLine } from '../shell.ts';
import { formatTable } from '../text-table.ts';

/**
 * Which column is what: by `--columns`, by the headings, or by asking at the terminal. Errors:
 * `venue.columns`, `venue.wrong-columns`, `venue.empty-list`.
 */
export async function columnsOf(
  shell: Shell,
  records: readonly CsvRecord[],
  headed: boolean,
  given: string | undefined,
): Promise<ColumnMap> {
  const first = records[0]?.cells ?? [];
  if (given !== undefined) {
    const columns = parseColumns(given, first);
    if (columns === null) throw wrongColumns(given, first);
    return columns;
  }
  const { number, ...others } = headed ? recognizeColumns(first) : {};
  if (number !== undefined) return { number, ...others };
  if (first.length === 0) throw fault('venue.empty-list');
  if (!atTerminal(shell)) throw fault('venue.columns', { columns: columnsText(first) });
  return askColumns(shell, records.slice(0, 3));
}

async function askColumns(shell: Shell, sample: readonly CsvRecord[]): Promise<ColumnMap> {
  const words = venueImportWords[shell.language];
  const cells = sample[0]?.cells ?? [];
  const shown = cells.map((_, at) => [
    at + 1,
    ...sample.map((record) => printable(record.cells[at] ?? '').slice(0, 24)),
  ]);
  await writeLine(shell.stderr, words.shownColumns);
  await writeLine(
    shell.stderr,
    formatTable(['', ...sample.map(() => '')], shown)
      .slice(1)
      .join('\n'),
  );
  const answer = async (role: ColumnRole) => {
    const question = role === 'number' ? words.ask : words.askOptional;
    const typed = (await ask(shell, question(words.roles[role]))).trim();
    const column = columnAt(typed, cells);
    if (column === null && (typed !== '' || role === 'number')) throw wrongColumns(`${role}=${typed}`, cells);
    return column;
  };
  const number = (await answer('number')) ?? 0;
  const name = await answer('name');
  const address = await answer('address');
  return { number, ...(name === null ? {} : { name }), ...(address === null ? {} : { address }) };
}

const columnsText = (cells: readonly string[]) =>
  cells.map((cell, at) => `${at + 1} "${printable(cell).slice(0, 20)}"`).join(', ');

function wrongColumns(given: string, cells: readonly string[]): AppError {
  return fault('venue.wrong-columns', { given, columns: columnsText(cells) });
}

export interface VenueList {
  readonly encoding: ListEncoding;
  readonly separator: Separator;
  readonly columns: ColumnMap;
  /** The first line; empty cells if the list has no headings. */
  readonly headings: readonly string[];
  /** The lines below the headings. */
  readonly records: readonly CsvRecord[];
}

/** Some 200,000 places. */
const mostBytes = 64 * 1_048_576;

/**
 * Reads a list and determines its columns. Errors: `venue.file-unreadable`, `venue.not-csv`,
 * `venue.csv-quote`, and those of `columnsOf`.
 */
export async function readVenueList(
  shell: Shell,
  file: string,
  given: string | undefined,
): Promise<VenueList> {
  const bytes = await readList(shell, file);
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

async function readList({ files }: Shell, file: string): Promise<Uint8Array> {
  try {
    return await files.read(file, mostBytes);
  } catch (error) {
    const reason = systemCodeOf(error) ?? messageOf(error);
    throw fault('venue.file-unreadable', { file, reason }, { cause: error });
  }
}

/** ZIP (xlsx), OLE 2 (xls), PDF. */
const otherKinds = ['504b0304', 'd0cf11e0', '25504446'];

function checkKind(bytes: Uint8Array, file: string): void {
  const magic = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  if (otherKinds.includes(magic) || bytes.length > mostBytes) throw fault('venue.not-csv', { file });
}
