import { parseCommandLine } from './command-line.ts';
import { answerPieces, createExchange, type Exchange, type Port } from './exchange.ts';
import { createLineDiscipline, type LineDiscipline } from './line-discipline.ts';
import type { Machine } from './machine.ts';
import { frame } from './reply.ts';

/** What is said at one port: one command after the other, each answered before the next is looked at. */
export interface Conversation extends Pick<LineDiscipline, 'feed' | 'prompt' | 'preload'> {
  /** Something is being answered. */
  readonly busy: boolean;
  /** Forgets what was typed and what was to be answered. */
  reset(): void;
}

/**
 * A conversation at `port`. `run` carries out a line and fills in its replies; `onIdle` hears when an answer is
 * complete.
 */
export function createConversation(
  machine: Machine,
  port: Port,
  run: (exchange: Exchange) => void,
  onIdle: () => void,
): Conversation {
  const lines: string[] = [];
  let epoch = 0;
  let busy = false;
  let running = false;
  const discipline = createLineDiscipline({
    onLine(line) {
      lines.push(line);
      runLines();
    },
    onPrompt: (sent) => port.print(frame([sent ? '+CMS ERROR: 302' : 'OK']), true),
  });

  function runLines(): void {
    if (running) return;
    running = true;
    for (let line = nextLine(); line !== undefined; line = nextLine()) start(line);
    running = false;
  }

  function nextLine(): string | undefined {
    return busy ? undefined : lines.shift();
  }

  function start(line: string): void {
    busy = true;
    const exchange = createExchange(line, parseCommandLine(line), port);
    run(exchange);
    port.print(exchange.before + exchange.echo, true);
    const delayMs = machine.latencyMs + exchange.delayMs;
    if (exchange.replies === null || exchange.replies.length === 0) finish();
    else if (delayMs > 0) later(delayMs, () => answer(exchange));
    else answer(exchange);
  }

  function answer(exchange: Exchange): void {
    const pieces = answerPieces(exchange, machine.settings.cmee, machine.family.prompt);
    if (exchange.replies?.at(-1)?.prompt) discipline.prompt();
    if (exchange.linePauseMs > 0) pace(pieces, exchange.linePauseMs);
    else {
      port.print(pieces.join(''), true);
      finish();
    }
  }

  function pace(pieces: readonly string[], pauseMs: number): void {
    const [first, ...rest] = pieces;
    if (first === undefined) finish();
    else {
      port.print(first, true);
      later(pauseMs, () => pace(rest, pauseMs));
    }
  }

  function finish(): void {
    busy = false;
    onIdle();
    runLines();
  }

  /** Not after a reset: the modem that would have answered is another one now. */
  function later(delayMs: number, act: () => void): void {
    const startedIn = epoch;
    machine.clock.after(delayMs, () => {
      if (epoch === startedIn) act();
    });
  }

  return {
    feed: discipline.feed,
    prompt: discipline.prompt,
    preload: discipline.preload,
    get busy() {
      return busy;
    },
    reset() {
      epoch += 1;
      busy = false;
      lines.length = 0;
      discipline.clear();
    },
  };
}
