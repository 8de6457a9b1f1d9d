import { dayMs, hourMs } from '../../base/amounts.ts';
import { hourEndMs, hourOf } from '../hour.ts';

/*
 * What time it is, for a register that must neither forget too early nor remember too long, on a machine whose clocks
 * may be wrong: without a battery one starts years back, NTP or a hand sets it forward, a virtual machine is paused, and
 * what counts the uptime can leap as well.
 *
 * The witnesses, none of which is believed alone:
 *   the clock    what the machine says now;
 *   the mark     the time that the last sweep believed, kept in the register, and what the uptime says has passed since
 *                then (across a boot, or if the uptime runs backwards: nothing, because it is unknown). The uptime is
 *                counted from the last time that the clock leapt or was confirmed, not from sweep to sweep: a clock that
 *                runs too fast is near the last sweep each time. In a register that lost its mark, the beginning of the
 *                newest hour that has a key;
 *   the network  the latest TP-SCTS since the machine started, and what has passed since that text came;
 *   the kernel   whether systemd-timesyncd has set this very time lately;
 *   a person     who says --force.
 *
 * The rule, `near` meaning within an hour:
 *   1. A register that holds no key believes the clock: it has nothing to lose.
 *   2. A clock that the network, the kernel or a person confirms is right, wherever the mark is.
 *   3. A clock near the mark is right.
 *   4. Otherwise nothing is certain: the clock and the mark contradict each other, and one of them lies, or both. What is
 *      past by one of them alone goes only if that is at most the configured share of the living hours
 *      (`retention.sweep_max_share`), whichever it is; if it is more, it waits for a second opinion, which is rule 2.
 *      What went by one of them since the last second opinion counts too, so that a second lie takes no second share.
 *      Two exceptions, which no single lie reaches: what ended since the mark goes while the uptime says that no more
 *      than a day has passed, if the clock says more, or less than the mark itself, so that it is known to be wrong. And after a
 *      boot, what is past by both the clock and a text that is at most three days older goes.
 *   5. Rows are stamped by the clock if it is ahead of the mark, unless the machine ran all the time and the network is
 *      nearer to the mark: then the clock is held to be ahead, and all waits. If the clock is behind the mark, time goes on
 *      from the mark by the uptime, so that nothing lives for ever because it is 1970; after a boot from the next full hour
 *      on, so that no hour holds rows from before and after. If only the uptime puts the mark a day and more ahead of the
 *      clock, it is the uptime that contradicts it, and rows are stamped by the clock.
 *   6. When the clock is set right by the network or the kernel while the machine runs, and nothing had confirmed it
 *      since it started, the rows of that time bear wrong dates: their hours are ended when they would have been by
 *      the right ones, but not at once: that a whole retention had passed would be the word of the uptime alone. A person's
 *      --force takes the dates as they are.
 *   7. An hour that begins more than a day from now was written by a clock that was ahead. It goes one retention from
 *      when that was noticed.
 *
 * So a machine that was off for five weeks sweeps as soon as NTP has set its clock or a first text has come; on a closed
 * network where no text comes, somebody looks at the clock and runs `visitlog sweep --force`. Whatever asks whether a row
 * is past its time goes by the same cut (`pastMs` in sweep-start.ts).
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
  /** From where the uptime is counted; from the mark itself in one of an earlier version. */
  readonly line?: { readonly atMs: number; readonly uptimeMs: number };
  /** How far the clock alone has carried the mark since anything confirmed it; absent: nowhere. */
  readonly aloneMs?: number;
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
 * `contradicted`: only the uptime says that it is behind, by a day and more.
 */
export type Standing = 'sound' | 'corrected' | 'behind' | 'ahead' | 'leapt' | 'contradicted';

/** Whether the machine's clock is held to be wrong, so that somebody has to set it. */
export function isWrong(standing: Standing): standing is 'behind' | 'ahead' | 'contradicted' {
  return standing === 'behind' || standing === 'ahead' || standing === 'contradicted';
}

export interface TimeJudgement {
  readonly standing: Standing;
  readonly clockMs: number;
  /** The time that rows are stamped with. */
  readonly claimedMs: number;
  /** The time that two witnesses agree has come; null if no two of them do. */
  readonly certainMs: number | null;
  /** Times that one witness alone says have come, in the order in which a sweep tries them. */
  readonly claimsMs: readonly number[];
  /** The latest of the times that one alone says have come. */
  readonly doubtMs: number;
  /** What ended in this span, its end included, goes in the ordinary course of time. */
  readonly flow: { readonly fromMs: number; readonly toMs: number } | null;
  /** How far the clock is from where the mark says that it should be. */
  readonly leapMs: number;
  readonly confirmed: boolean;
  /** How far the mark has gone by the clock alone until now. */
  readonly aloneMs: number;
}

const nearMs = hourMs;
/** A time service sets the clock at least every half hour; a day is longer than it is ever away. */
const synchronisedForMs = dayMs;
/** A text waits about as long for a phone that is off. */
const textWaitsMs = 3 * dayMs;
/** Where nothing sweeps but a command each day: more did not pass since the last sweep in the ordinary course. */
const flowMs = dayMs + nearMs;

export function judgeTime(mark: Mark | null, reading: ClockReading, opinions: Opinions): TimeJudgement {
  const clockMs = reading.wallMs;
  const leastMs = mark === null ? clockMs : leastTimeMs(mark, reading);
  const networkMs = networkTimeMs(opinions.network, reading);
  const confirmed = isConfirmed(clockMs, networkMs, opinions);
  const common = { clockMs, leapMs: clockMs - leastMs, confirmed, aloneMs: mark?.aloneMs ?? 0 };
  const agreed = (standing: Standing): TimeJudgement => {
    const none = { claimsMs: [], doubtMs: clockMs, flow: null };
    return { ...common, ...none, standing, claimedMs: clockMs, certainMs: clockMs };
  };
  const sound = isNear(clockMs, leastMs);
  if (confirmed) return agreed(sound ? 'sound' : 'corrected');
  if (mark === null || sound)
    return agreed(networkMs !== null && networkMs > clockMs + nearMs ? 'behind' : 'sound');

  const doubted = (standing: Standing, claimedMs: number, claimsMs: readonly number[]): TimeJudgement => {
    const flow = flowOf(mark, reading, leastMs);
    const doubtMs = Math.max(clockMs, leastMs);
    return { ...common, standing, claimedMs, certainMs: null, claimsMs, doubtMs, flow };
  };
  if (clockMs < leastMs) {
    const uptimeAlone = clockMs >= mark.atMs - nearMs && leastMs - clockMs > dayMs;
    if (uptimeAlone) return doubted('contradicted', clockMs, [leastMs, clockMs]);
    return doubted('behind', stampsBehindMs(mark, reading, leastMs), [leastMs]);
  }
  if (networkMs === null || networkMs > clockMs) return doubted('leapt', clockMs, [clockMs, leastMs]);
  if (isAhead(mark, reading, leastMs, networkMs))
    return doubted('ahead', Math.max(leastMs, networkMs), [leastMs]);
  const leapt = doubted('leapt', clockMs, [clockMs, leastMs]);
  const together = !isSameBoot(mark, reading) && clockMs - networkMs <= textWaitsMs;
  return together ? { ...leapt, certainMs: Math.max(leastMs, networkMs) } : leapt;
}

/** If the clock says more than the mark and the uptime, or less than the mark itself, it does not speak against them. */
function flowOf(mark: Mark, reading: ClockReading, leastMs: number): TimeJudgement['flow'] {
  const spoken = reading.wallMs >= leastMs || reading.wallMs < mark.atMs - nearMs;
  return spoken && leastMs - mark.atMs <= flowMs ? { fromMs: mark.atMs, toMs: leastMs } : null;
}

export interface ExpiryCut {
  /** What is past at this time goes. */
  readonly atMs: number;
  /** Hours that are past by one witness alone. */
  readonly doubtful: number;
  /** Hours that are not past for certain. */
  readonly living: number;
  /** Some of the doubtful ones stay until there is a second opinion. */
  readonly waiting: boolean;
}

/** How far a sweep goes, given when each hour ends. `maxShare` is a part of 1. */
export function chooseCut(judgement: TimeJudgement, endsMs: readonly number[], maxShare: number): ExpiryCut {
  const { certainMs, claimsMs, doubtMs, flow, aloneMs, clockMs, leapMs } = judgement;
  const living = endsMs.filter((endMs) => certainMs === null || endMs > certainMs);
  const doubtful = living.filter((endMs) => endMs <= doubtMs);
  const flows = (endMs: number) => flow !== null && endMs > flow.fromMs && endMs <= flow.toMs;
  const before = aloneMs / hourMs;
  const isBearable = (claimMs: number) => {
    const now = doubtful.filter((endMs) => endMs <= claimMs && !flows(endMs)).length;
    if (now === 0 && claimMs <= clockMs - leapMs) return true;
    return now + before <= maxShare * (living.length + before);
  };
  const claimMs = claimsMs.find(isBearable) ?? certainMs ?? beforeAll(living, claimsMs);
  const atMs = Math.max(claimMs, certainMs ?? claimMs);
  const waiting = doubtful.some((endMs) => endMs > atMs);
  return { atMs, doubtful: doubtful.length, living: living.length, waiting };
}

/** A time at which no row of these hours is past. */
function beforeAll(endsMs: readonly number[], claimsMs: readonly number[]): number {
  let earliestMs = Number.MAX_SAFE_INTEGER;
  for (const endMs of endsMs) earliestMs = Math.min(earliestMs, endMs - hourMs - 1);
  for (const claimMs of claimsMs) earliestMs = Math.min(earliestMs, claimMs);
  return earliestMs;
}

/** What is to be remembered of a sweep that went as far as `cutMs`. */
export function nextMark(
  mark: Mark | null,
  reading: ClockReading,
  judgement: TimeJudgement,
  cutMs: number,
): Mark {
  const { claimedMs, confirmed } = judgement;
  // What contradicts the clock was not believed: it must not become the mark.
  if (mark !== null && !confirmed && cutMs < leastTimeMs(mark, reading) - nearMs) return mark;
  const { boot, uptimeMs } = reading;
  const here = {
    atMs: cutMs,
    boot,
    uptimeMs,
    stampedMs: claimedMs,
    ...nextLine(mark, reading, confirmed, cutMs),
  };
  const lineMs = mark === null ? null : stampLineMs(mark, reading);
  if (mark === null || lineMs === null || !isNear(claimedMs, lineMs))
    return { ...here, sinceMs: claimedMs, confirmed };
  return { ...here, sinceMs: mark.sinceMs, confirmed: mark.confirmed || confirmed };
}

/** A leap begins another line, and what it went beyond the one before is the clock's word alone. */
function nextLine(
  mark: Mark | null,
  reading: ClockReading,
  confirmed: boolean,
  cutMs: number,
): Required<Pick<Mark, 'line' | 'aloneMs'>> {
  const anew = { atMs: cutMs, uptimeMs: reading.uptimeMs };
  if (mark === null || confirmed) return { line: anew, aloneMs: 0 };
  const leastMs = leastTimeMs(mark, reading);
  const { aloneMs = 0 } = mark;
  if (isSameBoot(mark, reading) && isNear(cutMs, leastMs)) return { line: lineOf(mark), aloneMs };
  return { line: anew, aloneMs: aloneMs + Math.max(0, cutMs - leastMs) };
}

function lineOf({ line, atMs, uptimeMs }: Mark): NonNullable<Mark['line']> {
  return line ?? { atMs, uptimeMs };
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
  if (!isSameBoot(mark, reading)) return mark.atMs;
  const { atMs, uptimeMs } = lineOf(mark);
  return atMs + reading.uptimeMs - uptimeMs;
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

/** An uptime that runs backwards measures nothing. */
function isSameBoot(before: Pick<ClockReading, 'boot' | 'uptimeMs'>, reading: ClockReading): boolean {
  return before.boot !== null && before.boot === reading.boot && reading.uptimeMs >= before.uptimeMs;
}

function isNear(oneMs: number, otherMs: number): boolean {
  return Math.abs(oneMs - otherMs) <= nearMs;
}
