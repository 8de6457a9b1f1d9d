import { fault } from '../../base/errors.ts';
import { parseTypedNumber } from '../../visits/sender.ts';
import { askWords } from '../../words/commands/program.ts';
import { traceWords } from '../../words/commands/trace.ts';
import { ask, atTerminal, readLine, readLines } from '../ask.ts';
import type { Shell } from '../shell.ts';

/**
 * The visitor that a command is about: canonical, or null if it is not a telephone number. It is asked for at a terminal,
 * else the first line of standard input.
 */
export async function typedVisitor(shell: Shell): Promise<string | null> {
  const number = await askedVisitor(shell);
  return parseTypedNumber(number.trim())?.canonical ?? null;
}

function askedVisitor(shell: Shell): Promise<string> {
  return atTerminal(shell) ? ask(shell, askWords[shell.language].visitor, true) : readLine(shell);
}

/**
 * The numbers of the cases, canonical and each once, in the order given: on standard input, one a line, or asked for at
 * a terminal. Errors: `trace.visitor`, which never holds what was typed, because it may be
 * a number all the same; `trace.no-visitor`.
 */
export async function caseNumbers(shell: Shell): Promise<string[]> {
  const numbers = await numbersFromInput(shell);
  if (numbers.length === 0) throw fault('trace.no-visitor');
  const canonical = numbers.map((number, index) => {
    const known = parseTypedNumber(number.trim())?.canonical;
    if (known === undefined) throw fault('trace.visitor', { place: index + 1 });
    return known;
  });
  return [...new Set(canonical)];
}

async function numbersFromInput(shell: Shell): Promise<string[]> {
  const isNumber = (line: string) => line.trim() !== '';
  if (!atTerminal(shell)) return (await readLines(shell)).filter(isNumber);
  const numbers: string[] = [];
  for (;;) {
    const line = await ask(shell, traceWords[shell.language].asked(1 + numbers.length), true);
    if (!isNumber(line)) return numbers;
    numbers.push(line);
  }
}
