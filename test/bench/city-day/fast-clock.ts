import type { Clock } from '../../../src/base/clock.ts';

/** A clock whose date is `startMs` now and runs `speed` times as fast. Its deadlines are real: the link's peer is. */
export function fastDate(clock: Clock, startMs: number, speed: number): Clock {
  const beganMs = clock.monotonicMs();
  return {
    wallMs: () => Math.floor(startMs + (clock.monotonicMs() - beganMs) * speed),
    monotonicMs: () => clock.monotonicMs(),
    after: (delayMs, act) => clock.after(delayMs, act),
  };
}
