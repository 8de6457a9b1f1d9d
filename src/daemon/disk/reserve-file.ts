import { randomBytes } from 'node:crypto';
import { rmSync, statSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { mib } from '../../base/amounts.ts';

/** A file that holds room on the disk and nothing else. */
export interface ReserveFile {
  isThere(): boolean;
  /** Fills it; there is none where that fails. */
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
    isThere: () => statSync(path, { throwIfNoEntry: false }) !== undefined,
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

/** Noise: a file system that compresses would keep no room for zeros. */
async function fill(path: string, bytes: number): Promise<void> {
  const block = randomBytes(Math.min(bytes, mib));
  const file = await open(path, 'w', 0o600);
  try {
    for (let left = bytes; left > 0; left -= block.length)
      await file.writeFile(block.subarray(0, Math.min(left, block.length)));
    await file.datasync();
  } finally {
    await file.close();
  }
}
