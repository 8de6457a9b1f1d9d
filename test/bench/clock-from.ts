import { type Clock, systemClock } from '../../src/base/clock.ts';

/** The real clock's pace from another date on: a register that was made for a date can be worked on at any time. */
export function clockFrom(startMs: number): Clock {
  const originMs = systemClock.monotonicMs();
  return { ...systemClock, wallMs: () => Math.round(startMs + systemClock.monotonicMs() - originMs) };
}
