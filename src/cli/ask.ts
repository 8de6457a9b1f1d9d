import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { fault } from '../base/errors.ts';
import { askWords } from '../words/commands/program.ts';
import { isTerminal, type Shell } from './shell.ts';

/** Whether standard input is a terminal. */
export function atTerminal({ stdin }: Shell): boolean {
  return isTerminal(stdin);
}

/**
 * Asks on standard error, since standard output is the command's result. `hidden`: what is typed is not shown.
 * @throws `usage.no-answer` at Ctrl-C and Ctrl-D
 */
export async function ask(shell: Shell, question: string, hidden = false): Promise<string> {
  const answer = await answerTo(shell, question, hidden);
  if (answer !== null) return answer;
  throw fault('usage.no-answer');
}

/** Null at Ctrl-C and Ctrl-D. */
export async function answerTo(shell: Shell, question: string, hidden = false): Promise<string | null> {
  if (shell.ask !== undefined) return shell.ask(question, hidden);
  const output = hidden ? new Writable({ write: (_chunk, _encoding, done) => done() }) : shell.stderr;
  const lines = createInterface({ input: shell.stdin, output, terminal: true });
  try {
    // Readline clears the line before it writes, so it must write the question itself.
    const answer = lines.question(hidden ? '' : question, { signal: shell.signal });
    // Now that readline has turned the echo off: who types at the sight of the question is not shown.
    if (hidden) shell.stderr.write(question);
    return await answer;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'AbortError') throw error;
    if (!hidden) shell.stderr.write('\n');
    return null;
  } finally {
    lines.close();
    if (hidden) shell.stderr.write('\n');
  }
}

/** More than a list of numbers has: thousands of confirmed cases. */
const mostInputBytes = 1_048_576;

/** The first line of standard input, without asking. Error: `usage.input-too-long`. */
export async function readLine(shell: Shell): Promise<string> {
  const [line = ''] = linesIn(await readInput(shell, (text) => text.includes('\n')));
  return line;
}

/** All lines of standard input, without asking. Error: `usage.input-too-long`. */
export async function readLines(shell: Shell): Promise<string[]> {
  return linesIn(await readInput(shell, () => false));
}

function linesIn(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

/** Standard input, to its end or until `isEnough`. */
async function readInput({ stdin }: Shell, isEnough: (text: string) => boolean): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of stdin) {
    const octets = Buffer.from(chunk as Uint8Array | string);
    bytes += octets.length;
    if (bytes > mostInputBytes) throw fault('usage.input-too-long', { longest: mostInputBytes });
    text += decoder.decode(octets, { stream: true });
    if (isEnough(text)) break;
  }
  return text + decoder.decode();
}

const notConfirmed = {
  erase: 'erase.not-confirmed',
  keyring: 'keyring.not-confirmed',
  move: 'move.not-confirmed',
  unresolved: 'unresolved.not-confirmed',
  venue: 'venue.not-confirmed',
} as const;

interface Confirmation {
  /** The command, whose fault it is. */
  readonly command: keyof typeof notConfirmed;
  /** What is typed to go on, in English; the word of the reader's language counts as well. */
  readonly word: string;
  readonly yes: boolean;
}

/** @throws `….not-confirmed` if nobody can be asked, and --yes was not given */
export function requireConfirmable(shell: Shell, { command, yes }: Omit<Confirmation, 'word'>): void {
  if (yes || atTerminal(shell)) return;
  throw fault(notConfirmed[command], { asked: false });
}

/** @throws `….not-confirmed` unless the word is typed, or --yes was given */
export async function confirm(shell: Shell, confirmation: Confirmation): Promise<void> {
  requireConfirmable(shell, confirmation);
  const { command, word, yes } = confirmation;
  if (yes) return;
  const { typeWord, confirmations } = askWords[shell.language];
  const own = confirmations[word] ?? word;
  const typed = (await answerTo(shell, typeWord(own)))?.trim().normalize('NFC');
  if (typed === word || typed === own) return;
  throw fault(notConfirmed[command], { asked: true });
}
