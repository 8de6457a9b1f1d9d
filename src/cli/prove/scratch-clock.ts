import type { Clock } from '../../base/clock.ts';

/** A clock that stands still until it is moved: four weeks pass at once. */
export interface ScratchClock extends Clock {
  advance(durationMs: number): void;
}

export function scratchClock(startMs: number): ScratchClock {
  let elapsedMs = 0;
  return {
    wallMs: () => startMs + elapsedMs,
    monotonicMs: () => elapsedMs,
    // Nothing waits in a proof: whatever is due is done by calling it.
    after: () => ({ cancel() {} }),
    advance(durationMs) {
      elapsedMs += durationMs;
    },
  };
}
