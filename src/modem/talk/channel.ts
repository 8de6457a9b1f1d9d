import type { Command } from '../../at/command.ts';
import { type DialogueTuning, defaultTuning, type Outcome, type Probe } from '../../at/dialogue-state.ts';
import { type FinalError, meaningOf } from '../../at/final-result.ts';
import { type Clock, sleep } from '../../base/clock.ts';
import type { AppError } from '../../base/errors.ts';
import type { Transport } from '../port/transport.ts';
import { type DriverEvents, driveDialogue } from './dialogue-driver.ts';

/**
 * The wait between an answer and the next command. Most modems need none; some ignore or refuse what comes right
 * after an OK (fault B16), which is learnt, and forgotten again after a long time without trouble.
 */
export interface Pace {
  readonly gapMs: number;
  /** Commands answered since the gap was last changed. */
  readonly calm: number;
  /** How often the gap had to be learnt: what was learnt twice is forgotten later. */
  readonly lessons: number;
}

const firstMs = 50;
const maxMs = 500;
const calmToForget = 500;

export function startPace(gapMs: number): Pace {
  return { gapMs, calm: 0, lessons: 0 };
}

/** The pace after a command that was refused as too fast, or that was not answered at all. */
export function slower(pace: Pace): Pace {
  const gapMs = Math.min(maxMs, Math.max(firstMs, pace.gapMs * 2));
  return { gapMs, calm: 0, lessons: Math.min(pace.lessons + 1, 10) };
}

/** The pace after a command that was answered. `floorMs` is what the family asks for. */
export function steady(pace: Pace, floorMs: number): Pace {
  if (pace.gapMs <= floorMs) return pace;
  if (pace.calm < calmToForget * 2 ** pace.lessons) return { ...pace, calm: pace.calm + 1 };
  const halved = Math.floor(pace.gapMs / 2);
  return { ...pace, gapMs: Math.max(floorMs, halved < firstMs ? 0 : halved), calm: 0 };
}

/** An answer. `error` is null where none came in time. */
export type Reply =
  | { readonly ok: true; readonly lines: readonly string[] }
  | { readonly ok: false; readonly error: FinalError | null; readonly lines: readonly string[] };

/** What has never reached the modem. */
export const unsent: Reply = { ok: false, error: null, lines: [] };

export function replyOf(outcome: Outcome, lines: readonly string[]): Reply {
  if (outcome.ok === true) return { ok: true, lines };
  return { ok: false, error: outcome.ok === null ? null : outcome.error, lines };
}

/**
 * Some modems fall asleep when nothing is asked for a while and do not hear what wakes them (fault A4). One that
 * once missed a command after a rest is woken first from then on.
 */
const restMs = 5_000;
const wake: Command = { text: 'AT', prefixes: [], deadlineMs: 1_000 };

export type ChannelEvents = Omit<DriverEvents, 'settle'>;

/** One modem's ear: one command at a time, sent when the dialogue is in step. */
export interface Channel {
  /**
   * Resolves with the answer, or with the lack of one. `onlyIn`: sent in no other epoch than this, however long it had
   * to wait and however often it is said again; `unsent` then.
   * @throws AppError `line.lost`, `line.closed` when there is no modem to talk to any more; what `interrupt` was
   * given until the next `begin`.
   */
  run(command: Command, onlyIn?: number): Promise<Reply>;
  /** Resolves when the modem is in step. @throws as `run` */
  inStep(): Promise<void>;
  /** Rises whenever the dialogue falls out of step: what was listed before is void. */
  readonly epoch: number;
  /** So long has passed since that what was listed before is void. */
  outdate(): void;
  /** Commands without an answer so far: for the next channel to the same modem. */
  readonly outstanding: readonly string[];
  expect(probes: readonly Probe[]): void;
  /** The least wait between commands that this modem's family asks for, in milliseconds. */
  keepGap(gapMs: number): void;
  /** Ends the session that uses the channel, and wakes the modem anew. */
  interrupt(cause: AppError): void;
  /** A new session takes over. */
  begin(): void;
  /** After this nothing is written. Resolves when the port is closed. */
  close(cause: AppError): Promise<void>;
}

interface Waiter<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (cause: AppError) => void;
}

export function openChannel(
  transport: Transport,
  clock: Clock,
  events: ChannelEvents,
  outstanding: readonly string[] = [],
  tuning: DialogueTuning = defaultTuning,
): Channel {
  let pace = startPace(0);
  let floorMs = 0;
  let readyAtMs = 0;
  let answeredMs = clock.monotonicMs();
  let drowsy = false;
  let epoch = 0;
  let interruption: AppError | null = null;
  let flight: Waiter<Reply> | null = null;
  let waiters: Waiter<void>[] = [];
  let closing: Promise<void> | null = null;

  const driver = driveDialogue(
    transport,
    clock,
    {
      ...events,
      synced() {
        rest();
        for (const waiter of takeWaiters()) waiter.resolve();
        events.synced();
      },
      unsynced(why) {
        epoch += 1;
        events.unsynced(why);
      },
      settle(outcome, lines) {
        // What was interrupted is rejected with the reason, below.
        if (outcome.ok !== null || outcome.why === 'timeout') flight?.resolve(replyOf(outcome, lines));
      },
      ended(cause) {
        failAll(cause);
        events.ended(cause);
      },
    },
    outstanding,
    tuning,
  );

  /** The next command waits for the gap from now on. */
  function rest(): void {
    readyAtMs = clock.monotonicMs() + pace.gapMs;
  }

  function takeWaiters(): Waiter<void>[] {
    const taken = waiters;
    waiters = [];
    return taken;
  }

  function failAll(cause: AppError): void {
    flight?.reject(cause);
    for (const waiter of takeWaiters()) waiter.reject(cause);
  }

  function check(): void {
    const cause = driver.endedBy ?? interruption;
    if (cause) throw cause;
  }

  async function whenInStep(): Promise<void> {
    check();
    while (driver.state.phase.name !== 'idle') {
      await new Promise<void>((resolve, reject) => waiters.push({ resolve, reject }));
      check();
    }
  }

  async function send(command: Command, onlyIn?: number): Promise<Reply> {
    await whenInStep();
    const waitMs = readyAtMs - clock.monotonicMs();
    if (waitMs > 0) {
      await sleep(clock, waitMs);
      await whenInStep();
    }
    if (onlyIn !== undefined && epoch !== onlyIn) return unsent;
    if (flight) throw new Error('two commands at once');
    try {
      return await new Promise<Reply>((resolve, reject) => {
        flight = { resolve, reject };
        driver.feed({ type: 'send', command });
      });
    } finally {
      flight = null;
    }
  }

  return {
    async run(command, onlyIn) {
      const nowMs = clock.monotonicMs();
      const rested = nowMs - answeredMs >= restMs;
      if (rested && drowsy) {
        await send(wake);
        rest();
      }
      for (let attempt = 1; ; attempt += 1) {
        const reply = await send(command, onlyIn);
        if (reply === unsent) return reply;
        answeredMs = clock.monotonicMs();
        const tooFast = !reply.ok && reply.error !== null && meaningOf(reply.error) === 'too-fast';
        const unanswered = !reply.ok && reply.error === null;
        drowsy ||= rested && unanswered;
        pace = tooFast || unanswered ? slower(pace) : steady(pace, floorMs);
        rest();
        if (!tooFast || attempt === 3) return reply;
      }
    },
    inStep: whenInStep,
    get epoch() {
      return epoch;
    },
    outdate() {
      epoch += 1;
    },
    get outstanding() {
      return driver.state.outstanding;
    },
    expect: driver.expect,
    keepGap(gapMs) {
      floorMs = gapMs;
      if (pace.gapMs < gapMs) pace = startPace(gapMs);
    },
    interrupt(cause) {
      if (driver.endedBy) return;
      interruption = cause;
      driver.feed({ type: 'restart' });
      failAll(cause);
    },
    begin() {
      interruption = null;
    },
    close(cause) {
      driver.end(cause);
      closing ??= transport.close();
      return closing;
    },
  };
}
