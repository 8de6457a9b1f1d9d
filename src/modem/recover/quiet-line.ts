import { minuteMs } from '../../base/amounts.ts';
import type { Clock } from '../../base/clock.ts';
import type { LineStatus } from '../line-report.ts';
import type { Session } from '../talk/session.ts';
import type { Resets } from './reset.ts';

/**
 * A line that answers, is registered and receives nothing may be deaf (fault D7): only a new registration shows it.
 * Times are monotonic milliseconds.
 */
interface QuietLine {
  /** When a text came last, or when the line was first ready. */
  readonly heardMs: number;
  /** When it was last registered anew for its quiet; null after a text. */
  readonly testedMs: number | null;
  /** How often a new registration brought texts, less how often it brought none; at least 0. */
  readonly provenDeaf: number;
}

export interface QuietRule {
  /** Quiet for so long is an alarm; null for never. */
  readonly alarmMs: number | null;
  /** Whether a new registration disturbs nobody at this time (wall clock, milliseconds). */
  readonly isQuietHour: (wallMs: number) => boolean;
}

/** Texts within this time of a new registration are its effect. */
const effectMs = 5 * minuteMs;
/** The shortest patience, however often the line was deaf. */
const leastMs = 30 * minuteMs;
const mostProven = 6;

export function startQuiet(nowMs: number): QuietLine {
  return { heardMs: nowMs, testedMs: null, provenDeaf: 0 };
}

/** Half as long after each time that the line proved to have been deaf. */
export function patienceMs(line: QuietLine, alarmMs: number): number {
  return Math.max(Math.min(alarmMs, leastMs), alarmMs / 2 ** line.provenDeaf);
}

interface QuietVerdict {
  readonly isAlarm: boolean;
  readonly isTestDue: boolean;
}

/** A line that has been deaf before is tested by day too: what it misses weighs more than the disturbance. */
export function judgeQuiet(line: QuietLine, rule: QuietRule, nowMs: number, wallMs: number): QuietVerdict {
  if (rule.alarmMs === null) return { isAlarm: false, isTestDue: false };
  const patience = patienceMs(line, rule.alarmMs);
  const isAlarm = nowMs - line.heardMs >= patience;
  const isRested = line.testedMs === null || nowMs - line.testedMs >= patience;
  return { isAlarm, isTestDue: isAlarm && isRested && (line.provenDeaf > 0 || rule.isQuietHour(wallMs)) };
}

/** The line is registered anew. */
export function afterTest(line: QuietLine, nowMs: number): QuietLine {
  // If there was a test before this one, it brought nothing.
  const provenDeaf = line.testedMs === null ? line.provenDeaf : Math.max(0, line.provenDeaf - 1);
  return { ...line, testedMs: nowMs, provenDeaf };
}

/** A text has come. `wasDeaf`: a new registration has brought it. */
export function afterText(line: QuietLine, nowMs: number): { line: QuietLine; wasDeaf: boolean } {
  const wasDeaf = line.testedMs !== null && nowMs - line.testedMs <= effectMs;
  const provenDeaf = wasDeaf ? Math.min(mostProven, line.provenDeaf + 1) : line.provenDeaf;
  return { line: { heardMs: nowMs, testedMs: null, provenDeaf }, wasDeaf };
}

/** Raises the alarm `line.quiet` of one line and tests whether it is deaf. It outlives sessions. */
export class QuietWatch {
  readonly #clock: Clock;
  readonly #status: LineStatus;
  readonly #resets: Resets;
  readonly #rule: QuietRule;
  /** Null until the line was ready for the first time. */
  #line: QuietLine | null = null;

  constructor(clock: Clock, status: LineStatus, resets: Resets, rule: QuietRule) {
    this.#clock = clock;
    this.#status = status;
    this.#resets = resets;
    this.#rule = rule;
  }

  /** The register has taken this many texts. */
  recordTexts(texts: number): void {
    const nowMs = this.#clock.monotonicMs();
    const before = this.#line ?? startQuiet(nowMs);
    const { line, wasDeaf } = afterText(before, nowMs);
    this.#line = line;
    this.#status.setAlarm('line.quiet', false);
    if (!wasDeaf) return;
    this.#status.count('deafness');
    const quietMinutes = Math.round((nowMs - before.heardMs) / minuteMs);
    this.#status.log('warn', 'line.was-deaf', { texts, quietMinutes });
  }

  /**
   * Begins the alarm of a line that is registered and quiet for too long, and registers it anew if the time is right.
   * @throws LineReset after that
   */
  async check(session: Session, isRegistered: boolean): Promise<void> {
    const nowMs = this.#clock.monotonicMs();
    this.#line ??= startQuiet(nowMs);
    const { isAlarm, isTestDue } = judgeQuiet(this.#line, this.#rule, nowMs, this.#status.recordTimeMs());
    this.#status.setAlarm('line.quiet', isAlarm);
    if (!isTestDue || !isRegistered || !this.#resets.mayRegisterAnew()) return;
    this.#line = afterTest(this.#line, nowMs);
    const patience = patienceMs(this.#line, this.#rule.alarmMs ?? 0);
    await this.#resets.registerAnew(session, this.#status.recordTimeMs() + patience);
  }
}
