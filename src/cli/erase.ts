import type { Command } from 'commander';
import { AppError, type ExitCode, exitCode } from '../base/errors.ts';
import type { Config } from '../config/config.ts';
import type { Actor } from '../store/audit/audit-types.ts';
import type { Register } from '../store/register-types.ts';
import type { DeedDone, Doing } from './audited.ts';
import type { Invocation, Runner } from './invocation.ts';
import { type Shell, writeLine } from './shell.ts';
import type { Language } from './words/bilingual.ts';
import { summaries } from './words/summaries.ts';

interface EraseFlags {
  readonly visitor: string;
  readonly reason?: string;
  readonly case?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

export function defineErase(program: Command, run: Runner, language: Language): void {
  program
    .command('erase')
    .description(summaries[language].erase)
    .requiredOption('--visitor <number>', 'their number; - to read it from standard input')
    .option('--reason <text>', 'why; recorded with your name')
    .option('--case <number>', 'the request that it is done for')
    .option('--dry-run', 'only count what would go')
    .option('--yes', 'do not ask')
    .addHelpText('after', examples)
    .action(run(erase));
}

const examples = `
A number on the command line can be seen by other users and stays in the shell's history; - asks for it instead.

Example:
  visitlog erase --visitor - --reason "asked by letter" --case 2026-31`;

async function erase({ shell, globals }: Invocation, flags: EraseFlags): Promise<ExitCode> {
  const { requireConfirmable } = await import('./ask.ts');
  const { loadConfig } = await import('../config/load.ts');
  const { openRegisterOf, registerOptionsOf } = await import('./register-of.ts');
  const { openAudit } = await import('../store/audit/audit.ts');
  const { audited, recordRefusal, startOf } = await import('./audited.ts');
  const { config } = await loadConfig({ file: globals.config, env: shell.env });
  const start = await startOf(shell, {
    command: flags.dryRun ? 'erase --dry-run' : 'erase',
    scope: { revealed: false, visitor: true },
    reason: flags.reason,
    case: flags.case,
  });
  const options = registerOptionsOf(config, shell.clock, flags.dryRun ? 'reader' : 'tool');
  if (start.reason === undefined) {
    await recordRefusal(options, start, 'erase.no-reason');
    throw noReason();
  }
  if (!flags.dryRun) requireConfirmable(shell, { command: 'erase', yes: flags.yes ?? false });
  const visitor = await visitorOf(shell, flags.visitor);
  const audit = openAudit(options);
  try {
    const register = openRegisterOf(config, shell.clock, flags.dryRun ? 'reader' : 'tool');
    try {
      const job = { shell, config, register, visitor, flags, who: start.who };
      await audited(audit, start, (doing) => eraseTraces(job, doing));
      return exitCode.done;
    } finally {
      register.close();
    }
  } finally {
    audit.close();
  }
}

interface Job {
  readonly shell: Shell;
  readonly config: Config;
  readonly register: Register;
  readonly visitor: string;
  readonly flags: EraseFlags;
  readonly who: Actor;
}

async function eraseTraces(job: Job, doing: Doing): Promise<DeedDone> {
  const { shell, config, register, visitor, flags, who } = job;
  const { confirm } = await import('./ask.ts');
  const { eraseText } = await import('./erase-text.ts');
  const { hourStartMs } = await import('../store/hour.ts');
  const text = eraseText(config, visitor);
  const traces = register.tracesOf(visitor);
  if (traces.rows.length === 0)
    throw new AppError('erase.nothing', `there is nothing of ${text.masked}`, {
      ...(traces.mentions + traces.asVenue > 0 ? { hint: text.elsewhere(traces) } : {}),
      context: { visitor: text.masked, mentions: traces.mentions, as_venue: traces.asVenue },
      exit: exitCode.nothing,
    });
  for (const hour of new Set(traces.rows.map((row) => row.hour))) doing.reveal(visitor, hourStartMs(hour));
  const print = (lines: readonly string[]) => writeLine(shell.stdout, lines.join('\n'));
  await print(text.found(traces));
  if (flags.dryRun) return { rows: traces.rows.length, complete: true };
  await confirm(shell, { command: 'erase', word: 'erase', yes: flags.yes ?? false });
  doing.flush(traces.rows.length);
  const erased = register.erase(visitor, who);
  await print(text.erased(erased));
  return { rows: Object.values(erased.rows).reduce((sum, rows) => sum + rows, 0), complete: true };
}

/** The number, canonical. It is in no message: what is typed wrong may be a number all the same. */
async function visitorOf(shell: Shell, typed: string): Promise<string> {
  const { ask, atTerminal, readLine } = await import('./ask.ts');
  const { parseTypedNumber } = await import('../visits/sender.ts');
  const number =
    typed !== '-'
      ? typed
      : await (atTerminal(shell) ? ask(shell, "The visitor's number: ", true) : readLine(shell));
  const canonical = parseTypedNumber(number.trim())?.canonical;
  if (canonical !== undefined) return canonical;
  throw new AppError('erase.visitor', 'what was given as --visitor is no telephone number', {
    hint: 'Type it as 010-1234-5678, or as +86 and so on for one from abroad.',
    exit: exitCode.usage,
  });
}

function noReason(): AppError {
  return new AppError('erase.no-reason', 'erase needs --reason', {
    hint: 'Say in a few words why, such as "asked by telephone"; it is recorded with your name.',
    exit: exitCode.refused,
  });
}
