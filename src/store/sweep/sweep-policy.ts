import { hourEndMs, hourOf } from '../hour.ts';

/** When each misdated hour ends, by the hour (clock-rule.ts, rules 6 and 7). */
export type MisdatedEnds = ReadonlyMap<number, number>;

/** When an hour ends for the register: all its rows are past then, and its key goes. */
export function endOfHour(hour: number, retentionMs: number, misdated: MisdatedEnds): number {
  return misdated.get(hour) ?? hourEndMs(hour) + retentionMs;
}

/** The hours, of these, that are wholly past at `nowMs`. */
export function expiredHours(
  nowMs: number,
  retentionMs: number,
  hours: readonly number[],
  misdated: MisdatedEnds = new Map(),
): number[] {
  return hours.filter((hour) => endOfHour(hour, retentionMs, misdated) <= nowMs);
}

/** The hour of which some rows are past and some are not, and the time of the last row that is. */
export interface Edge {
  readonly hour: number;
  readonly lastPastMs: number;
}

/** A row is past once its whole retention has gone by: at exactly four weeks it is. */
export function edgeAt(nowMs: number, retentionMs: number): Edge {
  const lastPastMs = nowMs - retentionMs;
  return { hour: hourOf(lastPastMs), lastPastMs };
}

const leastRows = 8;
const mostRows = 4_000;

/** How many rows the next step takes, so that a step lasts about `budgetMs` on this machine, on this disk. */
export function nextStepRows(rows: number, tookMs: number, budgetMs: number): number {
  const scale = Math.min(2, Math.max(0.25, budgetMs / Math.max(tookMs, 0.1)));
  return Math.min(mostRows, Math.max(leastRows, Math.round(rows * scale)));
}
