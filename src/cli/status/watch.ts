import type { Readable } from 'node:stream';
import { sleep } from '../../base/clock.ts';
import { AppError, type ExitCode, exitCode } from '../../base/errors.ts';
import type { Status } from '../../daemon/status/status-object.ts';
import { type Shell, writeLine } from '../shell.ts';
import { openScreen } from './screen.ts';
import { formatStatus } from './status-text.ts';
import { sizeOf, terminalOf } from './terminal.ts';
import { type Watched, watchFrame } from './watch-frame.ts';

export interface WatchOptions {
  /** Asks the gateway. @throws AppError where it does not answer */
  readonly ask: () => Promise<Status>;
  /** What can be said where it never answered yet. */
  readonly without: (code: string) => Status;
  /** How often; null: each second on a screen, else every ten. */
  readonly everyMs: number | null;
}

/** Shows how the gateway is until the reader or the system ends it. The gateway may come and go meanwhile. */
export function watchStatus(shell: Shell, options: WatchOptions): Promise<ExitCode> {
  return terminalOf(shell).fullScreen ? watchOnScreen(shell, options) : watchInBlocks(shell, options);
}

async function watchOnScreen(shell: Shell, options: WatchOptions): Promise<ExitCode> {
  const { stdout, clock, language } = shell;
  const terminal = terminalOf(shell);
  const stop = new AbortController();
  const end = () => stop.abort();
  shell.signal.addEventListener('abort', end, { once: true });
  if (shell.signal.aborted) end();
  const screen = openScreen(stdout);
  const keys = listenToKeys(shell.stdin, end);
  let watched: Watched | null = null;
  const paint = () => {
    const size = sizeOf(shell);
    if (watched) screen.paint(watchFrame(watched, { ...terminal, ...size, language }), size);
  };
  const resized = () => {
    screen.forget();
    paint();
  };
  stdout.on('resize', resized);
  try {
    while (!stop.signal.aborted && !stdout.destroyed) {
      watched = await look(options, watched);
      if (stop.signal.aborted) break;
      paint();
      await sleep(clock, options.everyMs ?? 1_000, stop.signal);
    }
  } finally {
    stdout.off('resize', resized);
    shell.signal.removeEventListener('abort', end);
    keys.close();
    screen.leave();
  }
  return exitCode.done;
}

/** The last known stays on the screen while nobody answers. */
async function look({ ask, without }: WatchOptions, before: Watched | null): Promise<Watched> {
  try {
    return { status: await ask(), trouble: null };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'gateway.forbidden') throw error;
    if (before === null || before.status.pid === null) return { status: without(error.code), trouble: null };
    return { status: before.status, trouble: error.code };
  }
}

async function watchInBlocks(
  { stdout, clock, language, signal }: Shell,
  options: WatchOptions,
): Promise<ExitCode> {
  while (!signal.aborted && !stdout.destroyed) {
    const { status } = await look(options, null);
    await writeLine(stdout, `${formatStatus(status, language, 80).join('\n')}\n`);
    await sleep(clock, options.everyMs ?? 10_000, signal);
  }
  return exitCode.done;
}

type Keyboard = Readable & { readonly isTTY?: boolean; setRawMode?(raw: boolean): void };

/** q, also where the keyboard writes Hangul, Escape, Ctrl-C and Ctrl-D: on a raw terminal those are keys like others. */
const endKeys: ReadonlySet<string> = new Set(['q', 'Q', 'ㅂ', '\u001b', '\u0003', '\u0004']);

function listenToKeys(stdin: Keyboard, end: () => void): { close(): void } {
  if (stdin.isTTY !== true) return { close: () => {} };
  const heard = (chunk: Buffer | string) => {
    if (endKeys.has(chunk.toString())) end();
  };
  stdin.setRawMode?.(true);
  stdin.on('data', heard);
  stdin.resume();
  return {
    close() {
      stdin.off('data', heard);
      stdin.setRawMode?.(false);
      stdin.pause();
    },
  };
}
