import { type AppError, exitCode, WordedError } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import type { CsvRecord } from '../../visits/venue-list/csv-records.ts';
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
 * Which column is what: by `--columns`, by the headings, or by asking who sits at the terminal. Errors:
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
  if (first.length === 0)
    throw new WordedError('venue.empty-list', 'the list has no line with a place', {
      exit: exitCode.nothing,
    });
  if (!atTerminal(shell)) throw unknownColumns(first);
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

function unknownColumns(cells: readonly string[]): AppError {
  const columns = columnsText(cells);
  return new WordedError('venue.columns', `no heading says which column is the number: ${columns}`, {
    hint: 'Say it, such as --columns number=2,name=1,address=4.',
    context: { columns },
    exit: exitCode.usage,
  });
}

function wrongColumns(given: string, cells: readonly string[]): AppError {
  const columns = columnsText(cells);
  return new WordedError(
    'venue.wrong-columns',
    `${JSON.stringify(given)} does not fit the columns ${columns}`,
    {
      hint: 'Say it as number=2,name=1,address=4, by place or by heading; the number is needed.',
      context: { given, columns },
      exit: exitCode.usage,
    },
  );
}
