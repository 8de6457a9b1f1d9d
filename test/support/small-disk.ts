import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A disk of its own, in memory, for as long as the test lasts; null if this user may not mount one. */
export function mountSmallDisk(mebibytes: number): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'visitlog-disk-'));
  const isMounted =
    spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'none', folder]).status === 0;
  if (!isMounted) {
    rmSync(folder, { recursive: true });
    return null;
  }
  onTestFinished(() => {
    spawnSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
