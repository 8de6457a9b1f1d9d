import type { Clock, Timer } from './clock.ts';

/** Calls `act` after each `intervalMs` by `clock`, until it is cancelled. What `act` throws is not caught. */
export function every(clock: Clock, intervalMs: number, act: () => void): Timer {
  let timer = clock.after(intervalMs, again);
  function again(): void {
    timer = clock.after(intervalMs, again);
    act();
  }
  return { cancel: () => timer.cancel() };
}
