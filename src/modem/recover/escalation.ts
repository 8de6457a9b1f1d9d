import { dayMs, hourMs, minuteMs } from '../../base/amounts.ts';

/** What is wrong with a modem that is there. One that is absent is waited for, and never reset (fault G12). */
export type Trouble =
  /** It answers nothing (faults B12, E9). */
  | 'silent'
  /** The SIM was in use or reports a failure (fault D3). */
  | 'sim-failed'
  | 'sim-busy'
  | 'sim-absent'
  /** The SMS service does not start (fault A2). */
  | 'service'
  /** The network refuses it (fault D4). */
  | 'denied'
  | 'searching'
  /** Neither registered nor searching: its radio may be off without its saying so (fault A12). */
  | 'unregistered';

/** `deaf`: the line was quiet for so long that it is registered anew. */
export type ResetCause = Trouble | 'deaf';

/** AT+CFUN=4 (or 0) and 1; AT+CFUN=1,1; the host's `reset_command`, for what no AT command cures. */
export type ResetStep = 'radio' | 'restart' | 'hook';

/** Which steps this modem and this host allow. */
export type AllowedSteps = Readonly<Record<ResetStep, boolean>>;

interface Schedule {
  /** Each step is taken so long after the trouble began. */
  readonly first: readonly (readonly [afterMs: number, step: ResetStep])[];
  /** Then these, one after the other, every six hours without end. */
  readonly later: readonly [ResetStep, ...ResetStep[]];
}

const schedules: Readonly<Record<Trouble, Schedule>> = {
  // The port is opened again many times before the first of these: some modems are only slow (fault G12).
  silent: {
    first: [
      [5 * minuteMs, 'radio'],
      [10 * minuteMs, 'restart'],
      [15 * minuteMs, 'hook'],
      [hourMs, 'restart'],
      [hourMs + 5 * minuteMs, 'hook'],
    ],
    later: ['restart', 'hook'],
  },
  'sim-failed': {
    first: [
      [minuteMs / 2, 'radio'],
      [5 * minuteMs, 'radio'],
      [15 * minuteMs, 'restart'],
      [30 * minuteMs, 'hook'],
      [hourMs, 'radio'],
    ],
    later: ['restart', 'hook'],
  },
  // A start takes half a minute, and a session of the SIM's own menu takes longer (fault D2).
  'sim-busy': {
    first: [
      [5 * minuteMs, 'radio'],
      [20 * minuteMs, 'restart'],
      [hourMs, 'hook'],
    ],
    later: ['radio', 'restart'],
  },
  // A SIM that was never there needs a person; one that lost contact may come back.
  'sim-absent': {
    first: [
      [10 * minuteMs, 'radio'],
      [hourMs, 'radio'],
    ],
    later: ['radio'],
  },
  service: {
    first: [
      [5 * minuteMs, 'radio'],
      [20 * minuteMs, 'restart'],
      [hourMs, 'hook'],
    ],
    later: ['restart', 'hook'],
  },
  denied: {
    first: [
      [10 * minuteMs, 'radio'],
      [hourMs, 'radio'],
    ],
    later: ['radio'],
  },
  searching: { first: [[hourMs, 'radio']], later: ['radio'] },
  unregistered: {
    first: [
      [minuteMs, 'radio'],
      [10 * minuteMs, 'radio'],
      [30 * minuteMs, 'restart'],
      [hourMs, 'radio'],
    ],
    later: ['radio', 'restart'],
  },
};

const laterEveryMs = 6 * hourMs;
const laterApartMs = 5 * minuteMs;
/** A modem that starts anew is given this time before anything else is tried. */
const cooldownMs = 2 * minuteMs;
/** A trouble that was not seen for so long is over; if it comes back sooner, its schedule goes on. */
const forgetMs = 10 * minuteMs;

/** At most so many within 24 hours, for all troubles together. */
export const dailyCaps: Readonly<Record<ResetStep, number>> = { radio: 12, restart: 4, hook: 4 };

/** One trouble from its beginning. Times are monotonic milliseconds. */
export interface Episode {
  readonly sinceMs: number;
  readonly seenMs: number;
  /** The place in the schedule of the first step that was not taken. */
  readonly place: number;
}

export interface TakenStep {
  readonly step: ResetStep;
  readonly atMs: number;
}

/** What a trouble calls for now. */
export interface Advice {
  readonly episode: Episode;
  /** To be taken now. */
  readonly due: ResetStep | null;
  /** What follows, after `due` if there is one; null if nothing is left to try. */
  readonly next: { readonly step: ResetStep; readonly atMs: number } | null;
}

/** What to do about a trouble that is seen now. `taken`: every reset of the last 24 hours, whatever its cause. */
export function adviseOn(
  trouble: Trouble,
  earlier: Episode | null,
  taken: readonly TakenStep[],
  allowed: AllowedSteps,
  nowMs: number,
): Advice {
  const isSame = earlier !== null && nowMs - earlier.seenMs <= forgetMs;
  const episode = isSame ? { ...earlier, seenMs: nowMs } : { sinceMs: nowMs, seenMs: nowMs, place: 0 };
  const next = nextStep(trouble, episode, taken, allowed);
  if (next === null || next.atMs > nowMs) return { episode, due: null, next };
  const advanced = { ...episode, place: next.place + 1 };
  const after = nextStep(trouble, advanced, [...taken, { step: next.step, atMs: nowMs }], allowed);
  return { episode: advanced, due: next.step, next: after };
}

function nextStep(
  trouble: Trouble,
  episode: Episode,
  taken: readonly TakenStep[],
  allowed: AllowedSteps,
): { place: number; step: ResetStep; atMs: number } | null {
  const { first, later } = schedules[trouble];
  const end = Math.max(episode.place, first.length) + later.length;
  for (let place = episode.place; place < end; place += 1) {
    const { afterMs, step } = scheduled(trouble, place);
    if (allowed[step])
      return { place, step, atMs: Math.max(episode.sinceMs + afterMs, allowedFromMs(taken, step)) };
  }
  return null;
}

function scheduled(trouble: Trouble, place: number): { afterMs: number; step: ResetStep } {
  const { first, later } = schedules[trouble];
  const known = first[place];
  if (known) return { afterMs: known[0], step: known[1] };
  const beyond = place - first.length;
  const within = beyond % later.length;
  const round = Math.floor(beyond / later.length) + 1;
  return { afterMs: round * laterEveryMs + within * laterApartMs, step: later[within] ?? later[0] };
}

/** The earliest time that the cool-down and the daily cap leave for a step. */
function allowedFromMs(taken: readonly TakenStep[], step: ResetStep): number {
  const last = taken.at(-1);
  const cooledMs = last === undefined ? -Infinity : last.atMs + cooldownMs;
  const capped = taken.filter((each) => each.step === step).at(-dailyCaps[step]);
  return Math.max(cooledMs, capped === undefined ? -Infinity : capped.atMs + dayMs);
}

/** The troubles of one line and the resets against them, across its sessions. */
export class Escalation {
  readonly #episodes = new Map<Trouble, Episode>();
  #taken: readonly TakenStep[] = [];

  /** A trouble is seen. A step that is due counts as taken. */
  see(trouble: Trouble, allowed: AllowedSteps, nowMs: number): Advice {
    const advice = adviseOn(trouble, this.#episodes.get(trouble) ?? null, this.#taken, allowed, nowMs);
    this.#episodes.set(trouble, advice.episode);
    if (advice.due !== null) this.recordStep(advice.due, nowMs);
    return advice;
  }

  /** The trouble is over. */
  end(trouble: Trouble): void {
    this.#episodes.delete(trouble);
  }

  recordStep(step: ResetStep, nowMs: number): void {
    this.#taken = [...this.#taken.filter(({ atMs }) => nowMs - atMs < dayMs), { step, atMs: nowMs }];
  }

  /** Whether the cool-down and the daily cap allow this step now. */
  allows(step: ResetStep, nowMs: number): boolean {
    return allowedFromMs(this.#taken, step) <= nowMs;
  }
}
