import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, every } from '../base/clock.ts';
import type { Log } from './log/log.ts';

export interface ClockWatch {
  /** Null: nobody looks. */
  isKept(): boolean | null;
  stop(): void;
}

export interface ClockWatchOptions {
  /** Null: it is not to be looked at. */
  readonly isKept: (() => boolean) | null;
  readonly clock: Clock;
  readonly log: Log;
}

/** A machine that has just started has not been told the time yet. */
const patienceMs = 300_000;
const everyMs = 60_000;

/** Says when no time service keeps the clock, and when one does again. */
export function watchClock({ isKept, clock, log }: ClockWatchOptions): ClockWatch {
  if (isKept === null) return { isKept: () => null, stop() {} };
  const beganMs = clock.monotonicMs();
  let kept: boolean | null = isKept() || null;
  const timer = every(clock, everyMs, () => {
    const now = isKept();
    if (kept === null && !now && clock.monotonicMs() - beganMs < patienceMs) return;
    if (now !== (kept ?? true)) {
      if (now) log.write('info', 'clock.synchronised');
      else log.write('warn', 'clock.unsynchronised');
    }
    kept = now;
  });
  return { isKept: () => kept, stop: () => timer.cancel() };
}

/**
 * What is there while a time service keeps the clock: systemd-timesyncd's mark, the folder of chronyd, the files of
 * ntpd. Not their processes: the unit hides those of other users.
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
