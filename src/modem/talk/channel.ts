import type { Command } from '../../at/command.ts';
import {
  type CommandOutcome,
  type DialogueTuning,
  defaultTuning,
  type OutOfStep,
  type SyncProbe,
} from '../../at/dialogue-state.ts';
import { type FinalError, meaningOf } from '../../at/final-result.ts';
import { type Clock, sleep } from '../../base/clock.ts';
import type { AppError } from '../../base/errors.ts';
import type { Transport } from '../port/transport.ts';
import type { Wiring } from '../port/wiring.ts';
import { DialogueDriver, type DriverEvents } from './dialogue-driver.ts';
import { slower, startPace, steady } from './pace.ts';

/** The answer to a command. `error` is null if none came in time. */
export type CommandReply =
  | { readonly ok: true; readonly lines: readonly string[] }
  | { readonly ok: false; readonly error: FinalError | null; readonly lines: readonly string[] };

/** The reply to a command that was not sent. */
export const unsent: CommandReply = { ok: false, error: null, lines: [] };

function replyOf(outcome: CommandOutcome, lines: readonly string[]): CommandReply {
  if (outcome.ok === true) return { ok: true, lines };
  return { ok: false, error: outcome.ok === null ? null : outcome.error, lines };
}

/**
 * Some modems fall asleep if nothing is asked for a while, and do not hear the command that wakes them (fault A4).
 * A modem that once missed a command after a rest is woken first from then on.
 */
const restMs = 5_000;
const wakeUp: Command = { text: 'AT', prefixes: [], deadlineMs: 1_000 };

/** How often a command is sent that the modem refuses as too fast. */
const maxSends = 3;

export interface ChannelEvents extends Omit<DriverEvents, 'settle' | 'unsynced'> {
  /** `isHarmless`: the last command was a question whose answer is only shown. */
  unsynced(why: OutOfStep, isHarmless: boolean): void;
}

/** For a channel whose modem is only asked something. */
export const noEvents: ChannelEvents = {
  notify: () => {},
  direct: () => {},
  count: () => {},
  synced: () => {},
  unsynced: () => {},
  wrote: () => {},
  answered: () => {},
  ended: () => {},
};

interface Waiter<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (cause: AppError) => void;
}

/** Commands to one modem: one at a time, each sent only while the dialogue is in step. */
export class Channel {
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #events: ChannelEvents;
  readonly #driver: DialogueDriver;
  #pace = startPace(0);
  #floorMs = 0;
  /** The gap after the last answer ends then; monotonic milliseconds, as all times here. */
  #readyAtMs = 0;
  #answeredMs: number;
  #fallsAsleep = false;
  #epoch = 0;
  #interruption: AppError | null = null;
  #pending: Waiter<CommandReply> | null = null;
  #waiters: Waiter<void>[] = [];
  #closing: Promise<void> | null = null;

  /** `outstanding`: commands that an earlier channel to the same modem sent and that were never answered. */
  constructor(
    transport: Transport,
    clock: Clock,
    events: ChannelEvents,
    outstanding: readonly string[] = [],
    tuning: DialogueTuning = defaultTuning,
  ) {
    this.#transport = transport;
    this.#clock = clock;
    this.#events = events;
    this.#answeredMs = clock.monotonicMs();
    const driverEvents: DriverEvents = {
      notify: (line) => events.notify(line),
      direct: (header, body) => events.direct(header, body),
      count: (what) => events.count(what),
      wrote: () => events.wrote(),
      answered: () => events.answered(),
      synced: () => this.#onSynced(),
      unsynced: (why) => this.#onUnsynced(why),
      settle: (outcome, lines) => this.#onSettled(outcome, lines),
      ended: (cause) => this.#onEnded(cause),
    };
    this.#driver = new DialogueDriver(transport, clock, driverEvents, outstanding, tuning);
  }

  /** Rises when the dialogue falls out of step: what was listed before is void. */
  get epoch(): number {
    return this.#epoch;
  }

  /** How the modem is connected; null if this machine does not know. */
  get wiring(): Wiring | null {
    return this.#transport.wiring ?? null;
  }

  /** Voids what was listed so far, because much time has passed. */
  outdate(): void {
    this.#epoch += 1;
  }

  /** Commands without an answer so far: for the next channel to the same modem. */
  get outstanding(): readonly string[] {
    return this.#driver.state.outstanding;
  }

  /** The questions that prove that the dialogue is in step. */
  useProbes(probes: readonly SyncProbe[]): void {
    this.#driver.useProbes(probes);
  }

  /** The shortest wait between commands that the modem's family needs, in milliseconds. */
  keepGap(gapMs: number): void {
    this.#floorMs = gapMs;
    if (this.#pace.gapMs < gapMs) this.#pace = startPace(gapMs);
  }

  /**
   * Resolves with the answer, or with the lack of one. `onlyIn`: the command is sent in this epoch or not at all;
   * the reply is `unsent` then.
   * @throws AppError `line.lost`, `line.closed` if there is no modem to talk to any more; the cause of an interruption
   * until the next `begin`
   */
  async run(command: Command, onlyIn?: number): Promise<CommandReply> {
    const isRested = this.#clock.monotonicMs() - this.#answeredMs >= restMs;
    if (isRested && this.#fallsAsleep) {
      await this.#send(wakeUp);
      this.#startGap();
    }
    for (let attempt = 1; ; attempt += 1) {
      const reply = await this.#send(command, onlyIn);
      if (reply === unsent) return reply;
      this.#answeredMs = this.#clock.monotonicMs();
      const isTooFast = !reply.ok && reply.error !== null && meaningOf(reply.error) === 'too-fast';
      const isUnanswered = !reply.ok && reply.error === null;
      this.#fallsAsleep ||= isRested && isUnanswered;
      this.#pace = isTooFast || isUnanswered ? slower(this.#pace) : steady(this.#pace, this.#floorMs);
      this.#startGap();
      if (!isTooFast || attempt === maxSends) return reply;
    }
  }

  /** Resolves when the dialogue is in step. @throws as `run` */
  async inStep(): Promise<void> {
    this.#throwIfEnded();
    while (this.#driver.state.phase.name !== 'idle') {
      await new Promise<void>((resolve, reject) => this.#waiters.push({ resolve, reject }));
      this.#throwIfEnded();
    }
  }

  /** Ends the session that uses the channel, and wakes the modem anew. */
  interrupt(cause: AppError): void {
    if (this.#driver.endedBy) return;
    this.#interruption = cause;
    this.#driver.feed({ type: 'restart' });
    this.#failAll(cause);
  }

  /** A new session begins. */
  begin(): void {
    this.#interruption = null;
  }

  /** Nothing is written afterwards. Resolves when the port is closed. */
  close(cause: AppError): Promise<void> {
    // A text that comes directly is in no memory of the modem: what was read is taken.
    if (this.#closing === null) this.#transport.flush?.();
    this.#driver.end(cause);
    this.#closing ??= this.#transport.close();
    return this.#closing;
  }

  async #send(command: Command, onlyIn?: number): Promise<CommandReply> {
    await this.inStep();
    const waitMs = this.#readyAtMs - this.#clock.monotonicMs();
    if (waitMs > 0) {
      await sleep(this.#clock, waitMs);
      await this.inStep();
    }
    if (onlyIn !== undefined && this.#epoch !== onlyIn) return unsent;
    if (this.#pending) throw new Error('two commands at once');
    try {
      return await new Promise<CommandReply>((resolve, reject) => {
        this.#pending = { resolve, reject };
        this.#driver.feed({ type: 'send', command });
      });
    } finally {
      this.#pending = null;
    }
  }

  #startGap(): void {
    this.#readyAtMs = this.#clock.monotonicMs() + this.#pace.gapMs;
  }

  #throwIfEnded(): void {
    const cause = this.#driver.endedBy ?? this.#interruption;
    if (cause) throw cause;
  }

  #onSynced(): void {
    this.#startGap();
    for (const waiter of this.#takeWaiters()) waiter.resolve();
    this.#events.synced();
  }

  #onUnsynced(why: OutOfStep): void {
    this.#epoch += 1;
    this.#events.unsynced(why, this.#driver.state.isPatient);
  }

  #onSettled(outcome: CommandOutcome, lines: readonly string[]): void {
    // What was interrupted is rejected with the cause instead.
    if (outcome.ok !== null || outcome.why === 'timeout') this.#pending?.resolve(replyOf(outcome, lines));
  }

  #onEnded(cause: AppError): void {
    this.#failAll(cause);
    this.#events.ended(cause);
  }

  #failAll(cause: AppError): void {
    this.#pending?.reject(cause);
    for (const waiter of this.#takeWaiters()) waiter.reject(cause);
  }

  #takeWaiters(): Waiter<void>[] {
    const taken = this.#waiters;
    this.#waiters = [];
    return taken;
  }
}
