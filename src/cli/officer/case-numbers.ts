import { type AppError, exitCode, WordedError } from '../../base/errors.ts';
import { parseTypedNumber } from '../../visits/sender.ts';
import { traceWords } from '../../words/commands/trace.ts';
import { ask, atTerminal, readLines } from '../ask.ts';
import type { Shell } from '../shell.ts';

/**
 * The numbers of the cases, canonical and each once, in the order given; `-` stands for those on standard input, one a
 * line, which are asked for where somebody sits there. Errors: `trace.visitor`, which never holds what was typed: it
 * may be a number all the same; `trace.no-visitor`.
 */
export async function caseNumbers(shell: Shell, typed: readonly string[]): Promise<string[]> {
  const numbers: string[] = [];
  for (const text of typed) {
    if (text === '-') numbers.push(...(await numbersFromInput(shell, numbers.length + 1)));
    else numbers.push(text);
  }
  if (numbers.length === 0) throw none();
  const canonical = numbers.map((number, index) => {
    const known = parseTypedNumber(number.trim())?.canonical;
    if (known === undefined) throw noNumber(index + 1);
    return known;
  });
  return [...new Set(canonical)];
}

async function numbersFromInput(shell: Shell, first: number): Promise<string[]> {
  const isNumber = (line: string) => line.trim() !== '';
  if (!atTerminal(shell)) return (await readLines(shell)).filter(isNumber);
  const numbers: string[] = [];
  for (;;) {
    const line = await ask(shell, traceWords[shell.language].asked(first + numbers.length), true);
    if (!isNumber(line)) return numbers;
    numbers.push(line);
  }
}

function noNumber(place: number): AppError {
  return new WordedError('trace.visitor', `number ${place} of the cases is no telephone number`, {
    hint: 'Type it as 010-1234-5678, or as +86 and so on for one from abroad.',
    context: { place },
    exit: exitCode.usage,
  });
}

function none(): AppError {
  return new WordedError('trace.no-visitor', 'no number of a case was given', {
    hint: 'Give it with --visitor, or on standard input with --visitor -.',
    exit: exitCode.usage,
  });
}
