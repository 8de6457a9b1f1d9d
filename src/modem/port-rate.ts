import { rateToTry } from './baud-search.ts';
import type { LineParts } from './line-parts.ts';

type Searched = Pick<LineParts, 'baudRates' | 'memory' | 'tell'>;

/** True while another rate than the configured one is tried. */
export function isSearching({ memory }: Searched): boolean {
  return memory.baudRate !== null && !memory.hasAnswered;
}

/** A modem that has never answered may speak at another rate (fault A4). */
export function noteSilence({ memory, baudRates }: Searched): void {
  if (memory.hasAnswered || baudRates === null) return;
  memory.silentOpens += 1;
  memory.baudRate = rateToTry(baudRates.configured, baudRates.usual, memory.silentOpens);
}

/** What answers once is at the right rate from then on. */
export function noteAnswer({ memory, tell }: Searched): void {
  if (memory.hasAnswered) return;
  memory.hasAnswered = true;
  if (memory.baudRate !== null) tell('warn', 'line.baud-rate', { works: memory.baudRate });
}
