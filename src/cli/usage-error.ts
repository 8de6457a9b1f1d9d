import type { CommanderError } from 'commander';
import { wantedInKorean } from '../words/commands/wanted.ts';

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
