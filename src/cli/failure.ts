import { CommanderError } from 'commander';
import { AppError, type ExitCode, exitCode, messageOf } from '../base/errors.ts';

export interface Failure {
  readonly lines: readonly string[];
  readonly exit: ExitCode;
}

/**
 * One line for a person, with the stable id; the stack only where `--debug` asked for it. Commander throws too where
 * it has shown help or the version: nothing is to be added then, and help that nobody asked for is a usage error.
 */
export function describeFailure(thrown: unknown, debug: boolean): Failure {
  if (thrown instanceof CommanderError && thrown.exitCode === 0) return { lines: [], exit: exitCode.done };
  if (thrown instanceof CommanderError && thrown.code === 'commander.help')
    return { lines: [], exit: exitCode.usage };
  const { code, text, exit } = factsOf(thrown);
  const lines = [`visitlog: error [${code}] ${text}`];
  if (debug && thrown instanceof Error && thrown.stack) lines.push(thrown.stack);
  return { lines, exit };
}

function factsOf(thrown: unknown): { code: string; text: string; exit: ExitCode } {
  if (thrown instanceof CommanderError) {
    return { code: `usage.${usageCode(thrown.code)}`, text: usageText(thrown.message), exit: exitCode.usage };
  }
  if (thrown instanceof AppError) {
    const text = thrown.hint ? `${closed(thrown.message)} ${thrown.hint}` : thrown.message;
    return { code: thrown.code, text, exit: thrown.exit };
  }
  const text = `${closed(messageOf(thrown))} This is a fault in visitlog itself; --debug shows where.`;
  return { code: 'internal', text, exit: exitCode.failed };
}

function closed(sentence: string): string {
  return /[.!?:]$/.test(sentence) ? sentence : `${sentence}.`;
}

function usageCode(code: string): string {
  return code.replace(/^commander\./, '').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function usageText(message: string): string {
  return message.replace(/^error: /, '').replace(/\n\s*/g, ' ');
}
