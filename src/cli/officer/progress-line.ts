import { officerFileWords } from '../../words/commands/officer-file.ts';
import { formatCount } from '../../words/counted.ts';
import { isTerminal, type Shell } from '../shell.ts';

/** One line at a terminal that is overwritten while rows are written, and erased at the end. */
export interface ProgressLine {
  /** `share`: of all rows, 0 to 1; null if it is unknown. */
  at(rows: number, share: number | null): void;
  /** Erases it. May be called twice. */
  end(): void;
}

/** Shorter work shows no line. */
const patienceMs = 1_000;
const everyMs = 200;
const erased = '\r\u001b[K';

/**
 * Shows nothing if standard error is not a terminal, or if the rows go to a terminal. `output`: a file's name, or `-`;
 * null if no rows are written yet.
 */
export function progressLine(shell: Shell, output: string | null): ProgressLine {
  const { stderr, clock } = shell;
  if (!isTerminal(stderr) || (output === '-' && isTerminal(shell.stdout)))
    return { at: () => {}, end: () => {} };
  const words = officerFileWords[shell.language];
  const startMs = clock.monotonicMs();
  let nextMs = startMs + patienceMs;
  let shown = false;
  return {
    at(rows, share) {
      const nowMs = clock.monotonicMs();
      if (nowMs < nextMs) return;
      nextMs = nowMs + everyMs;
      shown = true;
      const perSecond = Math.round((rows * 1_000) / (nowMs - startMs));
      const percent = share === null ? '' : ` (${Math.floor(share * 100)} %)`;
      stderr.write(`${erased}${words.progress(formatCount(rows), formatCount(perSecond))}${percent}`);
    },
    end() {
      if (shown) stderr.write(erased);
      shown = false;
    },
  };
}
