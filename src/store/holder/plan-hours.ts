import { hourMs } from '../../base/amounts.ts';
import { hourEndMs, hourOf, hourStartMs } from '../hour.ts';
import {
  type ClockReading,
  chooseCut,
  judgeTime,
  type Mark,
  nextMark,
  type Opinions,
} from '../sweep/clock-rule.ts';
import { clockOf } from '../sweep/sweep-start.ts';
import type { SweepClock } from '../sweep/sweep-tally.ts';

/** What the plan of a holder's hours follows from. */
export interface HolderSituation {
  readonly mark: Mark | null;
  readonly reading: ClockReading;
  readonly opinions: Opinions;
  /** Those that have a secret, ascending. */
  readonly hours: readonly number[];
  readonly retentionMs: number;
  /** How far ahead public keys are published. */
  readonly aheadMs: number;
  /** The part (of 1) of the hours that may go by one clock alone (sweep/clock-rule.ts). */
  readonly maxShare: number;
}

export interface HolderPlan {
  /** How the clock was read. */
  readonly clock: SweepClock;
  /** Hours that are past: their secrets go. */
  readonly ending: readonly number[];
  /**
   * Hours that are to have a secret: all that a text can still come to, and those ahead. None while the clock is in
   * doubt: by a wrong one, keys of other years would be published.
   */
  readonly wanted: readonly number[];
  readonly mark: Mark;
}

/**
 * Which of a holder's hours end, and which are to have a secret. The clock is judged as for a gateway's sweep. Two rules
 * of that do not apply: an hour of the future is nothing odd here, and what hours bear wrong dates its gateway alone knows.
 */
export function planHours(situation: HolderSituation): HolderPlan {
  const { reading, opinions, hours, retentionMs, aheadMs, maxShare } = situation;
  const mark = hours.length === 0 ? null : (situation.mark ?? markOfNewest(hours, aheadMs));
  const judgement = judgeTime(mark, reading, opinions);
  const endOf = (hour: number) => hourEndMs(hour) + retentionMs;
  const { standing, clockMs, leapMs } = judgement;
  // Hours that had not begun before a leap would make the share that may go by one clock larger than a gateway's.
  const begun = hours.filter((hour) => hourStartMs(hour) <= clockMs - Math.max(0, leapMs));
  const cut = chooseCut(judgement, begun.map(endOf), maxShare);
  const isCertain = standing === 'sound' || standing === 'corrected';
  return {
    clock: clockOf(judgement, cut),
    ending: hours.filter((hour) => endOf(hour) <= cut.atMs),
    wanted: isCertain ? range(hourOf(cut.atMs - retentionMs), hourOf(clockMs + aheadMs)) : [],
    mark: nextMark(mark, reading, judgement, cut.atMs),
  };
}

/** For a holder that lost its mark: the newest secret was made this long ahead. */
function markOfNewest(hours: readonly number[], aheadMs: number): Mark {
  const newest = hours[hours.length - 1] ?? 0;
  const atMs = hourStartMs(newest - Math.floor(aheadMs / hourMs));
  return { atMs, boot: null, uptimeMs: 0, stampedMs: atMs, sinceMs: atMs, confirmed: false };
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
