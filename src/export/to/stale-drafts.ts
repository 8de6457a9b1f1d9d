import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, readlink, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCodeOf } from '../../base/errors.ts';

/** A draft that is being written is never this long without a write. */
const staleAfterMs = 3_600_000;

/** `.visitlog-0123abcd-4711-0123456789ab.part`; without its maker where nothing tells one boot from another. */
export async function draftName(): Promise<string> {
  const seat = await seatOf();
  const maker = seat === null ? '' : `${seat}-${process.pid}-`;
  return `.visitlog-${maker}${randomBytes(6).toString('hex')}.part`;
}

const draftForm = /^\.visitlog-(?:(?<seat>[0-9a-f]{8})-(?<pid>[1-9]\d{0,9})-)?[0-9a-f]{12}\.part$/;

/**
 * Removes what processes that were killed left of their files in this folder: hidden, and perhaps with numbers in the
 * clear. At once where it is certain that its maker is no more, else when nothing was written to it for an hour.
 * `nowMs` is by the clock of the file system. What cannot be removed stays, and is nobody's error.
 */
export async function removeStaleDrafts(folder: string, nowMs: number): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const seat = await seatOf();
  for (const name of names) {
    const maker = draftForm.exec(name)?.groups;
    if (maker === undefined) continue;
    const path = join(folder, name);
    const isDead = seat !== null && maker.seat === seat && isGone(Number(maker.pid));
    if (isDead || (await isOld(path, nowMs))) await unlink(path).catch(() => {});
  }
}

async function isOld(path: string, nowMs: number): Promise<boolean> {
  const writtenMs = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => nowMs,
  );
  return nowMs - writtenMs > staleAfterMs;
}

/** Where process numbers count: this boot of this machine, and in it this container. Null where that is not known. */
async function seatOf(): Promise<string | null> {
  try {
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'latin1');
    const space = await readlink('/proc/self/ns/pid');
    return createHash('sha256').update(`${boot}${space}`).digest('hex').slice(0, 8);
  } catch {
    return null;
  }
}

/** Another user's process may not be signalled, and is there. */
function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return systemCodeOf(error) === 'ESRCH';
  }
}
