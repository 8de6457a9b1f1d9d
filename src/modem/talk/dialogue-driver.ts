import { ReadlineParser } from '@serialport/parser-readline';
import { dueMs, startDialogue, step } from '../../at/dialogue.ts';
import {
  type DialogueEvent,
  type DialogueState,
  type DialogueTuning,
  defaultTuning,
  type Effect,
  type Outcome,
  type OutOfStep,
  type Probe,
} from '../../at/dialogue-state.ts';
import { createByteGuard } from '../../at/framing.ts';
import type { DirectHeader } from '../../at/notification.ts';
import type { Clock, Timer } from '../../base/clock.ts';
import { type AppError, fault, systemCodeOf } from '../../base/errors.ts';
import type { Transport } from '../port/transport.ts';

export type Oddity = Extract<Effect, { type: 'count' }>['what'];

export interface DriverEvents {
  readonly notify: (line: string) => void;
  readonly direct: (header: DirectHeader, body: string) => void;
  readonly count: (what: Oddity) => void;
  /** In step with the modem: commands can be sent. */
  readonly synced: () => void;
  readonly unsynced: (why: OutOfStep) => void;
  readonly wrote: () => void;
  readonly settle: (outcome: Outcome, lines: readonly string[]) => void;
  /** The last event: there is no modem to talk to any more. */
  readonly ended: (cause: AppError) => void;
}

/** The pure dialogue at work: octets in, octets out, one timer. */
export interface DialogueDriver {
  readonly state: DialogueState;
  readonly endedBy: AppError | null;
  feed(event: DialogueEvent): void;
  expect(probes: readonly Probe[]): void;
  end(cause: AppError): void;
}

export function driveDialogue(
  transport: Transport,
  clock: Clock,
  events: DriverEvents,
  outstanding: readonly string[],
  tuning: DialogueTuning = defaultTuning,
): DialogueDriver {
  let state = startDialogue(clock.monotonicMs(), outstanding, tuning);
  let endedBy: AppError | null = null;
  let timer: { readonly atMs: number; readonly timer: Timer } | null = null;
  let lines: string[] = [];

  const guard = createByteGuard();
  const parser = new ReadlineParser({ delimiter: '\n', encoding: 'latin1' });
  parser.on('data', (line: string) => feed({ type: 'line', line }));
  transport.onBytes((bytes) => {
    if (endedBy) return;
    if (!bytes.every(isLineEnd)) feed({ type: 'octets' });
    const clean = guard.push(bytes);
    if (clean !== '') parser.write(clean, 'latin1');
  });
  transport.onClose((why) => end(closedBy(why)));
  arm();

  function feed(event: DialogueEvent): void {
    if (endedBy) return;
    try {
      take(event);
    } catch (cause) {
      // Thrown from here it would end the whole program, other lines and all.
      end(fault('line.fault', { name: cause instanceof Error ? cause.name : 'unknown' }, { cause }));
    }
  }

  function take(event: DialogueEvent): void {
    if (event.type === 'send') lines = [];
    const next = step(state, event, clock.monotonicMs());
    state = next.state;
    for (const effect of next.effects) perform(effect);
    arm();
  }

  function perform(effect: Effect): void {
    if (effect.type === 'write') write(effect.text);
    else if (effect.type === 'answer') lines.push(effect.line);
    else if (effect.type === 'settle') events.settle(effect.outcome, lines);
    else if (effect.type === 'notify') events.notify(effect.line);
    else if (effect.type === 'direct') events.direct(effect.header, effect.body);
    else if (effect.type === 'count') events.count(effect.what);
    else if (effect.type === 'lost') end(fault('line.lost'));
    else if (effect.type === 'synced') synced();
    else events.unsynced(effect.why);
  }

  /** Whatever was hasty was so to find the modem. */
  function synced(): void {
    state = { ...state, tuning: defaultTuning };
    events.synced();
  }

  function write(text: string): void {
    if (endedBy) return;
    events.wrote();
    transport.write(Buffer.from(text, 'latin1')).catch((cause: unknown) => end(closedBy(cause)));
  }

  function end(cause: AppError): void {
    if (endedBy) return;
    endedBy = cause;
    state = step(state, { type: 'closed' }, clock.monotonicMs()).state;
    arm();
    parser.destroy();
    events.ended(cause);
  }

  /** A timer that stands earlier than needed is left to fire: setting it anew at every octet would cost more. */
  function arm(): void {
    const atMs = endedBy ? null : dueMs(state);
    if (atMs !== null && timer !== null && timer.atMs <= atMs) return;
    timer?.timer.cancel();
    timer = null;
    if (atMs === null) return;
    const fire = () => {
      timer = null;
      feed({ type: 'tick' });
    };
    timer = { atMs, timer: clock.after(Math.max(0, atMs - clock.monotonicMs()), fire) };
  }

  return {
    get state() {
      return state;
    },
    get endedBy() {
      return endedBy;
    },
    feed,
    expect(probes) {
      state = { ...state, probes };
    },
    end,
  };
}

/** The rest of a line end that was cut off tells nothing new. */
function isLineEnd(octet: number): boolean {
  return octet === 0x0d || octet === 0x0a;
}

function closedBy(why: unknown): AppError {
  return fault('line.closed', { cause: systemCodeOf(why) }, { cause: why });
}
