import { officerFileWords } from '../../words/commands/officer-file.ts';
import { formatCount } from '../../words/counted.ts';
import { isTerminal, type Shell } from '../shell.ts';

/** One line at a terminal that is written over while rows go out, and is gone when they are out. */
export interface ProgressLine {
  /** `share`: how much of the whole that is, 0 to 1; null where nobody knows. */
  at(rows: number, share: number | null): void;
  /** Erases it. May be called twice. */
  end(): void;
}

/** What is faster than this needs no line. */
const patienceMs = 1_000;
const everyMs = 200;
const erased = '\r\u001b[K';

/**
 * Says nothing where standard error is no terminal, or where the rows themselves go to one. `output`: a file's name, or
 * `-`; null while no row goes out yet.
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
