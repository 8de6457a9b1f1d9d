import { CommanderError } from 'commander';
import { AppError, type ExitCode, exitCode } from '../base/errors.ts';
import type { Language } from '../words/bilingual.ts';
import { failureWords } from '../words/commands/program.ts';
import type { Said } from '../words/entry.ts';
import { exitOf, sayFault } from '../words/faults/say.ts';
import { hasShown } from './usage.ts';

interface Failure {
  readonly lines: readonly string[];
  readonly exit: ExitCode;
}

interface FailureOptions {
  readonly language: Language;
  /** Shows the stack too. */
  readonly debug?: boolean | undefined;
  /** A person reads this at a terminal, and is told which command explains it. */
  readonly terminal?: boolean | undefined;
}

/**
 * One line for a person, with the stable code; the stack only with `--debug`. Commander throws too when it has shown
 * help or the version: nothing is added then, and help that was not asked for is a usage error.
 */
export function describeFailure(thrown: unknown, { language, debug, terminal }: FailureOptions): Failure {
  if (hasShown(thrown)) return { lines: [], exit: exitCode.done };
  if (thrown instanceof CommanderError && thrown.code === 'commander.help')
    return { lines: [], exit: exitCode.usage };
  const words = failureWords[language];
  const code = thrown instanceof AppError ? thrown.code : 'internal';
  const explain = terminal && !code.startsWith('explain.') ? ` (${words.explain(code)})` : '';
  const lines = [`visitlog: ${words.error} [${code}] ${oneText(said(thrown, language))}${explain}`];
  if (debug && thrown instanceof Error && thrown.stack) lines.push(thrown.stack);
  return { lines, exit: exitOf(thrown) };
}

/** An error without a code of ours is an error in the program. */
function said(thrown: unknown, language: Language): Said {
  if (thrown instanceof AppError) return sayFault(thrown, language);
  return { ...sayFault(thrown, language), hint: failureWords[language].internal };
}

function oneText({ message, hint }: Said): string {
  return hint ? `${/[.!?:]$/.test(message) ? message : `${message}.`} ${hint}` : message;
}
