import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What SQLite writes for a text, about: a few pages and their frames. */
const bytes = Buffer.alloc(4 * 4_096, 1);

/** How long this disk takes to write and to sync, ms each, in the folder in which the registers of measurements are. */
export function measureSyncs(times: number): number[] {
  const folder = mkdtempSync(join(tmpdir(), 'visitlog-bench-'));
  const file = openSync(`${folder}/synced`, 'w');
  const tookMs: number[] = [];
  for (let i = 0; i < times; i += 1) {
    const beganMs = performance.now();
    writeSync(file, bytes);
    fdatasyncSync(file);
    tookMs.push(performance.now() - beganMs);
  }
  closeSync(file);
  rmSync(folder, { recursive: true, force: true });
  return tookMs;
}
