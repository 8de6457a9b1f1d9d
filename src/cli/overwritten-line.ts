import { isTerminal, type Shell } from './shell.ts';

/** One line at a terminal that is overwritten while something takes long, and erased at the end. */
export interface OverwrittenLine {
  /** Shows a text if it is time for one. `text` is told how long the work has taken. */
  show(text: (sinceMs: number) => string): void;
  /** Erases it. May be called twice. */
  end(): void;
}

/** Shorter work shows no line. */
const patienceMs = 1_000;
const everyMs = 200;
const erased = '\r\u001b[K';

/** Shows nothing if standard error is not a terminal. */
export function overwrittenLine({ stderr, clock }: Pick<Shell, 'stderr' | 'clock'>): OverwrittenLine {
  if (!isTerminal(stderr)) return { show: () => {}, end: () => {} };
  const startMs = clock.monotonicMs();
  let nextMs = startMs + patienceMs;
  let shown = false;
  return {
    show(text) {
      const nowMs = clock.monotonicMs();
      if (nowMs < nextMs) return;
      nextMs = nowMs + everyMs;
      shown = true;
      stderr.write(`${erased}${text(nowMs - startMs)}`);
    },
    end() {
      if (shown) stderr.write(erased);
      shown = false;
    },
  };
}
