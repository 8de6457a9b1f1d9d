import type { Clock, Timer } from '../base/clock.ts';

/** Timers that can all be stopped together, so that a modem put away keeps no process alive. */
export interface Timers extends Clock {
  stop(): void;
}

export function createTimers(clock: Clock): Timers {
  const pending = new Set<Timer>();
  let stopped = false;
  return {
    wallMs: () => clock.wallMs(),
    monotonicMs: () => clock.monotonicMs(),
    after(delayMs, act) {
      if (stopped) return { cancel() {} };
      const timer = clock.after(delayMs, () => {
        pending.delete(entry);
        act();
      });
      const entry = {
        cancel() {
          pending.delete(entry);
          timer.cancel();
        },
      };
      pending.add(entry);
      return entry;
    },
    stop() {
      stopped = true;
      for (const timer of [...pending]) timer.cancel();
    },
  };
}
