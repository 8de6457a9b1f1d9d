import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { fault } from '../../base/errors.ts';
import { setupWords } from '../../words/commands/setup.ts';
import { type Shell, writeLine } from '../shell.ts';

/** Plain questions and answers, line by line, so that a serial console shows them too. */
export interface Conversation {
  say(...lines: readonly string[]): Promise<void>;
  /** Asks until `read` accepts the answer. An empty answer means `fallback`, if there is one. */
  ask<T>(question: string, read: (typed: string) => T | null, more: AskMore): Promise<T>;
  /** The index of the chosen option, from 0; an empty answer means the first. */
  choose(question: string, options: readonly string[]): Promise<number>;
}

interface AskMore {
  /** Shown after an answer that is not accepted. */
  readonly wrong: string;
  readonly fallback?: string | null;
  /** What is typed is not shown. */
  readonly hidden?: boolean;
}

/** @throws `setup.stopped` at Ctrl-C, or if the terminal is gone */
export function openConversation(shell: Shell): Conversation {
  const { stdout, stderr } = shell;
  const words = setupWords[shell.language];
  const typedAhead: string[] = [];

  async function say(...lines: readonly string[]): Promise<void> {
    for (const line of lines) await writeLine(stdout, line);
  }

  async function ask<T>(
    question: string,
    read: (typed: string) => T | null,
    { wrong, fallback = null, hidden = false }: AskMore,
  ): Promise<T> {
    const reader = openReader(shell, typedAhead, hidden);
    try {
      for (;;) {
        stderr.write(`${question}${fallback === null ? '' : ` [${fallback}]`}: `);
        const typed = (await reader.next()).trim();
        const value = read(typed === '' && fallback !== null ? fallback : typed);
        if (value !== null) return value;
        await say(`  ${wrong}`);
      }
    } finally {
      reader.close();
    }
  }

  return {
    say,
    ask,
    async choose(question, options) {
      await say('', question, ...options.map((option, index) => `  ${index + 1}  ${option}`));
      const read = (typed: string) => {
        const index = /^\d+$/.test(typed) ? Number(typed) - 1 : -1;
        return index >= 0 && index < options.length ? index : null;
      };
      return ask(words.choice, read, { wrong: words.oneOf(options.length), fallback: '1' });
    },
  };
}

interface LineReader {
  /** The next line. @throws `setup.stopped` */
  next(): Promise<string>;
  close(): void;
}

/**
 * Reads lines as the terminal's own editing gives them. Hidden input is edited here, and its echo is off until `close`:
 * what is typed between two questions is not shown either.
 */
function openReader(shell: Shell, typedAhead: string[], hidden: boolean): LineReader {
  const { stdin, stderr, signal } = shell;
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output, terminal: hidden });
  let isOver = signal.aborted || stdin.readableEnded;
  let wake = () => {};
  const end = () => {
    isOver = true;
    wake();
  };
  signal.addEventListener('abort', end);
  lines.on('SIGINT', end);
  lines.on('close', end);
  lines.on('line', (line) => {
    typedAhead.push(line);
    wake();
  });
  return {
    async next() {
      if (typedAhead.length === 0 && !isOver)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      const line = typedAhead.shift();
      if (hidden || line === undefined) stderr.write('\n');
      if (line === undefined) throw fault('setup.stopped');
      return line;
    },
    close() {
      signal.removeEventListener('abort', end);
      lines.close();
    },
  };
}
