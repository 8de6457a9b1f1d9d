import type { Clock } from '../../base/clock.ts';

/** What the modem has announced and nobody has dealt with yet. It outlives sessions. */
export interface Inbox {
  /** Texts that came directly and that the register has taken, so far. */
  readonly directs: number;
  /** Those of them whose reception may have to be acknowledged to the network. */
  readonly owed: number;
  /** Memories in which something is said to lie, and the slots that were named; null: all of it. */
  readonly hints: ReadonlyMap<string, readonly number[] | null>;
  /** Something is said to lie somewhere. */
  readonly everywhere: boolean;
  /** Settings or SIM may have changed. */
  readonly doubt: boolean;
  /** A call rings. */
  readonly ringing: boolean;
  /** A text that came directly is in the register. */
  owe(): void;
  acknowledged(count: number): void;
  hint(memory: string | null, slot: number | null): void;
  ring(): void;
  hungUp(): void;
  raiseDoubt(): void;
  clearDoubt(): void;
  /** Empties the hints for one memory, or (null) all of them. */
  clear(memory: string | null): void;
  /** Resolves after `delayMs`, when something comes in, or when `signal` aborts. */
  wait(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void>;
}

export function createInbox(): Inbox {
  let directs = 0;
  let owed = 0;
  const hints = new Map<string, number[] | null>();
  let everywhere = false;
  let doubt = false;
  let ringing = false;
  let wake: (() => void) | null = null;

  return {
    get directs() {
      return directs;
    },
    get owed() {
      return owed;
    },
    hints,
    get everywhere() {
      return everywhere;
    },
    get doubt() {
      return doubt;
    },
    get ringing() {
      return ringing;
    },
    owe() {
      directs += 1;
      owed += 1;
      wake?.();
    },
    acknowledged(count) {
      owed -= count;
    },
    hint(memory, slot) {
      const known = memory === null ? undefined : hints.get(memory);
      if (memory === null) everywhere = true;
      else if (slot === null || known === null) hints.set(memory, null);
      else hints.set(memory, [...(known ?? []).filter((earlier) => earlier !== slot), slot]);
      wake?.();
    },
    ring() {
      ringing = true;
      wake?.();
    },
    hungUp() {
      ringing = false;
    },
    raiseDoubt() {
      doubt = true;
      wake?.();
    },
    clearDoubt() {
      doubt = false;
    },
    clear(memory) {
      if (memory === null) {
        hints.clear();
        everywhere = false;
      } else hints.delete(memory);
    },
    wait(clock, delayMs, signal) {
      if (signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        function end(): void {
          timer.cancel();
          signal.removeEventListener('abort', end);
          wake = null;
          resolve();
        }
        const timer = clock.after(delayMs, end);
        signal.addEventListener('abort', end, { once: true });
        wake = end;
      });
    },
  };
}
