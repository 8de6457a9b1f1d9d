import { exitCode, WordedError } from '../../base/errors.ts';
import { digitGroups } from '../../visits/digit-groups.ts';
import { readSpelledDigits } from '../../visits/spelled-digits.ts';

/** More than a reason needs; what is longer was pasted. */
const longest = 500;
/** The shortest telephone number that is looked for where no plus sign says that it is one. */
const shortestNumber = 9;

/**
 * What an officer typed, kept as typed but for telephone numbers, which are masked: the audit log outlives the
 * visitors' records and must not keep one. Narrower than the masking of the log, so that case numbers and dates stay.
 * Error: `usage.text-too-long`.
 */
export async function officerText(option: string, typed: string): Promise<string> {
  const text = await withoutNumbers(typed.trim());
  if (text.length <= longest) return text;
  throw new WordedError('usage.text-too-long', `${option} is longer than ${longest} characters`, {
    context: { option, longest },
    exit: exitCode.usage,
  });
}

/** The text with its telephone numbers masked. The world's numbering plans are loaded for digits enough only. */
export async function withoutNumbers(text: string): Promise<string> {
  const groups = digitGroups(readSpelledDigits(text));
  const digits = groups.reduce((sum, group) => sum + group.digits.length, 0);
  if (digits < shortestNumber && !groups.some(({ plus }) => plus)) return text;
  return (await import('./hide-numbers.ts')).hideNumbers(text);
}
