import { randomBytes } from 'node:crypto';
import { rmSync, statSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { mib } from '../../base/amounts.ts';

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
  const release = () => {
    for (const file of [path, unfinished]) rmSync(file, { force: true });
  };
  return {
    exists: () => statSync(path, { throwIfNoEntry: false }) !== undefined,
    release,
    async make(bytes) {
      try {
        await fill(unfinished, bytes);
        await rename(unfinished, path);
        return true;
      } catch {
        release();
        return false;
      }
    },
  };
}

/** Random octets: a file system that compresses would reserve no space for zeros. */
async function fill(path: string, bytes: number): Promise<void> {
  const block = randomBytes(Math.min(bytes, mib));
  rmSync(path, { force: true });
  // Exclusive, so that no link that lies there is followed.
  const file = await open(path, 'wx', 0o600);
  try {
    for (let left = bytes; left > 0; left -= block.length)
      await file.writeFile(block.subarray(0, Math.min(left, block.length)));
    await file.datasync();
  } finally {
    await file.close();
  }
}
