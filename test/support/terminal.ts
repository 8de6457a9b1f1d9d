import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { fileURLToPath } from 'node:url';
import stringWidth from 'string-width';
import { onTestFinished } from 'vitest';
import { patienceMs } from './until.ts';

const script = fileURLToPath(new URL('./terminal.py', import.meta.url));

/** A command on a kernel pseudo-terminal, and what a reader sees there. */
export interface TerminalSession {
  /** The rows of the screen, without blanks at their ends. */
  screen(): string[];
  /** Everything that was written, escape sequences included. */
  raw(): string;
  type(text: string): void;
  size(rows: number, columns: number): void;
  /** Resolves when the screen shows it; fails if the command ends before. */
  shows(words: string): Promise<void>;
  /** Waits for the command's end; fails if the exit code is another one. */
  endsWith(code: number): Promise<void>;
  readonly ended: Promise<number | null>;
}

export function onTerminal(
  rows: number,
  columns: number,
  command: readonly string[],
  env: Readonly<Record<string, string>>,
): TerminalSession {
  const child = spawn('python3', [script, String(rows), String(columns), ...command], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  /** `change`: the screen, or that nothing more will come. */
  const changes = new EventEmitter();
  let isClosed = false;
  // Unlike `exit`, comes after the last of the output.
  const ended = once(child, 'close').then(([code]) => {
    isClosed = true;
    changes.emit('change');
    return code as number | null;
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const emulated = emulate();
  let raw = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    raw += text;
    emulated.write(text);
    changes.emit('change');
  });
  const screen = () => emulated.rows().join('\n');
  const order = (words: string) => void child.stdin.write(`${words}\n`);
  return {
    screen: emulated.rows,
    raw: () => raw,
    type: (text) => order(`type ${Buffer.from(text).toString('hex')}`),
    size: (newRows, newColumns) => order(`size ${newRows} ${newColumns}`),
    async shows(words) {
      let isLate = false;
      const late = setTimeout(() => {
        isLate = true;
        changes.emit('change');
      }, patienceMs);
      try {
        while (!screen().includes(words)) {
          if (isClosed || isLate)
            throw new Error(
              `${isClosed ? 'ended' : `${patienceMs} ms went by`} before it showed ${words}:\n${screen()}`,
            );
          await once(changes, 'change');
        }
      } finally {
        clearTimeout(late);
      }
    },
    async endsWith(code) {
      const was = await ended;
      if (was !== code) throw new Error(`ended with ${was} instead of ${code}:\n${screen()}`);
    },
    ended,
  };
}

/** The few sequences that visitlog writes; any other is shown as it is, and fails the test that looks. */
const esc = '\u001b';
const sequence = new RegExp(`${esc}\\[(\\??[\\d;]*)([A-Za-z])|(\\r\\n)|([^${esc}\\r\\n]+)|[^]`, 'g');
const cutSequence = new RegExp(`${esc}\\[?[\\d;?]*$`);

function emulate() {
  let rows: string[] = [];
  let row = 0;
  let column = 0;
  let pending = '';

  function put(text: string): void {
    const before = rows[row] ?? '';
    const kept = cells(before, 0, column);
    rows[row] =
      kept + ' '.repeat(column - stringWidth(kept)) + text + cells(before, column + stringWidth(text));
    column += stringWidth(text);
  }

  function control(parameters: string, kind: string): void {
    if (kind === 'H') {
      const [first = 1, second = 1] = parameters
        .split(';')
        .filter((each) => each !== '')
        .map(Number);
      row = first - 1;
      column = second - 1;
    } else if (kind === 'K') rows[row] = cells(rows[row] ?? '', 0, column);
    else if (kind === 'J') rows = [];
    else if (!['m', 'h', 'l'].includes(kind)) put(`<${parameters}${kind}>`);
  }

  return {
    write(text: string): void {
      const all = pending + text;
      // A sequence that was cut in two waits for its rest.
      const cut = cutSequence.exec(all)?.index ?? all.length;
      pending = all.slice(cut);
      for (const [whole, parameters, kind, newLine, plain] of all.slice(0, cut).matchAll(sequence)) {
        if (kind !== undefined) control(parameters ?? '', kind);
        else if (newLine !== undefined) {
          row += 1;
          column = 0;
        } else put(plain ?? JSON.stringify(whole));
      }
    },
    rows: () => Array.from(rows, (line) => (line ?? '').trimEnd()),
  };
}

/** The part of a line between two columns. */
function cells(line: string, from: number, to = Number.POSITIVE_INFINITY): string {
  let at = 0;
  let part = '';
  for (const { segment } of new Intl.Segmenter().segment(line)) {
    if (at >= from && at < to) part += segment;
    at += stringWidth(segment);
  }
  return part;
}
