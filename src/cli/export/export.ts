import type { Command } from 'commander';
import { type AppError, type ExitCode, exitCode, fault } from '../../base/errors.ts';
import type { Config } from '../../config/config.ts';
import type { ActStart } from '../../store/audit/audit-types.ts';
import type { Register, RegisterOptions, VisitQuery } from '../../store/register-types.ts';
import type { Language } from '../../words/bilingual.ts';
import { exportWords } from '../../words/commands/counts.ts';
import { officerFileWords } from '../../words/commands/officer-file.ts';
import { summaries } from '../../words/commands/program.ts';
import { officerFile, withOfficerFile } from '../officer/officer-file.ts';
import { collect } from '../option-values.ts';
import { type Invocation, type Runner, type Shell, writeLine } from '../shell.ts';
import type { ExportFlags } from './export-write.ts';

export function defineExport(program: Command, run: Runner, language: Language): void {
  const words = exportWords[language];
  const command = program
    .command('export')
    .description(summaries[language].export)
    .requiredOption('--from <time>', words.from)
    .requiredOption('--to <time>', words.to)
    .option('--venue <number>', words.venue, collect)
    .option('--line <name>', words.line)
    .option('--include-unresolved', words.includeUnresolved);
  withOfficerFile(command, language)
    .option('--reveal', words.reveal)
    .option('--reason <text>', words.reason)
    .option('--case <number>', words.case)
    .addHelpText('after', words.examples)
    .action(run(exportVisits));
}

async function exportVisits({ shell, globals }: Invocation, flags: ExportFlags): Promise<ExitCode> {
  const { loadConfig } = await import('../../config/load.ts');
  const { openRegisterOf, registerOptionsOf } = await import('../register-of.ts');
  const { openAudit } = await import('../../store/audit/audit.ts');
  const { startOf, scopeOf } = await import('../officer/audited.ts');
  const { exportContents } = await import('./export-contents.ts');
  const { writeVisits } = await import('./export-write.ts');
  const { config } = await loadConfig({ file: globals.config, env: shell.env });
  const query = await queryOf(flags, config, shell);
  const file = await officerFile(shell, config, flags);
  const { reason, case: caseNumber, reveal = false, includeUnresolved = false, format, output } = flags;
  const { encrypted } = file;
  const deedOf = async (register: Register | null) => ({
    command: 'export',
    scope: await scopeOf(register, query, {
      revealed: reveal,
      format,
      output,
      encrypted,
      stdout: shell.stdout,
    }),
    reason,
    case: caseNumber,
  });
  const options = registerOptionsOf(config, shell.clock, 'tool');
  if (reveal && !reason?.trim()) throw await refusal(options, await startOf(shell, await deedOf(null)));
  const audit = openAudit(options);
  try {
    // The log has a connection of its own, so the register needs no right but to be read.
    const register = openRegisterOf(config, shell.clock, 'reader');
    try {
      const start = await startOf(shell, await deedOf(register));
      await tellMasked(shell, flags, start);
      const { areaCode } = config.numbering;
      const contents = await exportContents(register, query, { reveal, includeUnresolved, format, areaCode });
      const isRegistered = (venue: string) => register.venueOf(venue) !== null;
      await writeVisits({ shell, globals, flags, config, query, contents, isRegistered, file, audit, start });
      return exitCode.done;
    } finally {
      register.close();
    }
  } finally {
    audit.close();
  }
}

async function queryOf(flags: ExportFlags, config: Config, shell: Shell): Promise<VisitQuery> {
  const { openZone } = await import('../../base/zone.ts');
  const { parseWindow } = await import('../../export/window.ts');
  const zone = openZone(config.timeZone);
  const window = parseWindow(flags.from, flags.to, { zone, nowMs: shell.clock.wallMs() });
  const { venueNumber } = await import('../venue/venue-register.ts');
  const venues = (flags.venue ?? []).map((typed) => venueNumber(typed, config.numbering.areaCode));
  return {
    ...window,
    ...(venues.length > 0 ? { venues } : {}),
    ...(flags.line === undefined ? {} : { line: flags.line }),
  };
}

/** The refusal, which is recorded where that is possible. */
async function refusal(options: RegisterOptions, start: ActStart): Promise<AppError> {
  const { recordRefusal } = await import('../officer/audited.ts');
  await recordRefusal(options, start, 'export.no-reason');
  return fault('export.no-reason');
}

async function tellMasked(shell: Shell, flags: ExportFlags, start: ActStart): Promise<void> {
  const masked =
    start.reason !== (flags.reason?.trim() || undefined) || start.case !== (flags.case?.trim() || undefined);
  if (masked) await writeLine(shell.stderr, `visitlog: ${officerFileWords[shell.language].masked}`);
}
