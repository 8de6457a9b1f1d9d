import type { Clock, Timer } from '../base/clock.ts';

/** A stream of choices that is the same for the same seed, on every machine. */
export interface Random {
  /** A whole number from 0 to `below` - 1. */
  int(below: number): number;
  /** True in `ratio` (0–1) of the draws. */
  chance(ratio: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** A separate stream for one purpose: drawing from it does not change this one. */
  fork(label: string): Random;
}

/** A seeded stream (splitmix32), not for secrets. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  }
  const int = (below: number): number => Math.floor((next() / 0x1_0000_0000) * below);
  return {
    int,
    chance: (ratio) => next() < ratio * 0x1_0000_0000,
    pick<T>(list: readonly T[]): T {
      const chosen = list[int(list.length)];
      if (chosen === undefined) throw new RangeError('pick: the list is empty');
      return chosen;
    },
    fork: (label) => createRandom(hash(label) ^ seed),
  };
}

/** FNV-1a, 32 bits. */
function hash(label: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < label.length; i += 1) value = Math.imul(value ^ label.charCodeAt(i), 0x01000193);
  return value >>> 0;
}

/** Timers that can be stopped together, so that a disposed modem keeps no process alive. */
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
