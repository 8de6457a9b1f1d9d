import { type AppError, type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { openZone } from '../../base/zone.ts';
import type { Config } from '../../config/config.ts';
import { loadConfig } from '../../config/load.ts';
import { parseWindow } from '../../export/window.ts';
import { openAudit } from '../../store/audit/audit.ts';
import type { ActStart } from '../../store/audit/audit-types.ts';
import type { Register, RegisterOptions, VisitQuery } from '../../store/register-types.ts';
import { officerFileWords } from '../../words/commands/officer-file.ts';
import { recordRefusal, scopeOf, startOf } from '../officer/audited.ts';
import { officerFile } from '../officer/officer-file.ts';
import { openRegisterOf, registerOptionsOf } from '../register-of.ts';
import { type Invocation, type Shell, writeLine } from '../shell.ts';
import { venueNumber } from '../venue/venue-register.ts';
import { exportContents } from './export-contents.ts';
import { type ExportFlags, writeVisits } from './export-write.ts';

export async function exportVisits({ shell, globals }: Invocation, flags: ExportFlags): Promise<ExitCode> {
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
  const zone = openZone(config.timeZone);
  const window = parseWindow(flags.from, flags.to, { zone, nowMs: shell.clock.wallMs() });
  const venues = (flags.venue ?? []).map((typed) => venueNumber(typed, config.numbering.areaCode));
  return {
    ...window,
    ...(venues.length > 0 ? { venues } : {}),
    ...(flags.line === undefined ? {} : { line: flags.line }),
  };
}

/** The refusal, which is recorded where that is possible. */
async function refusal(options: RegisterOptions, start: ActStart): Promise<AppError> {
  await recordRefusal(options, start, 'export.no-reason');
  return fault('export.no-reason');
}

async function tellMasked(shell: Shell, flags: ExportFlags, start: ActStart): Promise<void> {
  const masked =
    start.reason !== (flags.reason?.trim() || undefined) || start.case !== (flags.case?.trim() || undefined);
  if (masked) await writeLine(shell.stderr, `visitlog: ${officerFileWords[shell.language].masked}`);
}
