import { fault } from '../../base/errors.ts';
import { parseShownVisitor } from '../../visits/sender.ts';
import { askWords } from '../../words/commands/program.ts';
import { traceWords } from '../../words/commands/trace.ts';
import { ask, atTerminal, readLine, readLines } from '../ask.ts';
import { type Shell, writeLine } from '../shell.ts';

/**
 * The visitor that a command is about: canonical, or null if it is not a telephone number. It is asked for at a terminal,
 * else the first line of standard input.
 */
export async function typedVisitor(shell: Shell): Promise<string | null> {
  const sender = parseShownVisitor((await askedVisitor(shell)).trim());
  if (sender?.kind === 'other') await warnUnplanned(shell);
  return sender?.canonical ?? null;
}

/** A number that no plan has is looked for as it stands, and may be a mistyped one all the same. */
async function warnUnplanned({ stderr, language }: Shell, place?: number): Promise<void> {
  await writeLine(stderr, `visitlog: ${askWords[language].unplanned(place ?? null)}`);
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
  const canonical: string[] = [];
  for (const [index, number] of numbers.entries()) {
    const sender = parseShownVisitor(number.trim());
    if (sender === null) throw fault('trace.visitor', { place: index + 1 });
    if (sender.kind === 'other') await warnUnplanned(shell, index + 1);
    canonical.push(sender.canonical);
  }
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
