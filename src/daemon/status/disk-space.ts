import { statfsSync } from 'node:fs';
import type { DiskOfStatus } from './status-object.ts';

/** Of the file system that holds this path; null where it cannot be told. */
export function diskSpaceAt(path: string): Omit<DiskOfStatus, 'state'> | null {
  try {
    const { bavail, blocks, bsize } = statfsSync(path);
    return { free_bytes: bavail * bsize, total_bytes: blocks * bsize };
  } catch {
    return null;
  }
}
