import { printable, printableJson } from '../../base/printable.ts';
import type { PlaceChange } from '../../store/records.ts';
import { formatNational } from '../../visits/phone-number.ts';
import { columnRoles } from '../../visits/venue-list/headings.ts';
import {
  type DoubtfulLine,
  doubtOrder,
  type ImportPlan,
  type LineDoubt,
} from '../../visits/venue-list/plan-import.ts';
import { venueImportWords } from '../../words/commands/venue-import.ts';
import { formatCount } from '../../words/counted.ts';
import { type Shell, writeLine } from '../shell.ts';
import { formatTable } from '../text-table.ts';
import type { VenueList } from './list-file.ts';
import { changeJson, changeLine } from './venue-change-text.ts';

export interface ImportReportFlags {
  readonly dryRun?: boolean;
  readonly rejects?: string;
  readonly json?: boolean;
}

/** Of a report; a dry run shows every change. */
const mostShown = 20;
const mostOfReason = 8;

/** Prints what was taken, changed and left, and which lines are doubtful. */
export async function writeReport(
  shell: Shell,
  flags: ImportReportFlags,
  list: VenueList,
  plan: ImportPlan,
  gone: readonly PlaceChange[],
): Promise<void> {
  if (flags.json)
    return writeLine(shell.stdout, printableJson(reportJson(list, plan, gone, flags.dryRun ?? false)));
  const words = venueImportWords[shell.language];
  const lines = [
    readLine(shell, list, plan.lines),
    ...(list.form.kind === 'xlsx' && list.form.others.length > 0
      ? [words.otherSheets(list.form.others.map(printable).join(', '))]
      : []),
    ...columnLines(shell, list),
    ...(flags.dryRun ? [words.dryRun] : []),
    ...countLines(shell, plan),
    ...stateLines(shell, plan),
    ...(plan.restored > 0 ? [words.restored(plan.restored)] : []),
    ...changeLines(shell, flags, plan),
    ...goneLines(shell, flags, gone),
    ...(plan.shared.length > 0 ? [words.shared(plan.shared.length), ...sharedLines(shell, plan)] : []),
    ...doubtfulLines(shell, flags, list, plan),
  ];
  await writeLine(shell.stdout, lines.join('\n'));
}

function readLine({ language }: Shell, { form }: VenueList, lines: number): string {
  const words = venueImportWords[language];
  if (form.kind === 'xlsx') return words.readSheet(lines, printable(form.sheet));
  return words.read(lines, words.encodings[form.encoding], words.separators[form.separator]);
}

function columnLines(shell: Shell, { columns, headings }: VenueList): string[] {
  const words = venueImportWords[shell.language];
  return columnRoles.flatMap((role) => {
    const at = columns[role];
    if (at === undefined) return [];
    return [`  ${words.column(words.roles[role], at + 1, printable(headings[at] ?? '') || null)}`];
  });
}

function countLines(shell: Shell, { outcomes, closed, doubtful }: ImportPlan): string[] {
  const words = venueImportWords[shell.language];
  const counts = Object.entries(words.outcomes).map(([outcome, name]): [string, number] => [
    name,
    outcomes[outcome as keyof typeof outcomes],
  ]);
  const leftOut: [string, number][] = closed.size > 0 ? [[words.closed, sumOf(closed)]] : [];
  return indented(formatTable(['', ''], [...counts, ...leftOut, [words.doubtful, doubtful.length]]).slice(1));
}

function stateLines(shell: Shell, { closed, unknownStates }: ImportPlan): string[] {
  const words = venueImportWords[shell.language];
  const listed = (counts: ReadonlyMap<string, number>) =>
    [...counts].map(([state, count]) => `${printable(state)} ${formatCount(count)}`).join(' · ');
  return [
    ...(closed.size > 0 ? [words.closedBy(listed(closed))] : []),
    ...(unknownStates.size > 0 ? [words.unknownStates(listed(unknownStates))] : []),
  ];
}

/** What was there and what is there now, of every place that was not new. */
function changeLines(shell: Shell, { dryRun = false }: ImportReportFlags, { changes }: ImportPlan): string[] {
  const words = venueImportWords[shell.language];
  const told = changes.filter(({ before }) => before !== null);
  if (told.length === 0) return [];
  const shown = told.slice(0, dryRun ? told.length : mostShown);
  const further = told.length - shown.length;
  return [
    words.changes(told.length),
    ...indented(shown.map((change) => changeLine(change, shell.language))),
    ...(further > 0 ? [`  ${words.furtherChanges(further)}`] : []),
  ];
}

/** Places that are registered no more, because the list does not have them (`--replace`). */
function goneLines(
  shell: Shell,
  { dryRun = false }: ImportReportFlags,
  gone: readonly PlaceChange[],
): string[] {
  if (gone.length === 0) return [];
  const words = venueImportWords[shell.language];
  const shown = gone.slice(0, dryRun ? gone.length : mostShown);
  const further = gone.length - shown.length;
  return [
    words.gone(gone.length),
    ...indented(shown.map((change) => changeLine(change, shell.language))),
    ...(further > 0 ? [`  ${words.furtherChanges(further)}`] : []),
  ];
}

function sharedLines(shell: Shell, { shared }: ImportPlan): string[] {
  const words = venueImportWords[shell.language];
  return shared
    .slice(0, mostShown)
    .map(({ number, lines }) => `  ${words.sharedLine(formatNational(number), lines.join(', '))}`);
}

/** Each reason with its sum; what needs eyes first, and the places without a phone, which only need a code, last. */
function doubtfulLines(
  shell: Shell,
  { rejects }: ImportReportFlags,
  { columns }: VenueList,
  { doubtful }: ImportPlan,
): string[] {
  if (doubtful.length === 0) return [];
  const words = venueImportWords[shell.language];
  const cell = ({ record }: DoubtfulLine, at: number | undefined) =>
    printable(at === undefined ? '' : (record.cells[at] ?? '')).slice(0, 60);
  const reasons = [...byReason(doubtful)].flatMap(([doubt, lines]) => {
    const shown = doubt === 'no-number' ? [] : lines.slice(0, mostOfReason);
    const rows = shown.map((line) => [
      words.line(line.record.line),
      cell(line, columns.number),
      cell(line, columns.name),
    ]);
    return [
      `  ${formatCount(lines.length)}  ${words.doubts[doubt]}`,
      ...indented(indented(formatTable(['', '', ''], rows).slice(1))),
    ];
  });
  return [`${words.doubtful}:`, ...reasons, ...(rejects === undefined ? [words.further] : [])];
}

function byReason(doubtful: readonly DoubtfulLine[]): Map<LineDoubt, DoubtfulLine[]> {
  const sorted = new Map<LineDoubt, DoubtfulLine[]>();
  for (const doubt of doubtOrder) {
    const lines = doubtful.filter((line) => line.doubt === doubt);
    if (lines.length > 0) sorted.set(doubt, lines);
  }
  return sorted;
}

const indented = (lines: readonly string[]) => lines.map((line) => `  ${line}`);
const sumOf = (counts: ReadonlyMap<string, number>) =>
  [...counts.values()].reduce((sum, one) => sum + one, 0);

function reportJson(
  list: VenueList,
  plan: ImportPlan,
  gone: readonly PlaceChange[],
  dryRun: boolean,
): object {
  const { lines, outcomes, doubtful, restored, shared, closed, unknownStates, changes } = plan;
  return {
    dry_run: dryRun,
    encoding: list.form.kind === 'csv' ? list.form.encoding : null,
    separator: list.form.kind === 'csv' ? list.form.separator : null,
    sheet: list.form.kind === 'xlsx' ? list.form.sheet : null,
    columns: Object.fromEntries(Object.entries(list.columns).map(([role, at]) => [role, at + 1])),
    lines,
    ...outcomes,
    removed: gone.length,
    closed: sumOf(closed),
    closed_states: Object.fromEntries(closed),
    unknown_states: Object.fromEntries(unknownStates),
    leading_zeros_restored: restored,
    changes: [...changes.filter(({ before }) => before !== null), ...gone].map(changeJson),
    shared: shared.map((one) => ({ ...one, number: formatNational(one.number) })),
    doubtful_reasons: Object.fromEntries(
      [...byReason(doubtful)].map(([doubt, { length }]) => [doubt, length]),
    ),
    doubtful: doubtful.map(({ record, doubt }) => ({ line: record.line, why: doubt, cells: record.cells })),
  };
}
