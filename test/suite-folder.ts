import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder = '';

/** Every test and every program that it starts keeps its temporary files in one folder. */
export function setup(): void {
  folder = mkdtempSync(join(tmpdir(), 'visitlog-suite-'));
  process.env.TMPDIR = folder;
}

/** None leaves anything behind. */
export function teardown(): void {
  const left = readdirSync(folder);
  rmSync(folder, { recursive: true, force: true });
  if (left.length > 0) throw new Error(`tests have left behind: ${left.join(', ')}`);
}
