import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

const root = fileURLToPath(new URL('..', import.meta.url));

const memory = '/dev/shm';
const memoryWanted = 2 ** 30;

const folders: string[] = [];

/**
 * Builds the program that tests start, unless it is built. Every test and every program that it starts keeps its
 * temporary files in one folder, or in one in memory.
 */
export function setup(project: TestProject): void {
  build();
  project.onTestsRerun(build);
  process.env.TMPDIR = folderIn(tmpdir());
  if (roomOf(memory) >= memoryWanted) process.env.VISITLOG_TEST_MEMORY = folderIn(memory);
}

/** None leaves anything behind. */
export function teardown(): void {
  const left = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  if (left.length > 0) throw new Error(`tests have left behind: ${left.join(', ')}`);
}

/** Errors in types are no obstacle: `npm run types` shows them. */
function build(): void {
  spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' });
  if (!existsSync(join(root, 'dist/cli/main.js'))) throw new Error('the program cannot be built');
}

function folderIn(parent: string): string {
  const folder = mkdtempSync(join(parent, 'visitlog-suite-'));
  // A server that refuses to run as root reaches its folder below this one.
  chmodSync(folder, 0o711);
  folders.push(folder);
  return folder;
}

function roomOf(path: string): number {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize;
  } catch {
    return 0;
  }
}
