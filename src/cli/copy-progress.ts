import { isTerminal, type Shell } from './shell.ts';

/** At a terminal a line that is written over with how much is copied, as `words` says it; elsewhere nothing. */
export function copyProgress(
  { stderr }: Pick<Shell, 'stderr'>,
  words: (percent: number) => string,
): (copied: number, all: number) => void {
  if (!isTerminal(stderr)) return () => {};
  let shown = -1;
  return (copied, all) => {
    const percent = Math.floor((100 * copied) / Math.max(1, all));
    if (percent === shown) return;
    shown = percent;
    stderr.write(`\r${words(percent)}\u001b[K${percent === 100 ? '\n' : ''}`);
  };
}

/** Megabytes of a file that was copied: `1,234.5`. */
export function copiedMegabytes(bytes: number): string {
  return (bytes / 1_000_000).toLocaleString('en', { maximumFractionDigits: 1 });
}
