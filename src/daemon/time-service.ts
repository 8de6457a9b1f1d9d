import { existsSync } from 'node:fs';
import { join } from 'node:path';

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
