import { randomBytes } from 'node:crypto';
import { closeSync, fdatasync, openSync, renameSync, rmSync, statSync, write } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mib } from '../../base/amounts.ts';
import { asOwnerOf } from '../../store/files/as-owner.ts';

/** A file that occupies space on the disk, for nothing else. */
export interface ReserveFile {
  exists(): boolean;
  /** Writes the file; false, and no file, if that fails. */
  make(bytes: number): Promise<boolean>;
  release(): void;
}

export function reserveFileIn(dataDir: string): ReserveFile {
  const path = join(dataDir, 'reserve');
  const unfinished = `${path}.new`;
  const asOwner = <T>(work: () => T): T => asOwnerOf(dataDir, work);
  const release = () =>
    asOwner(() => {
      for (const file of [path, unfinished]) rmSync(file, { force: true });
    });
  return {
    exists: () => statSync(path, { throwIfNoEntry: false }) !== undefined,
    release,
    async make(bytes) {
      try {
        await fill(
          asOwner(() => create(unfinished)),
          bytes,
        );
        asOwner(() => renameSync(unfinished, path));
        return true;
      } catch {
        release();
        return false;
      }
    },
  };
}

function create(path: string): number {
  rmSync(path, { force: true });
  // Exclusive, so that no link that lies there is followed.
  return openSync(path, 'wx', 0o600);
}

/** Random octets: a file system that compresses would reserve no space for zeros. Closes the file. */
async function fill(fd: number, bytes: number): Promise<void> {
  const block = randomBytes(Math.min(bytes, mib));
  try {
    for (let left = bytes; left > 0; )
      left -= (await promisify(write)(fd, block, 0, Math.min(left, block.length))).bytesWritten;
    await promisify(fdatasync)(fd);
  } finally {
    closeSync(fd);
  }
}
