import { officerFileWords } from '../../words/commands/officer-file.ts';
import { formatCount } from '../../words/counted.ts';
import { overwrittenLine } from '../overwritten-line.ts';
import { isTerminal, type Shell } from '../shell.ts';

/** How many rows were written, on a line at a terminal that is overwritten, and erased at the end. */
export interface ProgressLine {
  /** `share`: of all rows, 0 to 1; null if it is unknown. */
  at(rows: number, share: number | null): void;
  /** Erases it. May be called twice. */
  end(): void;
}

/**
 * Shows nothing if standard error is not a terminal, or if the rows go to a terminal. `output`: a file's name, or `-`;
 * null if no rows are written yet.
 */
export function progressLine(shell: Shell, output: string | null): ProgressLine {
  if (output === '-' && isTerminal(shell.stdout)) return { at: () => {}, end: () => {} };
  const words = officerFileWords[shell.language];
  const line = overwrittenLine(shell);
  return {
    at: (rows, share) =>
      line.show((sinceMs) => {
        const perSecond = Math.round((rows * 1_000) / sinceMs);
        const percent = share === null ? '' : ` (${Math.floor(share * 100)} %)`;
        return `${words.progress(formatCount(rows), formatCount(perSecond))}${percent}`;
      }),
    end: line.end,
  };
}
