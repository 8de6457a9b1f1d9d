import type { Connection } from '../database/database.ts';
import { hourEndMs, hourOf, hourStartMs } from '../hour.ts';
import type { HourKeys } from '../keyring/hour-keys.ts';
import type { Keyring } from '../keyring/keyring.ts';
import {
  type ClockReading,
  chooseCut,
  type ExpiryCut,
  isOfTheFuture,
  judgeTime,
  type Mark,
  misdatedHours,
  nextMark,
  type Opinions,
  type TimeJudgement,
} from './clock-rule.ts';
import type { RegisterTime } from './register-time.ts';
import type { SweepRows } from './sweep-rows.ts';
import type { SweepClock, SweepOptions } from './sweep-tally.ts';

/** When each misdated hour ends, by the hour (clock-rule.ts, rules 6 and 7). */
type MisdatedEnds = ReadonlyMap<number, number>;

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

/** The hour that has expired in part, and the time of its last expired row. */
interface PartlyPastHour {
  readonly hour: number;
  readonly lastPastMs: number;
}

/** A row is past once its whole retention has gone by: at exactly four weeks it is. */
export function partlyPastHourAt(nowMs: number, retentionMs: number): PartlyPastHour {
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

const defaultMaxShare = 0.25;

export interface SweepParts {
  readonly db: Connection;
  readonly ring: Keyring;
  readonly keys: HourKeys;
  readonly time: RegisterTime;
  readonly rows: SweepRows;
  readonly retentionMs: number;
}

/** What a sweep is to do, read at one instant. */
export interface SweepStart {
  readonly clock: SweepClock;
  /** Hours that end, ascending. */
  readonly hours: readonly number[];
  /** Those of them that have a key. */
  readonly keyed: readonly number[];
  /** Null while the hour is misdated: its rows go together. */
  readonly partlyPast: PartlyPastHour | null;
  /** Hours found to be misdated, with their new ends. */
  readonly misdated: ReadonlyMap<number, number>;
  readonly mark: Mark;
  readonly markBefore: Mark | null;
}

/** Reads the clock and the register; changes nothing. */
export function startOfSweep(
  parts: SweepParts,
  options: Pick<SweepOptions, 'force' | 'maxShare'>,
): SweepStart {
  const { ring, time, rows, retentionMs } = parts;
  const forced = options.force ?? false;
  const withKey = new Set(ring.hours());
  const reading = time.reading();
  const markBefore = withKey.size === 0 ? null : (time.mark() ?? markOfNewest(withKey));
  const opinions = time.opinions(forced);
  const judgement = judgeTime(markBefore, reading, opinions);
  const latestMs = Math.max(judgement.claimedMs, judgement.clockMs);
  const hours = [...new Set([...withKey, ...rows.hours(hourOf(latestMs - retentionMs) + 1)])].sort(
    (a, b) => a - b,
  );
  const known = misdatedIn(parts.db);
  const found = findMisdated(markBefore, reading, judgement, opinions, hours, known, retentionMs);
  const misdated = new Map([...known, ...found]);
  const cut = chooseCut(
    judgement,
    hours.map((hour) => endOfHour(hour, retentionMs, misdated)),
    options.maxShare ?? defaultMaxShare,
  );
  const partlyPast = partlyPastHourAt(cut.atMs, retentionMs);
  const ending = expiredHours(cut.atMs, retentionMs, hours, misdated);
  return {
    clock: clockOf(judgement, cut),
    hours: ending,
    keyed: ending.filter((hour) => withKey.has(hour)),
    partlyPast: misdated.has(partlyPast.hour) ? null : partlyPast,
    misdated: found,
    mark: nextMark(markBefore, reading, judgement, cut.atMs),
    markBefore,
  };
}

/** What is past its retention at this time is expired for everybody: a sweep would go as far. */
export function pastMs(parts: SweepParts, maxShare?: number): number {
  const { time } = parts;
  const mark = time.mark();
  // The common case needs no look at the keyring, which costs milliseconds for each question.
  const { claimsMs, certainMs } = judgeTime(mark, time.reading(), time.opinions(false));
  if (mark !== null && certainMs !== null && claimsMs.length === 0) return certainMs;
  return startOfSweep(parts, maxShare === undefined ? {} : { maxShare }).clock.cutMs;
}

/** In a register that lost its mark: the time that its newest hour had begun. */
function markOfNewest(hours: ReadonlySet<number>): Mark {
  let newest = 0;
  for (const hour of hours) newest = Math.max(newest, hour);
  const atMs = hourStartMs(newest);
  return { atMs, boot: null, uptimeMs: 0, stampedMs: atMs, sinceMs: atMs, confirmed: false };
}

export function clockOf({ standing, clockMs, leapMs }: TimeJudgement, cut: ExpiryCut): SweepClock {
  const { atMs, doubtful, living, waiting } = cut;
  return { standing, cutMs: atMs, clockMs, leapMs, doubtful, living, waiting };
}

export function misdatedIn(db: Connection): Map<number, number> {
  const rows = db.prepare<[], [number, number]>('SELECT hour, ends_at FROM misdated').raw().all();
  return new Map(rows);
}

function findMisdated(
  mark: Mark | null,
  reading: ClockReading,
  judgement: TimeJudgement,
  opinions: Opinions,
  hours: readonly number[],
  known: ReadonlyMap<number, number>,
  retentionMs: number,
): Map<number, number> {
  const shifted = misdatedHours(mark, reading, judgement, opinions.forced);
  const found = new Map<number, number>();
  for (const hour of hours) {
    if (known.has(hour)) continue;
    const shiftedMs =
      shifted !== null && hour >= shifted.firstHour && hour <= shifted.lastHour
        ? hourEndMs(hour) + shifted.shiftMs + retentionMs
        : 0;
    // That they are past already would be the word of the uptime alone.
    if (shiftedMs > judgement.claimedMs) found.set(hour, shiftedMs);
    else if (isOfTheFuture(hour, judgement)) found.set(hour, judgement.claimedMs + retentionMs);
  }
  return found;
}
