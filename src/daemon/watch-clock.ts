import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { minuteMs } from '../base/amounts.ts';
import { type Clock, every } from '../base/clock.ts';
import type { Log } from './log/log.ts';

interface ClockWatch {
  /** Null: not known. */
  isKept(): boolean | null;
  stop(): void;
}

interface ClockWatchOptions {
  /** Null: the clock is not watched. */
  readonly isKept: (() => boolean) | null;
  readonly clock: Clock;
  readonly log: Log;
}

/** A machine that has just started has not got the time yet. */
const graceMs = 5 * minuteMs;
const everyMs = minuteMs;

/** Logs when no time service keeps the clock, and when one does again. */
export function watchClock({ isKept, clock, log }: ClockWatchOptions): ClockWatch {
  if (isKept === null) return { isKept: () => null, stop() {} };
  const beganMs = clock.monotonicMs();
  let kept: boolean | null = isKept() || null;
  const timer = every(clock, everyMs, () => {
    const now = isKept();
    if (kept === null && !now && clock.monotonicMs() - beganMs < graceMs) return;
    if (now !== (kept ?? true)) {
      if (now) log.write('info', 'clock.synchronised');
      else log.write('warn', 'clock.unsynchronised');
    }
    kept = now;
  });
  return { isKept: () => kept, stop: () => timer.cancel() };
}

/**
 * Files that exist while a time service keeps the clock: of systemd-timesyncd, chronyd, ntpd and openntpd. Not their
 * processes, because the unit hides those of other users.
 */
const marks = [
  'run/systemd/timesync/synchronized',
  'run/chrony',
  'run/ntpd.pid',
  'run/ntpd.sock',
  'run/openntpd.sock',
];

/** Whether a time service keeps the clock of the machine whose file tree begins at `root`. */
export function isClockKept(root: string): boolean {
  return marks.some((mark) => existsSync(join(root, mark)));
}
