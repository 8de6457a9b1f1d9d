import { type AppError, type ExitCode, exitCode, WordedError } from '../../base/errors.ts';
import { openZone } from '../../base/zone.ts';
import type { Config } from '../../config/config.ts';
import { loadConfig } from '../../config/load.ts';
import { openAudit } from '../../store/audit/audit.ts';
import type { Actor } from '../../store/audit/audit-types.ts';
import type { Erased, Traces } from '../../store/erase/erase-types.ts';
import { countTraces } from '../../store/erase/traces.ts';
import { hourEndMs, hourStartMs } from '../../store/hour.ts';
import type { Register } from '../../store/register-types.ts';
import { maskNumber } from '../../visits/phone-number.ts';
import { parseTypedNumber } from '../../visits/sender.ts';
import type { Language } from '../../words/bilingual.ts';
import { eraseWords } from '../../words/commands/erase.ts';
import { askWords } from '../../words/commands/program.ts';
import { ask, atTerminal, confirm, readLine, requireConfirmable } from '../ask.ts';
import { audited, type DeedDone, type Doing, recordRefusal, startOf } from '../officer/audited.ts';
import { openRegisterOf, registerOptionsOf } from '../register-of.ts';
import { type Invocation, type Shell, writeLine } from '../shell.ts';

/** What `erase` says, with the visitor masked. */
export interface EraseText {
  readonly masked: string;
  found(traces: Traces): string[];
  erased(erased: Erased): string[];
  /** Where else the number is found, in records that are others'. */
  elsewhere(traces: Traces): string;
}

export function eraseText(config: Config, visitor: string, language: Language): EraseText {
  const words = eraseWords[language];
  const zone = openZone(config.timeZone);
  const masked = maskNumber(visitor);
  const minute = (ms: number) => zone.format(ms).slice(0, 16).replace('T', ' ');
  const spanOf = (hours: readonly number[]) =>
    words.span(hours.length, minute(hourStartMs(Math.min(...hours))), minute(hourEndMs(Math.max(...hours))));

  function elsewhere({ mentions, asVenue }: Traces): string {
    return words.elsewhere([
      ...(mentions > 0 ? [words.mentions(mentions)] : []),
      ...(asVenue > 0 ? [words.asVenue(asVenue)] : []),
    ]);
  }

  return {
    masked,
    elsewhere,
    found(traces) {
      const hours = [...new Set(traces.rows.map(({ hour }) => hour))];
      return [
        words.found(masked, words.rows(countTraces(traces.rows)), spanOf(hours)),
        ...(traces.mentions + traces.asVenue > 0 ? [elsewhere(traces)] : []),
      ];
    },
    erased({ rows, hours, walTruncated }) {
      const goneBy = minute(hourEndMs(Math.max(...hours)) + config.retention.periodMs);
      return [
        words.erased(words.rows(rows)),
        ...words.left(goneBy),
        ...(walTruncated ? [] : [words.walInUse]),
      ];
    },
  };
}

interface EraseFlags {
  readonly visitor: string;
  readonly reason?: string;
  readonly case?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

export async function erase({ shell, globals }: Invocation, flags: EraseFlags): Promise<ExitCode> {
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
  const text = eraseText(config, visitor, shell.language);
  const traces = register.tracesOf(visitor);
  if (traces.rows.length === 0)
    throw new WordedError('erase.nothing', `there is nothing of ${text.masked}`, {
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
  const number =
    typed !== '-'
      ? typed
      : await (atTerminal(shell) ? ask(shell, askWords[shell.language].visitor, true) : readLine(shell));
  const canonical = parseTypedNumber(number.trim())?.canonical;
  if (canonical !== undefined) return canonical;
  throw new WordedError('erase.visitor', 'what was given as --visitor is no telephone number', {
    hint: 'Type it as 010-1234-5678, or as +86 and so on for one from abroad.',
    exit: exitCode.usage,
  });
}

function noReason(): AppError {
  return new WordedError('erase.no-reason', 'erase needs --reason', {
    hint: 'Say in a few words why, such as "asked by telephone"; it is recorded with your name.',
    exit: exitCode.refused,
  });
}
