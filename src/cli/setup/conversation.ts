import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { type AppError, fault } from '../../base/errors.ts';
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
    for (;;) {
      stderr.write(`${question}${fallback === null ? '' : ` [${fallback}]`}: `);
      const typed = (await nextLine(shell, typedAhead, hidden)).trim();
      const value = read(typed === '' && fallback !== null ? fallback : typed);
      if (value !== null) return value;
      await say(`  ${wrong}`);
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

/** A line as the terminal's own editing gives it; only hidden input is edited here, because echo is off for it. */
async function nextLine(shell: Shell, typedAhead: string[], hidden: boolean): Promise<string> {
  const ahead = typedAhead.shift();
  if (ahead !== undefined) return ahead;
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: shell.stdin, output, terminal: hidden });
  const { signal, stderr } = shell;
  let stop = () => {};
  try {
    if (signal.aborted || shell.stdin.readableEnded) throw stopped();
    await new Promise<void>((resolve, reject) => {
      stop = () => reject(stopped());
      signal.addEventListener('abort', stop);
      lines.on('SIGINT', stop);
      lines.on('close', stop);
      lines.on('line', (line) => {
        typedAhead.push(line);
        resolve();
      });
    });
    return typedAhead.shift() ?? '';
  } catch (error) {
    stderr.write('\n');
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    lines.close();
    if (hidden) stderr.write('\n');
  }
}

function stopped(): AppError {
  return fault('setup.stopped');
}
