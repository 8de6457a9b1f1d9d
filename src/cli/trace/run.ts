import { parseDuration } from '../../base/amounts.ts';
import { type AppError, type ExitCode, exitCode, WordedError } from '../../base/errors.ts';
import { openZone } from '../../base/zone.ts';
import type { Config } from '../../config/config.ts';
import { loadConfig } from '../../config/load.ts';
import { parseWindow } from '../../export/window.ts';
import { openAudit } from '../../store/audit/audit.ts';
import type { Register, RegisterOptions, VisitQuery } from '../../store/register-types.ts';
import { officerFileWords } from '../../words/commands/officer-file.ts';
import { recordRefusal, scopeOf, startOf } from '../officer/audited.ts';
import { caseNumbers } from '../officer/case-numbers.ts';
import { type OfficerFile, officerFile } from '../officer/officer-file.ts';
import { openRegisterOf, registerOptionsOf } from '../register-of.ts';
import { type Invocation, type Shell, writeLine } from '../shell.ts';
import { venueNumber } from '../venue/venue-register.ts';
import { type TraceFlags, writeTrace } from './trace-write.ts';

export async function traceCases({ shell, globals }: Invocation, flags: TraceFlags): Promise<ExitCode> {
  if (flags.summary) checkSummary(flags);
  const { config } = await loadConfig({ file: globals.config, env: shell.env });
  const marginMs = marginOf(flags.margin);
  const query = await queryOf(flags, config, shell);
  const file = await officerFile(shell, config, flags);
  const deedOf = (register: Register | null, visitors: number) =>
    traceDeed(register, query, flags, file, shell, visitors);
  const options = registerOptionsOf(config, shell.clock, 'tool');
  if (!flags.reason?.trim()) throw await refusal(shell, options, await deedOf(null, flags.visitor.length));
  const cases = await caseNumbers(shell, flags.visitor);
  const audit = openAudit(options);
  try {
    const register = openRegisterOf(config, shell.clock, 'reader');
    try {
      const start = await startOf(shell, await deedOf(register, cases.length));
      if (start.reason !== flags.reason.trim() || start.case !== (flags.case?.trim() || undefined))
        await writeLine(shell.stderr, `visitlog: ${officerFileWords[shell.language].masked}`);
      const traced = { ...query, cases, marginMs };
      await writeTrace({ shell, globals, flags, config, register, query: traced, file, audit, start });
      return exitCode.done;
    } finally {
      register.close();
    }
  } finally {
    audit.close();
  }
}

/** Errors: `trace.summary`, `trace.encoding`. */
function checkSummary({ format, encoding }: TraceFlags): void {
  if (format === 'xlsx')
    throw new WordedError('trace.summary', 'a summary is text or JSON, no workbook', {
      hint: 'Leave --format out, or give --format jsonl.',
      exit: exitCode.usage,
    });
  if (encoding !== 'utf-8')
    throw new WordedError('trace.encoding', 'a summary is always in UTF-8', {
      hint: 'Leave --encoding out.',
      exit: exitCode.usage,
    });
}

const longestMarginMs = 24 * 3_600_000;

function marginOf(typed: string): number {
  const marginMs = parseDuration(typed);
  if (marginMs !== null && marginMs <= longestMarginMs) return marginMs;
  throw new WordedError('trace.margin', `--margin ${JSON.stringify(typed)} is not from 0m to 24h`, {
    hint: 'Write it as 30m or 2h.',
    context: { typed },
    exit: exitCode.usage,
  });
}

async function queryOf(flags: TraceFlags, config: Config, shell: Shell): Promise<VisitQuery> {
  const zone = openZone(config.timeZone);
  const window = parseWindow(flags.from, flags.to, { zone, nowMs: shell.clock.wallMs() });
  const venues = flags.venue?.map((typed) => venueNumber(typed, config.numbering.areaCode));
  return { ...window, ...(venues ? { venues } : {}) };
}

/** `visitor`: the act is about single people, whom the log does not name. */
async function traceDeed(
  register: Register | null,
  query: VisitQuery,
  { reveal = false, summary = false, format, output, reason, case: caseNumber }: TraceFlags,
  { encrypted }: OfficerFile,
  { stdout }: Shell,
  visitors: number,
) {
  const flags = { revealed: reveal && !summary, format, output, encrypted, stdout };
  const scope = { ...(await scopeOf(register, query, flags)), visitor: true, visitors };
  return { command: summary ? 'trace --summary' : 'trace', scope, reason, case: caseNumber };
}

/** The refusal, which is recorded where that is possible. */
async function refusal(
  shell: Shell,
  options: RegisterOptions,
  deed: Awaited<ReturnType<typeof traceDeed>>,
): Promise<AppError> {
  await recordRefusal(options, await startOf(shell, deed), 'trace.no-reason');
  return new WordedError('trace.no-reason', 'trace needs --reason', {
    hint: 'Say in a few words why somebody is looked up; it is recorded with your name.',
    exit: exitCode.refused,
  });
}
