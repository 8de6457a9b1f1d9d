import { type Clock, systemClock, type Timer } from '../../src/base/clock.ts';

interface Pending {
  readonly dueMs: number;
  readonly order: number;
  readonly act: () => void;
}

/** A clock that stands still until a test moves it. Timers fire in order of their time while it moves. */
export class FakeClock implements Clock {
  #wall: number;
  #monotonic = 0;
  #order = 0;
  readonly #pending = new Set<Pending>();

  constructor(wallMs = Date.UTC(2026, 10, 23, 5, 0, 0)) {
    this.#wall = wallMs;
  }

  /** Whole milliseconds, as the machine's date has; monotonic time has fractions. */
  wallMs(): number {
    return Math.floor(this.#wall);
  }

  monotonicMs(): number {
    return this.#monotonic;
  }

  after(delayMs: number, act: () => void): Timer {
    const entry = { dueMs: this.#monotonic + delayMs, order: this.#order++, act };
    this.#pending.add(entry);
    return { cancel: () => this.#pending.delete(entry) };
  }

  get timers(): number {
    return this.#pending.size;
  }

  /** Moves both times forward, firing what falls due; promises that timers settle are let run in between. */
  async advance(durationMs: number): Promise<void> {
    const untilMs = this.#monotonic + durationMs;
    for (;;) {
      await settle();
      const next = this.#next(untilMs);
      if (!next) break;
      this.#move(next.dueMs - this.#monotonic);
      this.#pending.delete(next);
      next.act();
    }
    this.#move(untilMs - this.#monotonic);
    await settle();
  }

  /** The machine's date is set; monotonic time does not notice. */
  setWall(wallMs: number): void {
    this.#wall = wallMs;
  }

  #move(byMs: number): void {
    this.#wall += byMs;
    this.#monotonic += byMs;
  }

  #next(untilMs: number): Pending | undefined {
    let first: Pending | undefined;
    for (const entry of this.#pending) {
      if (entry.dueMs > untilMs) continue;
      if (!first || entry.dueMs < first.dueMs || (entry.dueMs === first.dueMs && entry.order < first.order))
        first = entry;
    }
    return first;
  }
}

/** Lets everything that is ready to run, run: promises and immediates. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 3; i += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** The real clock's pace from another date on: a register that was made for a date can be used at any time. */
export function clockFrom(startMs: number): Clock {
  const originMs = systemClock.monotonicMs();
  return { ...systemClock, wallMs: () => Math.round(startMs + systemClock.monotonicMs() - originMs) };
}
