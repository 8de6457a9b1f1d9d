import { AppError, type ExitCode, exitCode, messageOf } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import type { Language } from '../bilingual.ts';
import { ConfigFault } from '../config-faults.ts';
import { type Said, sayEntry } from '../entry.ts';
import { entryOf } from './index.ts';

/** What a reader sees of anything that was thrown; its facts come out printable. */
export function sayFault(thrown: unknown, language: Language): Said {
  if (thrown instanceof ConfigFault) return { message: printable(thrown.say(language)) };
  const entry = thrown instanceof AppError ? entryOf(thrown.code) : undefined;
  if (entry === undefined) return { message: printable(messageOf(thrown)) };
  const { facts, cause } = thrown as AppError;
  // A function, because few faults say anything of their cause.
  return sayEntry(entry, language, facts, () => sayFault(cause, language));
}

/** How a command ends that `thrown` ended: 1 (failed while working) if that is not a fault of the table. */
export function exitOf(thrown: unknown): ExitCode {
  const exit = thrown instanceof AppError ? entryOf(thrown.code)?.exit : undefined;
  return exitCode[
    typeof exit === 'function' ? exit((thrown as AppError).facts as never) : (exit ?? 'failed')
  ];
}

/** What the audit log calls an act that ended with `thrown`. */
export function outcomeOf(thrown: unknown): 'nothing' | 'interrupted' | 'failed' {
  const outcome = thrown instanceof AppError ? entryOf(thrown.code)?.outcome : undefined;
  return outcome ?? (exitOf(thrown) === exitCode.nothing ? 'nothing' : 'failed');
}
