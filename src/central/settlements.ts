import { type Clock, sleep } from '../base/clock.ts';

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
  const waiting = new Map<number, () => void>();
  return {
    asked: () => asked,
    pass(count) {
      for (const [place, settle] of waiting) if (place <= count) settle();
    },
    async wait(limitMs) {
      asked += 1;
      const place = asked;
      const over = new AbortController();
      const settled = new Promise<boolean>((resolve) => waiting.set(place, () => resolve(true)));
      const late = sleep(clock, limitMs, AbortSignal.any([stopping, over.signal])).then(() => false);
      try {
        return await Promise.race([settled, late]);
      } finally {
        waiting.delete(place);
        over.abort();
      }
    },
  };
}
