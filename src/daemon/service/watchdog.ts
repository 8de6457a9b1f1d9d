import { minuteMs } from '../../base/amounts.ts';
import type { LineReport } from '../../modem/line-report.ts';
import type { SweepReport } from '../sweep-loop.ts';

/** A sign of life of one part: its mark changes whenever the part makes progress. */
export interface Sign {
  /** `store`, `sweep`, `line line1` */
  readonly part: string;
  readonly mark: string;
  /** How long the mark may stay the same, milliseconds. */
  readonly allowedMs: number;
}

/** When each part was first seen with its present mark; monotonic milliseconds. */
export type Pulses = ReadonlyMap<string, { readonly mark: string; readonly sinceMs: number }>;

export interface Stall {
  readonly part: string;
  readonly silentMs: number;
  readonly allowedMs: number;
}

interface StallCheck {
  readonly pulses: Pulses;
  /** Empty: every part makes progress, and systemd may be notified. */
  readonly stalled: readonly Stall[];
}

/**
 * Whether the watchdog may be fed (fault G6): only while every part has shown a new sign within its time. A part that
 * is gone no longer counts; the time of a new part begins now.
 */
export function findStalls(pulses: Pulses, signs: readonly Sign[], nowMs: number): StallCheck {
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

/** What the gateway's parts have done so far. */
export interface Work {
  /** Transactions that the register took. */
  readonly transactions: number;
  /** Transactions that it refused for a cause outside, which a restart does not remove: a full disk, a lock. */
  readonly declared: number;
  /** How often each line's port was tried, whether it opened or not. */
  readonly openings: ReadonlyMap<string, number>;
}

/**
 * Each minute a transaction looks for sets of parts that wait too long: it takes the writer's lock and gives it back,
 * which is proof without a write. Refusals other than the declared ones have this long to pass.
 */
const storeMs = 10 * minuteMs;

/** A sweep wakes at least once a minute, and makes many steps a minute while it works. */
const sweepMs = 10 * minuteMs;

/**
 * The longest time for which the supervisor of a line may write nothing, open nothing and change no state. A ready line
 * is checked each minute, an absent one each half minute; between two sessions the reset command may take a minute and a
 * half.
 */
const lineMs = 3 * minuteMs;
const recoveringMs = 5 * minuteMs;

/** The signs of life of each part of the gateway. */
export function readSigns(
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
