import { randomBytes } from 'node:crypto';
import { type FileHandle, link, lstat, open, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError, exitCode, systemCodeOf } from '../base/errors.ts';
import type { Destination } from './destination.ts';
import { unwritable } from './unwritable.ts';

/**
 * A file that appears whole or not at all. It is written 0600 beside its target under another name, synced, and
 * then linked to its own name, which the kernel refuses when that name has been taken meanwhile.
 */
export async function openFile(path: string, force: boolean): Promise<Destination> {
  await checkTarget(path, force);
  const draft = join(dirname(path), `.visitlog-${randomBytes(6).toString('hex')}.part`);
  const handle = await attempt(path, () => open(draft, 'wx', 0o600));
  const abandon = async () => {
    await handle.close().catch(() => {});
    await unlink(draft).catch(() => {});
  };
  return {
    write: (bytes) => attempt(path, () => handle.appendFile(bytes)).then(() => true),
    abandon,
    async finish() {
      try {
        await attempt(path, () => publish(handle, draft, path, force));
      } finally {
        await abandon();
      }
    },
  };
}

async function publish(handle: FileHandle, draft: string, path: string, force: boolean): Promise<void> {
  await handle.sync();
  if (force) await rename(draft, path);
  else await linkUntaken(draft, path);
  await syncFolder(dirname(path));
}

async function linkUntaken(draft: string, path: string): Promise<void> {
  try {
    await link(draft, path);
  } catch (error) {
    if (!hasNoLinks.includes(systemCodeOf(error) ?? '')) throw error;
    // A USB stick's FAT has no hard links: the name is looked at once more, and then taken.
    await checkTarget(path, false);
    await rename(draft, path);
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
async function checkTarget(path: string, force: boolean): Promise<void> {
  const stats = await lstat(path).catch((error: unknown) => {
    if (systemCodeOf(error) === 'ENOENT') return null;
    throw unwritable(path, error);
  });
  if (!stats) return;
  if (!force) throw exists(path);
  if (!stats.isFile()) {
    throw new AppError('export.not-a-file', `${path}: exists and is no plain file`, {
      exit: exitCode.refused,
      hint: 'Use --output - to write to standard output.',
      context: { file: path },
    });
  }
}

async function attempt<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw systemCodeOf(error) === 'EEXIST' ? exists(path) : unwritable(path, error);
  }
}

function exists(path: string): AppError {
  return new AppError('export.exists', `${path}: there is a file of that name`, {
    exit: exitCode.refused,
    hint: 'Choose another name, or replace it with --force.',
    context: { file: path },
  });
}
