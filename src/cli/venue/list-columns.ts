import { type AppError, fault } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import type { ListRecord } from '../../visits/venue-list/csv-records.ts';
import {
  type ColumnMap,
  type ColumnRole,
  columnAt,
  columnRoles,
  type GivenColumns,
  parseColumns,
  recognizeColumns,
} from '../../visits/venue-list/headings.ts';
import { venueImportWords } from '../../words/commands/venue-import.ts';
import { ask, atTerminal } from '../ask.ts';
import { type Shell, writeLine } from '../shell.ts';
import { formatTable } from '../text-table.ts';

/** What a command needs of a list: places' numbers alone, or their names too. */
export type NeededColumns = 'number' | 'number and name';

/**
 * Which column is what: by `--columns`, by the headings, or by asking at the terminal. Errors:
 * `venue.columns`, `venue.no-name-column`, `venue.wrong-columns`, `venue.empty-list`.
 */
export async function columnsOf(
  shell: Shell,
  records: readonly ListRecord[],
  headed: boolean,
  option: string | undefined,
  needed: NeededColumns,
): Promise<ColumnMap> {
  const first = records[0]?.cells ?? [];
  if (first.length === 0) throw fault('venue.empty-list');
  const given: GivenColumns | null = option === undefined ? {} : parseColumns(option, first);
  if (given === null) throw wrongColumns(option ?? '', first);
  const found = { ...(headed ? recognizeColumns(first) : {}), ...given };
  // A plain list of numbers, one a line.
  const number = found.number ?? (needed === 'number' && first.length === 1 ? 0 : undefined);
  const missing = number === undefined || (needed === 'number and name' && found.name === undefined);
  if (!missing) return columnMap(number ?? 0, found);
  if (!atTerminal(shell)) {
    const facts = { columns: columnsText(first) };
    throw number === undefined ? fault('venue.columns', facts) : fault('venue.no-name-column', facts);
  }
  return askColumns(shell, records.slice(0, 3), found, needed);
}

function columnMap(number: number, found: GivenColumns): ColumnMap {
  const others = columnRoles.flatMap((role) => {
    const at = found[role];
    return role === 'number' || at === undefined || at === null ? [] : [[role, at] as const];
  });
  return { number, ...Object.fromEntries(others) };
}

/** Asks for what neither the headings nor `--columns` say. */
async function askColumns(
  shell: Shell,
  sample: readonly ListRecord[],
  found: GivenColumns,
  needed: NeededColumns,
): Promise<ColumnMap> {
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
    const known = found[role];
    if (known !== undefined) return known;
    const question = role === 'number' ? words.ask : words.askOptional;
    const typed = (await ask(shell, question(words.roles[role]))).trim();
    const column = columnAt(typed, cells);
    if (column === null && (typed !== '' || role === 'number')) throw wrongColumns(`${role}=${typed}`, cells);
    return column;
  };
  const number = (await answer('number')) ?? 0;
  if (needed === 'number') return columnMap(number, found);
  const name = await answer('name');
  const address = await answer('address');
  return columnMap(number, { ...found, name, address });
}

const columnsText = (cells: readonly string[]) =>
  cells.map((cell, at) => `${at + 1} "${printable(cell).slice(0, 20)}"`).join(', ');

function wrongColumns(given: string, cells: readonly string[]): AppError {
  return fault('venue.wrong-columns', { given, columns: columnsText(cells) });
}
