import { hourMs } from '../base/amounts.ts';

export interface Instant {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/** The next time to sweep: each full hour, and each multiple of the interval. Of intervals beyond an hour those alone. */
export function nextSweepMs(nowMs: number, intervalMs: number): number {
  const next = (periodMs: number) => (Math.floor(nowMs / periodMs) + 1) * periodMs;
  return Math.min(next(intervalMs), intervalMs > hourMs ? Number.POSITIVE_INFINITY : next(hourMs));
}

/**
 * Whether a sweep is due, the last having begun at `last`: its time by the clock has come, the clock was set back so
 * that nobody knows when that will be, or the interval has passed whatever the clock says.
 */
export function isSweepDue(last: Instant, now: Instant, intervalMs: number): boolean {
  return (
    now.wallMs >= nextSweepMs(last.wallMs, intervalMs) ||
    now.wallMs < last.wallMs ||
    now.monotonicMs - last.monotonicMs >= intervalMs
  );
}
