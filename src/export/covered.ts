import { minuteMs } from '../base/amounts.ts';
import type { RecordSpan, Window } from '../store/records.ts';

/**
 * Why there are no records of a time: they were destroyed, the register had not begun, or the time has not come. None of
 * that is a place to which nobody came.
 */
export type Absent = 'destroyed' | 'before' | 'ahead';

/** The time that a register can have records of. */
export interface Covered extends Window {
  /** Why there is nothing before it. */
  readonly before: Exclude<Absent, 'ahead'>;
}

export function coveredBy({ keptFromMs, begunMs }: RecordSpan, nowMs: number): Covered {
  return begunMs !== null && begunMs > keptFromMs
    ? { fromMs: begunMs, toMs: nowMs, before: 'before' }
    : { fromMs: keptFromMs, toMs: nowMs, before: 'destroyed' };
}

/** A window may begin `-28d` ago, and the clock has gone on since it was read. */
const toleranceMs = minuteMs;

/** How much of a window the register can have records of. */
export interface Coverage {
  /** Why the beginning of the window has none; null if it may have. */
  readonly start: Covered['before'] | null;
  /** The window ends in the future. */
  readonly isAhead: boolean;
  /** No part of the window can have records. */
  readonly isNone: boolean;
}

export function coverageOf({ fromMs, toMs }: Window, covered: Covered): Coverage {
  return {
    start: fromMs < covered.fromMs - toleranceMs ? covered.before : null,
    isAhead: toMs > covered.toMs + toleranceMs,
    isNone: toMs <= covered.fromMs || fromMs >= covered.toMs,
  };
}

/** What a span of time can have: all of it records, some of it, or none, and why. */
export type SpanState = 'whole' | 'part' | Absent;

export function spanState({ fromMs, toMs }: Window, covered: Covered): SpanState {
  if (toMs <= covered.fromMs) return covered.before;
  if (fromMs >= covered.toMs) return 'ahead';
  return fromMs >= covered.fromMs - toleranceMs && toMs <= covered.toMs + toleranceMs ? 'whole' : 'part';
}

/** The state of two spans together. */
export function joinedState(one: SpanState | undefined, other: SpanState): SpanState {
  if (one === undefined || one === other) return other;
  const has = (state: SpanState) => state === 'whole' || state === 'part';
  return has(one) || has(other) ? 'part' : one;
}
