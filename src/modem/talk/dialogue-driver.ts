import { ReadlineParser } from '@serialport/parser-readline';
import { dueMs, startDialogue, step } from '../../at/dialogue.ts';
import {
  type CommandOutcome,
  type DialogueEvent,
  type DialogueState,
  type DialogueTuning,
  defaultTuning,
  type Effect,
  type OutOfStep,
  type SyncProbe,
} from '../../at/dialogue-state.ts';
import { createByteGuard, withoutHigh } from '../../at/framing.ts';
import type { DirectHeader } from '../../at/notification.ts';
import type { Clock, Timer } from '../../base/clock.ts';
import { AppError, fault, systemCodeOf } from '../../base/errors.ts';
import type { Transport } from '../port/transport.ts';

/** Something odd in the dialogue that does no harm. */
export type Oddity = Extract<Effect, { type: 'count' }>['what'];

export interface DriverEvents {
  notify(line: string): void;
  direct(header: DirectHeader, body: string): void;
  count(what: Oddity): void;
  /** In step with the modem: commands can be sent. */
  synced(): void;
  unsynced(why: OutOfStep): void;
  wrote(): void;
  /** A clean `OK` or `ERROR` has come, whatever it ends: there is a modem, and the rate is right. */
  answered(): void;
  settle(outcome: CommandOutcome, lines: readonly string[]): void;
  /** The last event: there is no modem to talk to any more. */
  ended(cause: AppError): void;
}

/** Runs the pure dialogue on a port: octets in, octets out, one timer. */
export class DialogueDriver {
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #events: DriverEvents;
  readonly #guard = createByteGuard();
  readonly #parser = new ReadlineParser({ delimiter: '\n', encoding: 'latin1' });
  #state: DialogueState;
  #endedBy: AppError | null = null;
  #timer: { readonly atMs: number; readonly timer: Timer } | null = null;
  /** Of the answer to the command in flight. */
  #lines: string[] = [];

  constructor(
    transport: Transport,
    clock: Clock,
    events: DriverEvents,
    outstanding: readonly string[],
    tuning: DialogueTuning,
  ) {
    this.#transport = transport;
    this.#clock = clock;
    this.#events = events;
    this.#state = startDialogue(clock.monotonicMs(), outstanding, tuning);
    this.#parser.on('data', (line: string) => this.#receiveLine(line));
    transport.onBytes((bytes) => this.#receive(bytes));
    transport.onClose((why) => this.end(closedBy(why)));
    this.#setTimer();
  }

  get state(): DialogueState {
    return this.#state;
  }

  get endedBy(): AppError | null {
    return this.#endedBy;
  }

  useProbes(probes: readonly SyncProbe[]): void {
    this.#state = { ...this.#state, probes };
  }

  feed(event: DialogueEvent): void {
    if (this.#endedBy) return;
    try {
      this.#step(event);
    } catch (cause) {
      // Thrown from here it would end the whole program and its other lines.
      const name = cause instanceof Error ? cause.name : 'unknown';
      this.end(fault('line.fault', { name }, { cause }));
    }
  }

  end(cause: AppError): void {
    if (this.#endedBy) return;
    this.#endedBy = cause;
    this.#state = step(this.#state, { type: 'closed' }, this.#clock.monotonicMs()).state;
    this.#setTimer();
    this.#parser.destroy();
    this.#events.ended(cause);
  }

  #receive(bytes: Uint8Array): void {
    if (this.#endedBy) return;
    if (!bytes.every(isLineEnd)) this.feed({ type: 'octets' });
    const clean = this.#guard.push(bytes);
    if (clean !== '') this.#parser.write(clean, 'latin1');
  }

  #receiveLine(printed: string): void {
    // Words in text mode are in any coding; the octets tell which.
    const line = this.#state.direct?.header.textMode ? printed : withoutHigh(printed);
    if (!this.#endedBy && /^(?:OK|ERROR)\r?$/.test(line)) this.#events.answered();
    this.feed({ type: 'line', line });
  }

  #step(event: DialogueEvent): void {
    if (event.type === 'send') this.#lines = [];
    const next = step(this.#state, event, this.#clock.monotonicMs());
    this.#state = next.state;
    for (const effect of next.effects) this.#perform(effect);
    this.#setTimer();
  }

  #perform(effect: Effect): void {
    switch (effect.type) {
      case 'write':
        this.#write(effect.text);
        break;
      case 'answer':
        this.#lines.push(effect.line);
        break;
      case 'settle':
        this.#events.settle(effect.outcome, this.#lines);
        break;
      case 'notify':
        this.#events.notify(effect.line);
        break;
      case 'direct':
        this.#events.direct(effect.header, effect.body);
        break;
      case 'count':
        this.#events.count(effect.what);
        break;
      case 'lost':
        this.end(fault('line.lost'));
        break;
      case 'unsynced':
        this.#events.unsynced(effect.why);
        break;
      case 'synced':
        // Short limits are for finding a modem only.
        this.#state = { ...this.#state, tuning: defaultTuning };
        this.#events.synced();
        break;
    }
  }

  #write(text: string): void {
    if (this.#endedBy) return;
    this.#events.wrote();
    this.#transport.write(Buffer.from(text, 'latin1')).catch((cause: unknown) => this.end(closedBy(cause)));
  }

  /** A timer that stands earlier than needed is left to fire: setting it anew at every octet would cost more. */
  #setTimer(): void {
    const atMs = this.#endedBy ? null : dueMs(this.#state);
    if (atMs !== null && this.#timer !== null && this.#timer.atMs <= atMs) return;
    this.#timer?.timer.cancel();
    this.#timer = null;
    if (atMs === null) return;
    const tick = () => {
      this.#timer = null;
      this.feed({ type: 'tick' });
    };
    this.#timer = { atMs, timer: this.#clock.after(Math.max(0, atMs - this.#clock.monotonicMs()), tick) };
  }
}

/** A line end alone tells nothing new. */
function isLineEnd(octet: number): boolean {
  return octet === 0x0d || octet === 0x0a;
}

function closedBy(why: unknown): AppError {
  if (why instanceof AppError && why.code === 'line.flooded') return why;
  return fault('line.closed', { cause: systemCodeOf(why) }, { cause: why });
}
