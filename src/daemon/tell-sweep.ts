import { hourMs } from '../base/amounts.ts';
import type { SweepResult } from '../store/sweep/sweep-types.ts';
import type { Log } from './log/log.ts';

/** Logs a sweep: counts only. One that found nothing to do is told at the level `debug`. */
export function tellSweep(log: Log, result: SweepResult): void {
  tellClock(log, result);
  if (!result.finished) return;
  const { visits, unresolved, undecodable, notices, parts } = result.rows;
  const idle = result.hours.length + visits + unresolved + undecodable + notices + parts === 0;
  log.write(idle ? 'debug' : 'info', 'sweep.done', {
    visits,
    unresolved,
    undecodable,
    notices,
    parts,
    hours: result.hours.length,
    keys: result.keys,
    freed_pages: result.freedPages,
    wal_truncated: result.walTruncated,
    steps: result.steps,
    longest_step_ms: Math.round(result.longestStepMs),
    duration_ms: Math.round(result.durationMs),
  });
}

function tellClock(log: Log, { clock, misdated }: SweepResult): void {
  const { standing, waiting, doubtful, living, leapMs } = clock;
  const leapHours = Math.round(leapMs / hourMs);
  if (waiting)
    log.write('warn', 'sweep.waiting', { clock: standing, leap_hours: leapHours, doubtful, living });
  else if (standing === 'behind') log.write('warn', 'clock.behind', { leap_hours: leapHours });
  else if (standing !== 'sound') log.write('info', 'clock.leapt', { clock: standing, leap_hours: leapHours });
  if (misdated > 0) log.write('warn', 'clock.misdated', { hours: misdated });
}
