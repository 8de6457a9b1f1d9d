import { dayMs, hourMs } from '../../base/amounts.ts';
import { hourEndMs, hourOf } from '../hour.ts';

/*
 * What time it is, for a register that must neither forget too early nor remember too long, on a machine whose clock
 * may be wrong: without a battery it starts years back, NTP or a hand sets it forward, and either may err.
 *
 * The witnesses:
 *   the clock    what the machine says now;
 *   the mark     the time that the last sweep believed, kept in the register, and what the uptime says has passed since
 *                then (across a boot: nothing, because it is unknown). It cannot be later than now, unless it was wrong;
 *   the network  the latest TP-SCTS since the machine started, and what has passed since that text came;
 *   the kernel   whether systemd-timesyncd has set this very time lately;
 *   a person     who says --force.
 *
 * The rule, `near` meaning within an hour:
 *   1. A register that holds no key believes the clock: it has nothing to lose.
 *   2. A clock that the network, the kernel or a person confirms is right, wherever the mark is.
 *   3. A clock near the mark is right.
 *   4. A clock behind the mark is wrong. Time goes on from the mark by the uptime: nothing dies early, and nothing lives
 *      for ever because it is 1970. After a boot rows are stamped from the next full hour on, so that no hour holds
 *      rows from before and after.
 *   5. A clock ahead of the mark: the machine was off, or the clock leapt; which of the two is unknown. What is past
 *      by the mark goes. So does what is past by both the clock and the network, a text that waited for days
 *      included. What is past by the clock alone goes too, if that is at most the configured share of the living hours
 *      (`retention.sweep_max_share`); if it is more, it waits for a second opinion. Rows are stamped by the clock
 *      meanwhile, unless the machine ran all the time and the network is nearer to the mark: then the clock is held to
 *      be ahead, and all waits.
 *   6. When the clock is set right by the network or the kernel while the machine runs, and nothing had confirmed it
 *      since it started, the rows of that time bear wrong dates: their hours are ended when they would have been by
 *      the right ones. A person's --force takes the dates as they are.
 *   7. An hour that begins more than a day from now was written by a clock that was ahead. It goes one retention from
 *      when that was noticed.
 *
 * So a machine that was off for five weeks sweeps as soon as NTP has set its clock or a first text has come; on a closed
 * network where no text comes, somebody looks at the clock and runs `visitlog sweep --force`.
 */

/** What the machine says at one instant. */
export interface ClockReading {
  readonly wallMs: number;
  /** Names the start of the machine; null if the system does not say. */
  readonly boot: string | null;
  /** Since the machine started; no change of the date moves it. */
  readonly uptimeMs: number;
}

/** What was believed at one instant. */
export interface Mark {
  /** The time that had come for certain. */
  readonly atMs: number;
  readonly boot: string | null;
  readonly uptimeMs: number;
  /** The time that rows were stamped with. */
  readonly stampedMs: number;
  /** Since when, by that time, it has run on without a leap, and the machine without a restart. */
  readonly sinceMs: number;
  /** Whether anything confirmed it since then. */
  readonly confirmed: boolean;
}

/** TP-SCTS of a text, and the uptime when it came. */
export interface NetworkTime {
  readonly sentAtMs: number;
  readonly boot: string | null;
  readonly uptimeMs: number;
}

export interface Opinions {
  readonly network: NetworkTime | null;
  /** When the system's time service last set the clock, by that clock; null: it did not. */
  readonly synchronisedAtMs: number | null;
  readonly forced: boolean;
}

/**
 * `sound`: near the mark. `corrected`: far from it, and confirmed. `behind`: before the mark, or before the network.
 * `ahead`: after the mark, and the network is nearer to the mark. `leapt`: after the mark, and nothing decides.
 */
export type Standing = 'sound' | 'corrected' | 'behind' | 'ahead' | 'leapt';

export interface TimeJudgement {
  readonly standing: Standing;
  readonly clockMs: number;
  /** The time that rows are stamped with. */
  readonly claimedMs: number;
  /** The time that has come for certain. */
  readonly certainMs: number;
  /** How far the clock is from where the mark says that it should be. */
  readonly leapMs: number;
  readonly confirmed: boolean;
}

const nearMs = hourMs;
/** A time service sets the clock at least every half hour; a day is longer than it is ever away. */
const synchronisedForMs = dayMs;

export function judgeTime(mark: Mark | null, reading: ClockReading, opinions: Opinions): TimeJudgement {
  const clockMs = reading.wallMs;
  const leastMs = mark === null ? clockMs : leastTimeMs(mark, reading);
  const networkMs = networkTimeMs(opinions.network, reading);
  const confirmed = isConfirmed(clockMs, networkMs, opinions);
  const judged = (standing: Standing, claimedMs: number, certainMs = claimedMs): TimeJudgement => {
    return { standing, clockMs, claimedMs, certainMs, leapMs: clockMs - leastMs, confirmed };
  };
  const sound = isNear(clockMs, leastMs);
  if (confirmed) return judged(sound ? 'sound' : 'corrected', clockMs);
  if (sound) return judged(networkMs !== null && networkMs > clockMs + nearMs ? 'behind' : 'sound', clockMs);
  if (clockMs < leastMs) return judged('behind', stampsBehindMs(mark, reading, leastMs), leastMs);
  if (networkMs === null || networkMs > clockMs) return judged('leapt', clockMs, leastMs);
  const bothMs = Math.max(leastMs, networkMs);
  return isAhead(mark, reading, leastMs, networkMs)
    ? judged('ahead', bothMs)
    : judged('leapt', clockMs, bothMs);
}

export interface ExpiryCut {
  /** What is past at this time goes. */
  readonly atMs: number;
  /** Hours that are past by the clock alone. */
  readonly doubtful: number;
  /** Hours that are not past for certain. */
  readonly living: number;
  /** The doubtful ones stay until there is a second opinion. */
  readonly waiting: boolean;
}

/** How far a sweep goes, given when each hour ends. `maxShare` is a part of 1. */
export function chooseCut(judgement: TimeJudgement, endsMs: readonly number[], maxShare: number): ExpiryCut {
  const { standing, clockMs, claimedMs, certainMs } = judgement;
  const living = endsMs.filter((endMs) => endMs > certainMs);
  const doubtful = living.filter((endMs) => endMs <= clockMs).length;
  const allowed = standing === 'ahead' ? 0 : maxShare * living.length;
  const waiting = doubtful > allowed;
  const goesByClock = standing !== 'behind' && standing !== 'ahead' && !waiting;
  return { atMs: goesByClock ? claimedMs : certainMs, doubtful, living: living.length, waiting };
}

/** What is to be remembered of a sweep that went as far as `cutMs`. */
export function nextMark(
  mark: Mark | null,
  reading: ClockReading,
  judgement: TimeJudgement,
  cutMs: number,
): Mark {
  const { claimedMs, confirmed } = judgement;
  const { boot, uptimeMs } = reading;
  const here = { atMs: cutMs, boot, uptimeMs, stampedMs: claimedMs };
  const lineMs = mark === null ? null : stampLineMs(mark, reading);
  if (mark === null || lineMs === null || !isNear(claimedMs, lineMs))
    return { ...here, sinceMs: claimedMs, confirmed };
  return { ...here, sinceMs: mark.sinceMs, confirmed: mark.confirmed || confirmed };
}

/** Hours whose rows bear wrong dates, both included, and how much later they were really written (rule 6). */
interface Misdated {
  readonly firstHour: number;
  readonly lastHour: number;
  readonly shiftMs: number;
}

export function misdatedHours(
  mark: Mark | null,
  reading: ClockReading,
  { clockMs, confirmed }: TimeJudgement,
  forced: boolean,
): Misdated | null {
  if (mark === null || mark.confirmed || !confirmed || forced) return null;
  const lineMs = stampLineMs(mark, reading);
  if (lineMs === null || isNear(clockMs, lineMs)) return null;
  return { firstHour: hourOf(mark.sinceMs), lastHour: hourOf(lineMs), shiftMs: clockMs - lineMs };
}

/** Whether an hour lies where only a wrong clock can have put it (rule 7). */
export function isOfTheFuture(hour: number, judgement: TimeJudgement): boolean {
  const trusted = judgement.standing === 'sound' || judgement.standing === 'corrected';
  return trusted && hourEndMs(hour) - hourMs > judgement.claimedMs + dayMs;
}

/** After a boot, texts that waited are to be expected, and a modem may show again what it showed before. */
function isAhead(mark: Mark | null, reading: ClockReading, leastMs: number, networkMs: number): boolean {
  if (mark === null || !isSameBoot(mark, reading)) return false;
  return Math.abs(networkMs - leastMs) < reading.wallMs - networkMs;
}

/** The time that has come at least, by the mark. */
function leastTimeMs(mark: Mark, reading: ClockReading): number {
  return isSameBoot(mark, reading) ? mark.atMs + reading.uptimeMs - mark.uptimeMs : mark.atMs;
}

/** What rows are stamped with while the clock is behind (rule 4). */
function stampsBehindMs(mark: Mark | null, reading: ClockReading, leastMs: number): number {
  const lineMs = mark === null ? null : stampLineMs(mark, reading);
  return Math.max(leastMs, lineMs ?? hourEndMs(hourOf(leastMs)));
}

/** Where the time that rows were stamped with has come to by the uptime; null across a boot. */
function stampLineMs(mark: Mark, reading: ClockReading): number | null {
  return isSameBoot(mark, reading) ? mark.stampedMs + reading.uptimeMs - mark.uptimeMs : null;
}

function networkTimeMs(network: NetworkTime | null, reading: ClockReading): number | null {
  if (network === null || !isSameBoot(network, reading)) return null;
  return network.sentAtMs + reading.uptimeMs - network.uptimeMs;
}

function isConfirmed(
  clockMs: number,
  networkMs: number | null,
  { synchronisedAtMs, forced }: Opinions,
): boolean {
  if (forced || (networkMs !== null && isNear(clockMs, networkMs))) return true;
  if (synchronisedAtMs === null) return false;
  return clockMs >= synchronisedAtMs - nearMs && clockMs <= synchronisedAtMs + synchronisedForMs;
}

function isSameBoot(before: { readonly boot: string | null }, reading: ClockReading): boolean {
  return before.boot !== null && before.boot === reading.boot;
}

function isNear(oneMs: number, otherMs: number): boolean {
  return Math.abs(oneMs - otherMs) <= nearMs;
}
