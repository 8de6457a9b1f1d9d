import stringWidth from 'string-width';
import { printable, printableJson } from '../../base/printable.ts';
import {
  type CountCell,
  type CountTable,
  countColumns,
  countJson,
  isHidden,
  shownCount,
} from '../../export/counts/count-groups.ts';
import { writeExport } from '../../export/export.ts';
import { writeContent } from '../../export/to/destination.ts';
import { formatNational } from '../../visits/phone-number.ts';
import type { Language } from '../../words/bilingual.ts';
import { countsWords } from '../../words/commands/counts.ts';
import { windowWords } from '../../words/commands/window.ts';
import { formatCount } from '../../words/counted.ts';
import type { Configured } from '../configured.ts';
import { openOutput } from '../officer/officer-file.ts';
import { spokenCsv } from '../officer/spoken-csv.ts';
import { writeLine } from '../shell.ts';
import { formatTable } from '../text-table.ts';

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const levels = [...'▁▂▃▄▅▆▇█'];

/** A bar, `width` columns long if `value` is `most`; whatever is not 0 can be seen. */
export function bar(value: number, most: number, width: number): string {
  if (value <= 0 || most <= 0) return '';
  const parts = Math.max(1, Math.round((value / most) * width * 8));
  return '█'.repeat(parts >> 3) + (eighths[parts & 7] ?? '');
}

/** Stands for what cannot be known. */
const unknown = '·';

/** Values as a row of columns, one character each; a blank stands for 0, a point for what cannot be known. */
export function columnsOf(values: readonly (number | null)[], most: number): string {
  return values.map((value) => (value === null ? unknown : level(value, most))).join('');
}

function level(value: number, most: number): string {
  if (value <= 0 || most <= 0) return ' ';
  return levels[Math.min(levels.length, Math.max(1, Math.ceil((value / most) * levels.length))) - 1] ?? ' ';
}

const widestName = 24;
const widestBar = 40;
const narrowestBar = 8;
const hoursOfDay = 24;

interface TableLook {
  readonly language: Language;
  /** Columns of the terminal. */
  readonly width: number;
  /** True if it leaves the terminal: small numbers are hidden, with their bars and with all sums. */
  readonly exported: boolean;
}

/**
 * The counts as lines of text, with a bar for each row. If days or places are counted by hour too, each has one row
 * with the hours of the day as columns.
 */
export function countsTable(table: CountTable, look: TableLook): string[] {
  const isProfile = table.by.includes('hour') && table.by.length > 1;
  const drawn = isProfile ? profiles(table, look) : bars(table, look);
  const hasUnknown = isProfile && table.cells.some(({ visits }) => visits === null);
  const lines = hasUnknown ? [...drawn, countsWords[look.language].unknown(unknown)] : drawn;
  if (look.exported) return lines;
  const total = table.cells.reduce((sum, { visits }) => sum + (visits ?? 0), 0);
  return [...lines, countsWords[look.language].total(formatCount(total))];
}

function bars({ cells, by, smallest }: CountTable, { language, width, exported }: TableLook): string[] {
  const { heads } = countsWords[language];
  const hides = ({ visits }: CountCell) => exported && isHidden(visits, smallest);
  const sorted = by.includes('venue') && !by.includes('day') ? cells.toSorted(byVisits) : cells;
  const most = highest(cells.map(({ visits }) => visits ?? 0));
  const labels = sorted.map((cell) => labelOf(cell, by));
  const { states } = windowWords[language];
  // Of a sum over days the window says it.
  const part = by.includes('day') && cells.some(({ state }) => state === 'part') ? `(${states.part})` : '';
  const numbers = sorted.map((cell) => {
    if (cell.visits === null) return states[cell.state];
    return hides(cell) ? shownCount(cell.visits, smallest) : formatCount(cell.visits);
  });
  const widest = highest([...numbers, heads.visits].map((text) => stringWidth(text)));
  const head = headOf(by, language);
  const taken = formatTable(
    [...head, heads.visits],
    labels.map((label, at) => [...label, numbers[at] ?? '']),
  );
  const left =
    width - 2 - (part === '' ? 0 : stringWidth(part) + 1) - highest(taken.map((line) => stringWidth(line)));
  const barWidth = Math.min(widestBar, Math.max(narrowestBar, left));
  return formatTable(
    [...head, rightOf(heads.visits, widest), ''],
    sorted.map((cell, at) => [
      ...(labels[at] ?? []),
      rightOf(numbers[at] ?? '', widest),
      [hides(cell) ? '' : bar(cell.visits ?? 0, most, barWidth), cell.state === 'part' ? part : '']
        .filter((text) => text !== '')
        .join(' '),
    ]),
  );
}

/** One row for each day or place, with its hours from 0 to 23 side by side, scaled to the highest of all. */
function profiles(table: CountTable, { language, exported }: TableLook): string[] {
  const { heads } = countsWords[language];
  const rest = table.by.filter((dimension) => dimension !== 'hour');
  const rows = profileRows(table, exported);
  const sorted = rest.includes('day') ? rows : rows.toSorted((a, b) => b.sum - a.sum);
  const most = highest(rows.flatMap(({ hours }) => hours.map((visits) => visits ?? 0)));
  const sums = sorted.map(({ sum }) => formatCount(sum));
  const widest = highest([...sums, heads.visits].map((text) => stringWidth(text)));
  return formatTable(
    [...headOf(rest, language), ...(exported ? [] : [rightOf(heads.visits, widest)]), heads.hours],
    sorted.map(({ cell, hours }, at) => [
      ...labelOf(cell, rest),
      ...(exported ? [] : [rightOf(sums[at] ?? '', widest)]),
      columnsOf(hours, most),
    ]),
  );
}

interface ProfileRow {
  readonly cell: CountCell;
  readonly hours: (number | null)[];
  sum: number;
}

function profileRows({ cells, smallest }: CountTable, exported: boolean): ProfileRow[] {
  const rows = new Map<string, ProfileRow>();
  for (const cell of cells) {
    const key = `${cell.day} ${cell.venue}`;
    const row = rows.get(key) ?? { cell, hours: new Array<number | null>(hoursOfDay).fill(0), sum: 0 };
    rows.set(key, row);
    if (exported && isHidden(cell.visits, smallest)) continue;
    row.hours[cell.hour ?? 0] = cell.visits;
    row.sum += cell.visits ?? 0;
  }
  return [...rows.values()];
}

function headOf(by: CountTable['by'], language: Language): string[] {
  const { heads } = countsWords[language];
  return [
    ...(by.includes('day') ? [heads.day] : []),
    ...(by.includes('hour') ? [heads.hour] : []),
    ...(by.includes('venue') ? [heads.venue, heads.name] : []),
  ];
}

function labelOf({ day, hour, venue, venueName }: CountCell, by: CountTable['by']): string[] {
  return [
    ...(by.includes('day') ? [day ?? ''] : []),
    ...(by.includes('hour') ? [`${String(hour).padStart(2, '0')}:00`] : []),
    ...(by.includes('venue') ? [formatNational(venue ?? ''), shortened(printable(venueName ?? ''))] : []),
  ];
}

/** Cut to `widestName` columns; Hangul takes two columns. */
function shortened(text: string): string {
  if (stringWidth(text) <= widestName) return text;
  let cut = '';
  for (const character of text) {
    if (stringWidth(cut + character) >= widestName) break;
    cut += character;
  }
  return `${cut}…`;
}

function rightOf(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - stringWidth(text))) + text;
}

/** Does not spread into Math.max: a city has more places than a call may have arguments. */
function highest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

function byVisits(a: CountCell, b: CountCell): number {
  return (b.visits ?? 0) - (a.visits ?? 0);
}

/** The options of the form and the destination. */
export interface CountsOutput {
  readonly format: 'table' | 'csv' | 'json';
  /** A file's name, or `-`. */
  readonly output: string;
  readonly force?: boolean;
}

/** Writes counts that may be handed on, so small numbers are hidden, and the command says so. */
export async function exportCounts(
  invocation: Configured,
  flags: CountsOutput,
  table: CountTable,
): Promise<void> {
  const { shell } = invocation;
  const words = countsWords[shell.language];
  await writeCells(invocation, flags, table);
  const hidden = table.cells.filter(({ visits }) => isHidden(visits, table.smallest)).length;
  const print = (text: string) => writeLine(shell.stderr, `visitlog: ${text}`);
  if (flags.output !== '-') await print(words.written(table.cells.length, flags.output));
  if (hidden > 0) await print(words.hidden(hidden, table.smallest));
}

const pipedWidth = 80;

async function writeCells(
  invocation: Configured,
  { format, output, force }: CountsOutput,
  table: CountTable,
): Promise<void> {
  const { shell } = invocation;
  // What cannot be put together makes no file.
  const text = format === 'csv' ? null : textOf(invocation, format, table);
  const destination = await openOutput(shell, output, force);
  if (text !== null) await writeContent(destination, Buffer.from(`${text}\n`));
  // A city's week is eight megabytes: a piece at a time, so that they are not put together and copied.
  else
    await writeExport(
      table.cells,
      spokenCsv(countColumns(table.by, table.smallest), invocation),
      destination,
    );
}

function textOf({ shell, zone }: Configured, format: 'table' | 'json', table: CountTable): string {
  if (format === 'json') return printableJson(countJson(table, zone));
  const { language } = shell;
  return countsTable(table, { language, width: pipedWidth, exported: true }).join('\n');
}
