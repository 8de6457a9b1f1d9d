import type { LineReport } from '../../modem/line-report.ts';
import type { SweepReport } from '../sweep-loop.ts';

/** A sign of life of one part: its mark differs from the last one if the part has got on meanwhile. */
export interface Sign {
  /** `store`, `sweep`, `line line1` */
  readonly part: string;
  readonly mark: string;
  /** How long the mark may stay as it is, milliseconds. */
  readonly allowedMs: number;
}

/** When each part was first seen with its present mark; monotonic milliseconds. */
export type Pulses = ReadonlyMap<string, { readonly mark: string; readonly sinceMs: number }>;

export interface Stall {
  readonly part: string;
  readonly silentMs: number;
  readonly allowedMs: number;
}

export interface Judgement {
  readonly pulses: Pulses;
  /** Empty: every part has got on, and systemd may be told so. */
  readonly stalled: readonly Stall[];
}

/**
 * Whether the watchdog may be fed (fault G6): only while every part has given a new sign within its time. A part that
 * is gone is asked for no more; one that is new has its time from now on.
 */
export function judgeSigns(pulses: Pulses, signs: readonly Sign[], nowMs: number): Judgement {
  const seen = new Map(
    signs.map(({ part, mark }) => {
      const last = pulses.get(part);
      return [part, last?.mark === mark ? last : { mark, sinceMs: nowMs }];
    }),
  );
  const stalled = signs.flatMap(({ part, allowedMs }) => {
    const silentMs = nowMs - (seen.get(part)?.sinceMs ?? nowMs);
    return silentMs > allowedMs ? [{ part, silentMs, allowedMs }] : [];
  });
  return { pulses: seen, stalled };
}

/** What the gateway's own parts have done so far. */
export interface Work {
  /** Transactions that the register took. */
  readonly transactions: number;
  /** Transactions that it refused because of something outside that a restart does not mend: a full disk, a lock. */
  readonly declared: number;
  /** How often each line's port was gone to, whether it opened or not. */
  readonly openings: ReadonlyMap<string, number>;
}

const minuteMs = 60_000;

/**
 * Sets of parts that wait too long are looked for each minute, in a transaction: the writer's lock is taken and given
 * back, which is proof without wearing the disk. Other refusals than the declared ones have this long to pass.
 */
const storeMs = 10 * minuteMs;

/** A sweep wakes at least once a minute, and at work it makes many steps in one. */
const sweepMs = 10 * minuteMs;

/**
 * The longest that the supervisor of a line may write nothing, open nothing and come to nothing new. A line that is
 * ready is asked how it is each minute, an absent one is looked for each half; between two sessions the host's own way
 * to reset a modem may take a minute and a half.
 */
const lineMs = 3 * minuteMs;
const recoveringMs = 5 * minuteMs;

/** What each part of the gateway shows of its life. */
export function signsOfLife(
  reports: ReadonlyMap<string, LineReport>,
  sweeps: SweepReport,
  work: Work,
): readonly Sign[] {
  return [
    { part: 'store', mark: `${work.transactions} ${work.declared}`, allowedMs: storeMs },
    { part: 'sweep', mark: `${sweeps.state} ${sweeps.wakes}`, allowedMs: sweepMs },
    ...[...reports]
      .filter(([, { state }]) => state !== 'stopped')
      .map(([name, report]) => ({
        part: `line ${name}`,
        mark: markOfLine(report, work.openings.get(name) ?? 0),
        allowedMs: report.state === 'recovering' ? recoveringMs : lineMs,
      })),
  ];
}

function markOfLine({ state, reason, since, commands, texts }: LineReport, openings: number): string {
  return [state, reason, since, commands, texts, openings].join(' ');
}
