import { type Command, query } from '../../at/command.ts';
import { type Clock, sleep } from '../../base/clock.ts';
import { type AppError, fault } from '../../base/errors.ts';
import type { Channel, CommandReply } from './channel.ts';

/** A session with a modem, from the opening of its port or its last set-up until it has to be set up anew. */
export class Session {
  readonly channel: Channel;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  /** While it is false, what the modem says of its own start is not a change. */
  isSetUp = false;

  /** `signal`: aborted, with an AppError as its reason, when the session is over. */
  constructor(channel: Channel, clock: Clock, signal: AbortSignal = new AbortController().signal) {
    this.channel = channel;
    this.#clock = clock;
    this.#signal = signal;
  }

  get signal(): AbortSignal {
    return this.#signal;
  }

  /** See `Channel.run`. */
  run(command: Command, onlyIn?: number): Promise<CommandReply> {
    return this.channel.run(command, onlyIn);
  }

  /** The lines of a successful answer, or null. */
  async ask(command: Command): Promise<readonly string[] | null> {
    const reply = await this.run(command);
    return reply.ok ? reply.lines : null;
  }

  /** What `parse` reads in the last line of a successful answer; null if there is none. */
  async read<T>(text: string, prefix: string, parse: (line: string) => T | null): Promise<T | null> {
    const line = (await this.ask(query(text, prefix)))?.at(-1);
    return line === undefined ? null : parse(line);
  }

  /** Waits. @throws AppError the reason why the session is over */
  async pause(delayMs: number): Promise<void> {
    await sleep(this.#clock, delayMs, this.#signal);
    this.#signal.throwIfAborted();
  }
}

/** The modem has lost `setting` (a command without `AT+`) and has to be set up anew. */
export function settingsLost(setting: string): AppError {
  return fault('line.settings-lost', { setting });
}

export function simLost(): AppError {
  return fault('line.sim-lost');
}
