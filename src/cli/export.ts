import { type Command, Option } from 'commander';
import { AppError, type ExitCode, exitCode } from '../base/errors.ts';
import type { Config } from '../config/config.ts';
import type { ActStart } from '../store/audit/audit-types.ts';
import type { Register, RegisterOptions, VisitQuery } from '../store/register-types.ts';
import type { ExportFlags } from './export-write.ts';
import type { Invocation, Runner } from './invocation.ts';
import { collect } from './option-values.ts';
import { type Shell, writeLine } from './shell.ts';
import type { Language } from './words/bilingual.ts';
import { summaries } from './words/summaries.ts';

export function defineExport(program: Command, run: Runner, language: Language): void {
  program
    .command('export')
    .description(summaries[language].export)
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

async function exportVisits({ shell, globals }: Invocation, flags: ExportFlags): Promise<ExitCode> {
  const { loadConfig } = await import('../config/load.ts');
  const { openRegisterOf, registerOptionsOf } = await import('./register-of.ts');
  const { openAudit } = await import('../store/audit/audit.ts');
  const { startOf } = await import('./audited.ts');
  const { scopeOf } = await import('./export-scope.ts');
  const { writeVisits } = await import('./export-write.ts');
  const { config } = await loadConfig({ file: globals.config, env: shell.env });
  const query = await queryOf(flags, config, shell);
  const { reason, case: caseNumber, reveal = false, format, output } = flags;
  const deedOf = (register: Register | null) => ({
    command: 'export',
    scope: scopeOf(register, query, { revealed: reveal, format, output, stdout: shell.stdout }),
    reason,
    case: caseNumber,
  });
  const options = registerOptionsOf(config, shell.clock, 'tool');
  if (reveal && !reason?.trim()) throw await refusal(options, await startOf(shell, deedOf(null)));
  const audit = openAudit(options);
  try {
    // The log has a connection of its own, so the register needs no right but to be read.
    const register = openRegisterOf(config, shell.clock, 'reader');
    try {
      const start = await startOf(shell, deedOf(register));
      await tellMasked(shell, flags, start);
      const { timeZone } = config;
      await writeVisits({ shell, flags, timeZone, visits: register.visitBatches(query), audit, start });
      return exitCode.done;
    } finally {
      register.close();
    }
  } finally {
    audit.close();
  }
}

async function queryOf(flags: ExportFlags, config: Config, shell: Shell): Promise<VisitQuery> {
  const { openZone } = await import('../export/zone.ts');
  const { parseWindow } = await import('../export/window.ts');
  const zone = openZone(config.timeZone);
  const window = parseWindow(flags.from, flags.to, { zone, nowMs: shell.clock.wallMs() });
  const venues = await venuesOf(flags.venue ?? [], config.numbering.areaCode);
  return {
    ...window,
    ...(venues.length > 0 ? { venues } : {}),
    ...(flags.line === undefined ? {} : { line: flags.line }),
  };
}

/** The refusal, which is recorded where that is possible. */
async function refusal(options: RegisterOptions, start: ActStart): Promise<AppError> {
  const { recordRefusal } = await import('./audited.ts');
  await recordRefusal(options, start, 'export.no-reason');
  return new AppError('export.no-reason', '--reveal needs --reason', {
    hint: 'Say in a few words why the numbers are needed; it is recorded with your name.',
    exit: exitCode.refused,
  });
}

async function tellMasked(shell: Shell, flags: ExportFlags, start: ActStart): Promise<void> {
  const masked =
    start.reason !== (flags.reason?.trim() || undefined) || start.case !== (flags.case?.trim() || undefined);
  if (masked)
    await writeLine(shell.stderr, 'visitlog: a telephone number in --reason or --case is recorded masked');
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
