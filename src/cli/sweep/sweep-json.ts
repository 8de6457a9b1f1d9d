import { hourMs } from '../../base/amounts.ts';
import type { Zone } from '../../base/zone.ts';
import type { SweepClock, SweepPlan, SweepResult } from '../../store/sweep/sweep-types.ts';

/** `sweep --dry-run --json`. */
export function planObject(plan: SweepPlan, zone: Zone): object {
  return { dry_run: true, ...common(plan, zone) };
}

/** `sweep --json`. */
export function resultObject(result: SweepResult, zone: Zone): object {
  return {
    dry_run: false,
    ...common(result, zone),
    misdated_hours: result.misdated,
    freed_pages: result.freedPages,
    wal_truncated: result.walTruncated,
    finished: result.finished,
    steps: result.steps,
    longest_step_ms: Math.round(result.longestStepMs),
    duration_ms: Math.round(result.durationMs),
  };
}

function common(
  { clock, rows, hours, keys }: Pick<SweepPlan, 'clock' | 'rows' | 'hours' | 'keys'>,
  zone: Zone,
) {
  const at = (hour: number | undefined) => (hour === undefined ? null : zone.format(hour * hourMs));
  return {
    past_at: zone.format(clock.cutMs),
    rows,
    hours: { count: hours.length, first: at(hours[0]), last: at(hours.at(-1)) },
    keys,
    clock: clockObject(clock, zone),
  };
}

function clockObject({ standing, clockMs, leapMs, doubtful, living, waiting }: SweepClock, zone: Zone) {
  return {
    standing,
    machine: zone.format(clockMs),
    leap_seconds: Math.round(leapMs / 1_000),
    doubtful_hours: doubtful,
    living_hours: living,
    waiting,
  };
}
