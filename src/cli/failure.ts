import { CommanderError } from 'commander';
import { AppError, type ExitCode, exitCode, messageOf } from '../base/errors.ts';
import type { Language } from '../words/bilingual.ts';
import { wantedInKorean } from '../words/commands/officer-file.ts';
import { failureWords } from '../words/commands/program.ts';
import { entryOf } from '../words/faults/index.ts';
import { exitOf, sayFault } from '../words/faults/say.ts';
import { hasShown } from './program.ts';

export interface UsageError {
  readonly code: string;
  readonly message: string;
  /** What the sentence names: options, arguments, commands, counts. */
  readonly context: Readonly<Record<string, string>>;
}

/** Commander says what is wrong in an English sentence only; this finds in it what another language needs. */
export function parseUsageError({ code, message }: CommanderError): UsageError {
  const kind = code.replace(/^commander\./, '').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const sentence = message.replace(/^error: /, '').replace(/\n\s*/g, ' ');
  const found = sentences[kind]?.exec(sentence)?.groups ?? {};
  const wanted = found.wanted && wantedInKorean(found.wanted);
  const { wanted: _, ...rest } = found;
  const known = Object.entries(rest).filter(([, value]) => value !== undefined);
  return {
    code: `usage.${kind}`,
    message: sentence,
    context: { ...Object.fromEntries(known), ...(wanted ? { wanted } : {}) },
  };
}

const sentences: Readonly<Record<string, RegExp>> = {
  'missing-argument': /^missing required argument '(?<argument>[^']+)'/,
  'option-missing-argument': /^option '(?<option>[^']+)' argument missing/,
  'missing-mandatory-option-value': /^required option '(?<option>[^']+)' not specified/,
  'conflicting-option': /^option '(?<option>[^']+)' cannot be used with option '(?<other>[^']+)'/,
  'unknown-option': /^unknown option '(?<option>.*?)'(?: \(Did you mean (?:one of )?(?<near>[^?]+)\?\))?$/s,
  'unknown-command':
    /^unknown command '(?<command>.*?)'(?: \(Did you mean (?:one of )?(?<near>[^?]+)\?\))?$/s,
  'excess-arguments':
    /^too many arguments(?: for '(?<command>[^']+)')?\. Expected (?<expected>\d+) arguments? but got (?<given>\d+)/,
  'invalid-argument':
    /^(?:option '(?<option>[^']+)' argument|command-argument value) '(?<value>.*?)' is invalid(?: for argument '(?<argument>[^']+)')?\. (?<wanted>.+)$/s,
};

export interface Failure {
  readonly lines: readonly string[];
  readonly exit: ExitCode;
}

export interface FailureOptions {
  readonly language: Language;
  /** Shows the stack too. */
  readonly debug?: boolean | undefined;
  /** Somebody reads this at a terminal, and is told which command explains it. */
  readonly terminal?: boolean | undefined;
}

/**
 * One line for a person, with the stable id; the stack only where `--debug` asked for it. Commander throws too where
 * it has shown help or the version: nothing is to be added then, and help that nobody asked for is a usage error.
 */
export async function describeFailure(
  thrown: unknown,
  { language, debug, terminal }: FailureOptions,
): Promise<Failure> {
  if (hasShown(thrown)) return { lines: [], exit: exitCode.done };
  if (thrown instanceof CommanderError && thrown.code === 'commander.help')
    return { lines: [], exit: exitCode.usage };
  const words = failureWords[language];
  const fault = await faultOf(thrown, language);
  const explain = terminal && !fault.code.startsWith('explain.') ? ` (${words.explain(fault.code)})` : '';
  const lines = [`visitlog: ${words.error} [${fault.code}] ${oneText(fault)}${explain}`];
  if (debug && thrown instanceof Error && thrown.stack) lines.push(thrown.stack);
  return { lines, exit: fault.exit };
}

interface Fault {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly context: AppError['context'];
  readonly exit: ExitCode;
}

async function faultOf(thrown: unknown, language: Language): Promise<Fault> {
  if (thrown instanceof AppError && entryOf(thrown.code)) {
    const { code, context } = thrown;
    return { code, context, exit: exitOf(thrown), ...sayFault(thrown, language) };
  }
  const fault = inEnglish(thrown, language);
  if (language === 'en') return fault;
  const { inKorean } = await import('../words/errors/in-korean.ts');
  const korean = await inKorean(fault);
  return korean ? { code: fault.code, context: fault.context, exit: fault.exit, ...korean } : fault;
}

function inEnglish(thrown: unknown, language: Language): Fault {
  if (thrown instanceof CommanderError) return { ...parseUsageError(thrown), exit: exitCode.usage };
  if (thrown instanceof AppError) return thrown;
  const hint = failureWords[language].internal;
  return { code: 'internal', message: messageOf(thrown), hint, context: {}, exit: exitCode.failed };
}

function oneText({ message, hint }: Fault): string {
  return hint ? `${/[.!?:]$/.test(message) ? message : `${message}.`} ${hint}` : message;
}
