/**
 * A line that answers, is registered and receives nothing may be deaf (fault D7): only a new registration tells. Times
 * are monotonic milliseconds.
 */
export interface QuietLine {
  /** When a text came last, or when the line was first ready. */
  readonly heardMs: number;
  /** When it was last registered anew for its quiet, and what that brought is not known yet or was nothing. */
  readonly testedMs: number | null;
  /** How often a new registration brought texts, less how often it brought none: at least 0. */
  readonly proofs: number;
}

export interface QuietRule {
  /** Quiet for so long is an alarm; null: never. */
  readonly alarmMs: number | null;
  /** When a new registration disturbs nobody; wall clock, milliseconds. */
  readonly isQuietHour: (wallMs: number) => boolean;
}

/** Texts within this time of a new registration are what it brought. */
const broughtMs = 300_000;
/** However often the line was deaf. */
const leastMs = 1_800_000;
const mostProofs = 6;

export function startQuiet(nowMs: number): QuietLine {
  return { heardMs: nowMs, testedMs: null, proofs: 0 };
}

/** Half as long after every time that the line proved to have been deaf. */
export function patienceMs(line: QuietLine, alarmMs: number): number {
  return Math.max(Math.min(alarmMs, leastMs), alarmMs / 2 ** line.proofs);
}

export interface QuietLook {
  readonly isAlarm: boolean;
  readonly isTestDue: boolean;
}

/** A line that has been deaf before is not left deaf until night: what it misses now weighs more. */
export function lookAtQuiet(line: QuietLine, rule: QuietRule, nowMs: number, wallMs: number): QuietLook {
  if (rule.alarmMs === null) return { isAlarm: false, isTestDue: false };
  const patience = patienceMs(line, rule.alarmMs);
  const isAlarm = nowMs - line.heardMs >= patience;
  const isRested = line.testedMs === null || nowMs - line.testedMs >= patience;
  return { isAlarm, isTestDue: isAlarm && isRested && (line.proofs > 0 || rule.isQuietHour(wallMs)) };
}

export function tested(line: QuietLine, nowMs: number): QuietLine {
  // The test before this one brought nothing.
  const proofs = line.testedMs === null ? line.proofs : Math.max(0, line.proofs - 1);
  return { ...line, testedMs: nowMs, proofs };
}

/** A text has come. `wasDeaf`: a new registration has brought it. */
export function heard(line: QuietLine, nowMs: number): { line: QuietLine; wasDeaf: boolean } {
  const wasDeaf = line.testedMs !== null && nowMs - line.testedMs <= broughtMs;
  const proofs = wasDeaf ? Math.min(mostProofs, line.proofs + 1) : line.proofs;
  return { line: { heardMs: nowMs, testedMs: null, proofs }, wasDeaf };
}
