import { type Command, Option } from 'commander';
import { AppError, type ExitCode, exitCode } from '../base/errors.ts';
import type { CsvWriter } from '../export/csv.ts';
import type { RowWriter } from '../export/writer.ts';
import type { StoredVisit, Stream, VisitQuery } from '../store/register-types.ts';
import type { Invocation, Runner } from './invocation.ts';
import { type Shell, writeLine } from './shell.ts';

interface ExportFlags {
  readonly from: string;
  readonly to: string;
  readonly venue?: readonly string[];
  readonly line?: string;
  readonly format: 'csv' | 'jsonl';
  readonly encoding: 'utf-8' | 'cp949';
  readonly output: string;
  readonly force?: boolean;
  readonly reveal?: boolean;
  readonly reason?: string;
  readonly case?: string;
}

export function defineExport(program: Command, run: Runner): void {
  program
    .command('export')
    .description('visits in a window of time, by venue or all')
    .requiredOption('--from <time>', '2026-11-23, "2026-11-23 14:00", ISO 8601, or -48h before now')
    .requiredOption('--to <time>', 'the same; exclusive')
    .option('--venue <number>', 'a telephone number or an issued code; may be repeated', collect)
    .option('--line <name>', 'only texts that this line received')
    .addOption(new Option('--format <format>', 'form of the output').choices(['csv', 'jsonl']).default('csv'))
    .addOption(new Option('--encoding <name>', 'of csv').choices(['utf-8', 'cp949']).default('utf-8'))
    .option('--output <file>', 'file, or - for standard output', '-')
    .option('--force', 'replace the file')
    .option('--reveal', "show visitors' numbers whole; needs --reason, and is recorded")
    .option('--reason <text>', 'why the numbers are needed')
    .option('--case <number>', 'the case that they are needed for')
    .addHelpText('after', examples)
    .action(run(exportVisits));
}

const examples = `
Examples:
  visitlog export --from -48h --to -0h
  visitlog export --from 2026-11-20 --to 2026-11-22 --venue 031-324-2114 --reveal \\
      --reason "contact tracing" --case 2026-118 --output contacts.csv`;

async function exportVisits(invocation: Invocation, flags: ExportFlags): Promise<ExitCode> {
  const { shell, globals } = invocation;
  const { loadConfig } = await import('../config/load.ts');
  const { openRegisterOf } = await import('./register-of.ts');
  const { openZone } = await import('../export/zone.ts');
  const { parseWindow } = await import('../export/window.ts');
  const { openDestination } = await import('../export/open-destination.ts');
  const { writeExport } = await import('../export/export.ts');
  if (flags.reveal) requireReason(flags);
  const { config } = await loadConfig({ file: globals.config, env: shell.env });
  const zone = openZone(config.timeZone);
  const window = parseWindow(flags.from, flags.to, { zone, nowMs: shell.clock.wallMs() });
  const venues = await venuesOf(flags.venue ?? [], config.numbering.areaCode);
  const query: VisitQuery = {
    ...window,
    ...(venues.length > 0 ? { venues } : {}),
    ...(flags.line === undefined ? {} : { line: flags.line }),
  };
  const register = openRegisterOf(config, shell.clock, flags.reveal ? 'tool' : 'reader');
  try {
    const visits = register.visits(query);
    const rows = nonEmpty(visits);
    const destination = await openDestination(flags.output, {
      stdout: shell.stdout,
      force: flags.force ?? false,
    });
    const writer = await writerOf(flags, config.timeZone);
    const result = await writeExport(rows, writer, destination, shell.signal);
    await tellRest(shell, flags, result.rows, visits, writer);
    return exitCode.done;
  } finally {
    register.close();
  }
}

function requireReason({ reason }: ExportFlags): string {
  if (reason?.trim()) return reason.trim();
  throw new AppError('export.no-reason', '--reveal needs --reason', {
    hint: 'Say in a few words why the numbers are needed; it is recorded with your name.',
    exit: exitCode.refused,
  });
}

async function venuesOf(typed: readonly string[], areaCode: string): Promise<string[]> {
  const { parseVenue } = await import('../visits/parse-venue.ts');
  return typed.map((text) => {
    const venue = parseVenue(text, areaCode);
    if (venue !== null) return venue;
    throw new AppError('export.venue', `--venue ${JSON.stringify(text)} is no number of a place`, {
      hint: 'Type it as on its sign, 031-324-2114, or give its six-digit code.',
      exit: exitCode.usage,
    });
  });
}

/** The rows, once it is sure that there is one: an empty answer is told, not written. */
function nonEmpty(visits: Stream<StoredVisit>): Iterable<StoredVisit> {
  const rows = visits[Symbol.iterator]();
  const first = rows.next();
  if (first.done) throw new AppError('export.nothing', 'no visit matches', { exit: exitCode.nothing });
  return (function* () {
    yield first.value;
    for (let row = rows.next(); !row.done; row = rows.next()) yield row.value;
  })();
}

async function writerOf(flags: ExportFlags, timeZone: string): Promise<RowWriter> {
  const { rowFormat } = await import('../export/columns.ts');
  const { openZone } = await import('../export/zone.ts');
  const format = rowFormat({ zone: openZone(timeZone), reveal: flags.reveal ?? false });
  if (flags.format === 'jsonl') return (await import('../export/jsonl.ts')).jsonlWriter(format);
  return (await import('../export/csv.ts')).csvWriter(format, flags.encoding);
}

async function tellRest(
  shell: Shell,
  flags: ExportFlags,
  rows: number,
  visits: Stream<StoredVisit>,
  writer: RowWriter,
): Promise<void> {
  const tell = (text: string) => writeLine(shell.stderr, `visitlog: ${text}`);
  if (flags.output !== '-') await tell(`${counted(rows, 'visit')} written to ${flags.output}`);
  if (visits.unreadable > 0)
    await tell(`warning: ${counted(visits.unreadable, 'row')} could not be read and was left out`);
  const substituted = 'substituted' in writer ? (writer as CsvWriter).substituted() : 0;
  if (substituted > 0)
    await tell(`warning: ${counted(substituted, 'character')} that CP949 lacks, written as 〓`);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
