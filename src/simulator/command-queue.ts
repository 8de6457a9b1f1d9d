import { parseCommandLine } from './command-line.ts';
import type { ModemDevice } from './device.ts';
import { answerPieces, createExchange, type Exchange, type Port } from './exchange.ts';
import { createLineDiscipline, type LineDiscipline } from './line-discipline.ts';
import { frame, type ModemReply } from './reply.ts';

/** The command lines of one port: each is answered before the next one is read. */
export class CommandQueue {
  readonly #device: ModemDevice;
  readonly #port: Port;
  readonly #run: (exchange: Exchange) => void;
  readonly #onIdle: () => void;
  readonly #discipline: LineDiscipline;
  readonly #lines: string[] = [];
  #isBusy = false;
  #promptFor: ModemReply['prompt'];
  #isStarting = false;
  /** Counts resets: an answer that belongs to an earlier one is dropped. */
  #epoch = 0;

  /** `run` carries out a line and fills in its replies; `onIdle` is called when an answer is complete. */
  constructor(device: ModemDevice, port: Port, run: (exchange: Exchange) => void, onIdle: () => void) {
    this.#device = device;
    this.#port = port;
    this.#run = run;
    this.#onIdle = onIdle;
    this.#discipline = createLineDiscipline({
      onLine: (line) => {
        this.#lines.push(line);
        this.#startNext();
      },
      onPrompt: (sent) =>
        port.print(frame([sent && this.#promptFor === 'message' ? '+CMS ERROR: 302' : 'OK']), true),
    });
  }

  /** A command is being answered. */
  get busy(): boolean {
    return this.#isBusy;
  }

  feed(characters: string): void {
    this.#discipline.feed(characters);
  }

  openPrompt(): void {
    this.#discipline.prompt();
  }

  /** Puts characters into the line as if they had been typed before. */
  preload(characters: string): void {
    this.#discipline.preload(characters);
  }

  /** Forgets what was typed and what was to be answered. */
  reset(): void {
    this.#epoch += 1;
    this.#isBusy = false;
    this.#lines.length = 0;
    this.#discipline.clear();
  }

  /** Starts lines until one takes time; a loop, because an answer without delay starts the next line. */
  #startNext(): void {
    if (this.#isStarting) return;
    this.#isStarting = true;
    while (!this.#isBusy) {
      const line = this.#lines.shift();
      if (line === undefined) break;
      this.#start(line);
    }
    this.#isStarting = false;
  }

  #start(line: string): void {
    this.#isBusy = true;
    const { searchesForAt, echoes } = this.#device.family;
    // Modems skip the LF, NUL and ESC that hosts send to be safe; one that does not reads them as the line's beginning.
    const typed = searchesForAt ? withoutControls(line) : line;
    const commands = searchesForAt || typed.startsWith('AT') ? parseCommandLine(typed) : [];
    const exchange = createExchange(typed, commands, this.#port, echoes);
    this.#run(exchange);
    this.#port.print(exchange.before + exchange.echo, true);
    const delayMs = this.#device.latencyMs + exchange.delayMs;
    if (exchange.replies === null || exchange.replies.length === 0) this.#finish();
    else if (delayMs > 0) this.#later(delayMs, () => this.#answer(exchange));
    else this.#answer(exchange);
  }

  #answer(exchange: Exchange): void {
    const pieces = answerPieces(exchange, this.#device.settings.cmee, this.#device.family.prompt);
    this.#promptFor = exchange.replies?.at(-1)?.prompt;
    if (this.#promptFor !== undefined) this.openPrompt();
    if (exchange.linePauseMs > 0) this.#pace(pieces, exchange.linePauseMs);
    else {
      this.#port.print(pieces.join(''), true);
      this.#finish();
    }
  }

  #pace(pieces: readonly string[], pauseMs: number): void {
    const [first, ...rest] = pieces;
    if (first === undefined) this.#finish();
    else {
      this.#port.print(first, true);
      this.#later(pauseMs, () => this.#pace(rest, pauseMs));
    }
  }

  #finish(): void {
    this.#isBusy = false;
    this.#onIdle();
    this.#startNext();
  }

  #later(delayMs: number, act: () => void): void {
    const startedIn = this.#epoch;
    this.#device.clock.after(delayMs, () => {
      if (this.#epoch === startedIn) act();
    });
  }
}

function withoutControls(text: string): string {
  return [...text].every((character) => character >= ' ')
    ? text
    : [...text].filter((character) => character >= ' ').join('');
}
