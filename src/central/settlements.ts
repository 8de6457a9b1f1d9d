import type { Clock } from '../base/clock.ts';

/** Those who wait until what was there when they came has gone. */
export interface Settlements {
  /** How many have come so far. */
  asked(): number;
  /** What was there when the first so many came has gone. */
  pass(count: number): void;
  /** Resolves to true when that is so, to false after `limitMs` or when the signal aborts. */
  wait(limitMs: number): Promise<boolean>;
}

export function settlements(clock: Clock, stopping: AbortSignal): Settlements {
  let asked = 0;
  /** By their place, from 1. */
  const waiting = new Map<number, (isSettled: boolean) => void>();
  stopping.addEventListener(
    'abort',
    () => {
      for (const settle of [...waiting.values()]) settle(false);
    },
    { once: true },
  );
  return {
    asked: () => asked,
    pass(count) {
      for (const [place, settle] of [...waiting]) if (place <= count) settle(true);
    },
    wait(limitMs) {
      asked += 1;
      const place = asked;
      if (stopping.aborted) return Promise.resolve(false);
      return new Promise((resolve) => {
        const late = clock.after(limitMs, () => settle(false));
        function settle(isSettled: boolean): void {
          late.cancel();
          waiting.delete(place);
          resolve(isSettled);
        }
        waiting.set(place, settle);
      });
    },
  };
}
