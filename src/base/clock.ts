/** A timer that was set; cancelling it twice, or after it fired, does nothing. */
export interface Timer {
  cancel(): void;
}

/**
 * Time, handed in. Records are stamped with `wallMs`; deadlines, waits and ages use `monotonicMs` and `after`,
 * which no change of the machine's date can move.
 */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00Z. May jump either way. */
  wallMs(): number;
  /** Milliseconds since some fixed instant. Never goes back. */
  monotonicMs(): number;
  /** Calls `act` once after `delayMs`; after 0, as soon as the event loop has served what is ready. */
  after(delayMs: number, act: () => void): Timer;
}

export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, act) {
    if (delayMs <= 0) {
      const handle = setImmediate(act);
      return { cancel: () => clearImmediate(handle) };
    }
    const handle = setTimeout(act, delayMs);
    return { cancel: () => clearTimeout(handle) };
  },
};

/** Resolves after `delayMs` by `clock`, or at once when `signal` aborts; true when the whole time has passed. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<boolean> {
  if (signal?.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const timer = clock.after(delayMs, () => {
      signal?.removeEventListener('abort', stop);
      resolve(true);
    });
    function stop(): void {
      timer.cancel();
      resolve(false);
    }
    signal?.addEventListener('abort', stop, { once: true });
  });
}

/** Calls `act` after each `intervalMs` by `clock`, until it is cancelled. What `act` throws is not caught. */
export function every(clock: Clock, intervalMs: number, act: () => void): Timer {
  let timer = clock.after(intervalMs, again);
  function again(): void {
    timer = clock.after(intervalMs, again);
    act();
  }
  return { cancel: () => timer.cancel() };
}
