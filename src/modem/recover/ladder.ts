import { dayMs, hourMs } from '../../base/amounts.ts';

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

/** AT+CFUN=4 (or 0) and 1; AT+CFUN=1,1; the host's own command, for what no command to the modem cures. */
export type Rung = 'radio' | 'restart' | 'hook';

/** Which rungs there are for this modem on this host. */
export type Means = Readonly<Record<Rung, boolean>>;

interface Steps {
  /** Each is taken so long after the trouble began. */
  readonly first: readonly (readonly [afterMs: number, rung: Rung])[];
  /** Then these, one after the other, every six hours for ever. */
  readonly later: readonly [Rung, ...Rung[]];
}

const minuteMs = 60_000;

const ladders: Readonly<Record<Trouble, Steps>> = {
  // Before the first of these the port was closed and opened again many times: some modems are only slow (fault G12).
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
  // Half a minute is what a start takes, and a session of the SIM's own menu longer (fault D2).
  'sim-busy': {
    first: [
      [5 * minuteMs, 'radio'],
      [20 * minuteMs, 'restart'],
      [hourMs, 'hook'],
    ],
    later: ['radio', 'restart'],
  },
  // A card that nobody has put in needs a person; one that lost contact may come back.
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

const tailEveryMs = 6 * hourMs;
const tailApartMs = 5 * minuteMs;
/** A modem that starts anew is given this time before anything else is tried. */
const cooldownMs = 2 * minuteMs;
/** A trouble that was not seen for so long has passed; if it comes back sooner, the ladder goes on where it was. */
const forgetMs = 10 * minuteMs;

/** At most so many within 24 hours, whatever the troubles. */
export const dailyCaps: Readonly<Record<Rung, number>> = { radio: 12, restart: 4, hook: 4 };

/** One trouble, as far as it has come. Times are monotonic milliseconds. */
export interface Climb {
  readonly sinceMs: number;
  readonly seenMs: number;
  /** The first step that was not taken. */
  readonly step: number;
}

export interface Taken {
  readonly rung: Rung;
  readonly atMs: number;
}

export interface Look {
  readonly climb: Climb;
  /** To be taken now. */
  readonly due: Rung | null;
  /** What follows, after `due` if there is one; null where nothing can. */
  readonly next: { readonly rung: Rung; readonly atMs: number } | null;
}

/** What a trouble that is seen now calls for. `taken`: every reset of the last 24 hours, whatever its cause. */
export function lookAt(
  trouble: Trouble,
  earlier: Climb | null,
  taken: readonly Taken[],
  means: Means,
  nowMs: number,
): Look {
  const isSame = earlier !== null && nowMs - earlier.seenMs <= forgetMs;
  const climb = isSame ? { ...earlier, seenMs: nowMs } : { sinceMs: nowMs, seenMs: nowMs, step: 0 };
  const next = nextStep(trouble, climb, taken, means);
  if (next === null || next.atMs > nowMs) return { climb, due: null, next };
  const climbed = { ...climb, step: next.step + 1 };
  const after = nextStep(trouble, climbed, [...taken, { rung: next.rung, atMs: nowMs }], means);
  return { climb: climbed, due: next.rung, next: after };
}

function nextStep(
  trouble: Trouble,
  climb: Climb,
  taken: readonly Taken[],
  means: Means,
): { step: number; rung: Rung; atMs: number } | null {
  const { first, later } = ladders[trouble];
  for (let step = climb.step; step < Math.max(climb.step, first.length) + later.length; step += 1) {
    const { afterMs, rung } = stepOf(trouble, step);
    if (means[rung]) return { step, rung, atMs: Math.max(climb.sinceMs + afterMs, freeAtMs(taken, rung)) };
  }
  return null;
}

function stepOf(trouble: Trouble, step: number): { afterMs: number; rung: Rung } {
  const { first, later } = ladders[trouble];
  const known = first[step];
  if (known) return { afterMs: known[0], rung: known[1] };
  const beyond = step - first.length;
  const place = beyond % later.length;
  const round = Math.floor(beyond / later.length) + 1;
  return { afterMs: round * tailEveryMs + place * tailApartMs, rung: later[place] ?? later[0] };
}

/** The earliest time that the cool-down and the daily cap leave for a rung. */
function freeAtMs(taken: readonly Taken[], rung: Rung): number {
  const last = taken.at(-1);
  const cooledMs = last === undefined ? -Infinity : last.atMs + cooldownMs;
  const capped = taken.filter((each) => each.rung === rung).at(-dailyCaps[rung]);
  return Math.max(cooledMs, capped === undefined ? -Infinity : capped.atMs + dayMs);
}

/** The troubles of one line, across its sessions. */
export interface Ladder {
  sees(trouble: Trouble, means: Means, nowMs: number): Look;
  /** The modem works: what was seen before is over. */
  passed(trouble: Trouble): void;
  /** A rung was taken for this line, by `sees` or otherwise. */
  took(rung: Rung, nowMs: number): void;
  /** Whether the daily cap leaves room for this rung. */
  mayTake(rung: Rung, nowMs: number): boolean;
}

export function createLadder(): Ladder {
  const climbs = new Map<Trouble, Climb>();
  let taken: readonly Taken[] = [];
  return {
    sees(trouble, means, nowMs) {
      const look = lookAt(trouble, climbs.get(trouble) ?? null, taken, means, nowMs);
      climbs.set(trouble, look.climb);
      return look;
    },
    passed: (trouble) => void climbs.delete(trouble),
    took(rung, nowMs) {
      taken = [...taken.filter(({ atMs }) => nowMs - atMs < dayMs), { rung, atMs: nowMs }];
    },
    mayTake: (rung, nowMs) => freeAtMs(taken, rung) <= nowMs,
  };
}
