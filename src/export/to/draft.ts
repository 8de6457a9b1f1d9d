import { createHash, randomBytes } from 'node:crypto';
import {
  type FileHandle,
  link,
  lstat,
  open,
  readdir,
  readFile,
  readlink,
  rename,
  stat,
  unlink,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError, fault, systemCodeOf } from '../../base/errors.ts';
import { unwritable } from './unwritable.ts';

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

/** The command whose errors these are: `export.exists`, `backup.exists`, `poster.exists`. */
export type DraftOf = 'export' | 'backup' | 'poster';

/** A file under another name beside its target, 0600, until it is whole. */
export interface Draft {
  readonly path: string;
  readonly handle: FileHandle;
  /** Syncs it and gives it its own name. */
  publish(): Promise<void>;
  /** Nothing of it remains. May be called after anything, also twice. */
  abandon(): Promise<void>;
}

/**
 * Begins a file that appears whole or not at all: it is linked to its own name when it is whole, which the kernel
 * refuses when that name has been taken meanwhile. Errors: `….exists`, `….not-a-file` (exit 3), `….unwritable`.
 */
export async function openDraft(target: string, force: boolean, of: DraftOf): Promise<Draft> {
  await checkTarget(target, force, of);
  const folder = dirname(target);
  const path = join(folder, await draftName());
  const handle = await attempt(target, of, () => open(path, 'wx', 0o600));
  await attempt(target, of, async () => removeStaleDrafts(folder, (await handle.stat()).mtimeMs));
  const abandon = async () => {
    await handle.close().catch(() => {});
    await unlink(path).catch(() => {});
  };
  return {
    path,
    handle,
    abandon,
    async publish() {
      try {
        await attempt(target, of, () => giveName(handle, path, target, force, of));
      } finally {
        await abandon();
      }
    },
  };
}

/** Does `work` on a draft; what the system refuses becomes the command's error. */
export async function attempt<T>(target: string, of: DraftOf, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw systemCodeOf(error) === 'EEXIST' ? exists(target, of) : unwritable(target, error, of);
  }
}

async function giveName(
  handle: FileHandle,
  draft: string,
  target: string,
  force: boolean,
  of: DraftOf,
): Promise<void> {
  await handle.sync();
  if (force) await rename(draft, target);
  else await linkUntaken(draft, target, of);
  await syncFolder(dirname(target));
}

async function linkUntaken(draft: string, target: string, of: DraftOf): Promise<void> {
  try {
    await link(draft, target);
  } catch (error) {
    if (!hasNoLinks.includes(systemCodeOf(error) ?? '')) throw error;
    // A USB stick's FAT has no hard links: the name is looked at once more, and then taken.
    await checkTarget(target, false, of);
    await rename(draft, target);
  }
}

const hasNoLinks = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  // Some network file systems sync no folder; the file itself is safe by then.
  await handle.sync().catch(() => {});
  await handle.close();
}

/** Throws when the name is taken. With force only a plain file may be: never a device, a folder or a link. */
async function checkTarget(target: string, force: boolean, of: DraftOf): Promise<void> {
  const stats = await lstat(target).catch((error: unknown) => {
    if (systemCodeOf(error) === 'ENOENT') return null;
    throw unwritable(target, error, of);
  });
  if (!stats) return;
  if (!force) throw exists(target, of);
  if (!stats.isFile()) {
    throw fault(`${of}.not-a-file`, { file: target });
  }
}

function exists(target: string, of: DraftOf): AppError {
  return fault(`${of}.exists`, { file: target });
}
