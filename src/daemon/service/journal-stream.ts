import { fstatSync } from 'node:fs';
import type { Writable } from 'node:stream';

/** Whether what is written here goes to the journal: systemd names that stream by device and inode (systemd.exec(5)). */
export function endsInJournal(
  stream: Writable & { readonly fd?: number },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (!env.JOURNAL_STREAM || stream.fd === undefined) return false;
  const { dev, ino } = fstatSync(stream.fd, { bigint: true });
  return env.JOURNAL_STREAM === `${dev}:${ino}`;
}
