import { registerError } from '../database/errors.ts';
import { type SweepHouse, startOfSweep } from './sweep-start.ts';
import { type Sweeper, sweepSteps } from './sweep-steps.ts';
import { addRows, noRows, type SweepOptions, type SweepPlan, type SweepResult } from './sweep-types.ts';

/**
 * One pass over what is past, in the steps of sweep-steps.ts, with a pause after each: texts that come meanwhile are
 * stored in between. Errors are the register's; what was done before one stays done, and the next pass goes on from
 * there. Two passes at a time, in one process or in two, do no harm.
 */
export async function sweepOnce(sweeper: Sweeper, options: SweepOptions): Promise<SweepResult> {
  const { clock } = sweeper.time;
  const pause = options.pause ?? nextTurn;
  const passMs = clock.monotonicMs();
  const pass = sweepSteps(sweeper, options);
  let longestStepMs = 0;
  for (let steps = 1; ; steps += 1) {
    const stepMs = clock.monotonicMs();
    const step = nextStep(pass, options);
    const tookMs = clock.monotonicMs() - stepMs;
    longestStepMs = Math.max(longestStepMs, tookMs);
    if (step.done) return { ...step.value, steps, longestStepMs, durationMs: clock.monotonicMs() - passMs };
    await pause(tookMs);
  }
}

function nextStep(pass: ReturnType<typeof sweepSteps>, { signal }: SweepOptions) {
  try {
    return pass.next(signal?.aborted ?? false);
  } catch (error) {
    throw registerError(error);
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** What `sweepOnce` would do now, counted; changes nothing. */
export function planSweep(house: SweepHouse, options: Pick<SweepOptions, 'force' | 'maxShare'>): SweepPlan {
  const { clock, hours, keyed, edge } = startOfSweep(house, options);
  const rows = noRows();
  for (const hour of hours) addRows(rows, house.rows.count(hour));
  if (edge !== null) addRows(rows, house.rows.count(edge.hour, edge.lastPastMs));
  rows.seen = house.rows.countSeen(clock.cutMs - house.retentionMs);
  return { clock, rows, hours, keys: keyed.length };
}
