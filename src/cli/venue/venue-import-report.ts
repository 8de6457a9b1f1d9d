import { printable, printableJson } from '../../base/printable.ts';
import type { Zone } from '../../base/zone.ts';
import { csvWriter } from '../../export/csv.ts';
import { writeContent } from '../../export/to/destination.ts';
import type { Column } from '../../export/visit-columns.ts';
import { formatNational } from '../../visits/phone-number.ts';
import type { DoubtfulLine, ImportPlan } from '../../visits/venue-list/plan-import.ts';
import { venueImportWords } from '../../words/commands/venue-import.ts';
import { openOutput } from '../officer/officer-file.ts';
import { type Shell, writeLine } from '../shell.ts';
import { formatTable } from '../text-table.ts';
import type { VenueList } from './venue-import-list.ts';

export interface ImportReportFlags {
  readonly dryRun?: boolean;
  readonly rejects?: string;
  readonly json?: boolean;
}

const mostShown = 20;

/** Prints what was taken, changed and left, and which lines are doubtful. */
export async function writeReport(
  shell: Shell,
  flags: ImportReportFlags,
  list: VenueList,
  plan: ImportPlan,
): Promise<void> {
  if (flags.json)
    return writeLine(shell.stdout, printableJson(reportJson(list, plan, flags.dryRun ?? false)));
  const words = venueImportWords[shell.language];
  const { outcomes, doubtful, restored, shared } = plan;
  const counts = Object.entries(words.outcomes).map(([outcome, name]) => [
    name,
    outcomes[outcome as keyof typeof outcomes],
  ]);
  const lines = [
    words.read(plan.lines, words.encodings[list.encoding], words.separators[list.separator]),
    ...columnLines(shell, list),
    ...(flags.dryRun ? [words.dryRun] : []),
    ...formatTable(['', ''], [...counts, [words.doubtful, doubtful.length]] as [string, number][])
      .slice(1)
      .map((line) => `  ${line}`),
    ...(restored > 0 ? [words.restored(restored)] : []),
    ...(shared.length > 0 ? [words.shared(shared.length), ...sharedLines(shell, plan)] : []),
    ...(doubtful.length > 0 ? doubtfulLines(shell, flags, list, plan) : []),
  ];
  await writeLine(shell.stdout, lines.join('\n'));
}

function columnLines(shell: Shell, { columns, headings }: VenueList): string[] {
  const words = venueImportWords[shell.language];
  return (['number', 'name', 'address'] as const).flatMap((role) => {
    const at = columns[role];
    if (at === undefined) return [];
    return [`  ${words.column(words.roles[role], at + 1, printable(headings[at] ?? '') || null)}`];
  });
}

function sharedLines(shell: Shell, { shared }: ImportPlan): string[] {
  const words = venueImportWords[shell.language];
  return shared
    .slice(0, mostShown)
    .map(({ number, lines }) => `  ${words.sharedLine(formatNational(number), lines.join(', '))}`);
}

function doubtfulLines(
  shell: Shell,
  flags: ImportReportFlags,
  { columns }: VenueList,
  { doubtful }: ImportPlan,
): string[] {
  const words = venueImportWords[shell.language];
  const rows = doubtful.slice(0, mostShown).map(({ record, doubt }) => {
    const cell = (at: number | undefined) => printable(at === undefined ? '' : (record.cells[at] ?? ''));
    return [words.line(record.line), cell(columns.number), cell(columns.name), words.doubts[doubt]];
  });
  const further = doubtful.length - rows.length;
  return [
    `${words.doubtful}:`,
    ...formatTable(['', '', '', ''], rows)
      .slice(1)
      .map((line) => `  ${line}`),
    ...(further > 0 && flags.rejects === undefined ? [`  ${words.further(further)}`] : []),
  ];
}

function reportJson(list: VenueList, plan: ImportPlan, dryRun: boolean): object {
  const { lines, outcomes, doubtful, restored, shared } = plan;
  return {
    dry_run: dryRun,
    encoding: list.encoding,
    separator: list.separator,
    columns: Object.fromEntries(Object.entries(list.columns).map(([role, at]) => [role, at + 1])),
    lines,
    ...outcomes,
    leading_zeros_restored: restored,
    shared: shared.map((one) => ({ ...one, number: formatNational(one.number) })),
    doubtful: doubtful.map(({ record, doubt }) => ({ line: record.line, why: doubt, cells: record.cells })),
  };
}

interface RejectFlags {
  readonly rejects: string;
  readonly force?: boolean;
  readonly zone: Zone;
}

/** Writes the doubtful lines as they are, each with its number and why: corrected there, they can be imported. */
export async function writeRejects(
  shell: Shell,
  { rejects, force = false, zone }: RejectFlags,
  list: VenueList,
  { doubtful }: ImportPlan,
): Promise<void> {
  const words = venueImportWords[shell.language];
  const columns: Column<DoubtfulLine>[] = [
    ...list.headings.map((heading, at): Column<DoubtfulLine> => {
      const key = heading === '' ? headingOf(list, at) : heading;
      return { key, kind: 'text', width: 20, value: ({ record }) => record.cells[at] ?? '' };
    }),
    { key: words.rejectHeads.line, kind: 'number', width: 8, value: ({ record }) => record.line },
    { key: words.rejectHeads.why, kind: 'text', width: 40, value: ({ doubt }) => words.doubts[doubt] },
  ];
  const encoding = list.encoding === 'cp949' ? 'cp949' : 'utf-8';
  const writer = csvWriter(columns, { zone, encoding });
  const destination = await openOutput(shell, rejects, force);
  await writeContent(destination, Buffer.concat([writer.begin(), writer.rows(doubtful), writer.end()]));
  if (rejects !== '-') await writeLine(shell.stderr, `visitlog: ${words.rejected(doubtful.length, rejects)}`);
}

/** A list without headings gets headings by which `venue import` knows its columns again. */
function headingOf({ columns }: VenueList, at: number): string {
  const role = (['number', 'name', 'address'] as const).find((one) => columns[one] === at);
  return role ?? `column ${at + 1}`;
}
