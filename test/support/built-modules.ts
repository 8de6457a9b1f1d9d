import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'rolldown';
import { onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface BuiltModules {
  readonly folder: string;
  /** What a process imports it by. */
  address(module: string): string;
}

/**
 * Modules of src as JavaScript until the test ends, for processes that it starts: Node 20 runs no TypeScript. `modules` are
 * paths below src without their ending; any account may read them.
 */
export async function builtModules(...modules: string[]): Promise<BuiltModules> {
  const cache = join(root, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  // Below the project, where the libraries are found.
  const home = mkdtempSync(join(cache, 'visitlog-test-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  chmodSync(home, 0o755);
  copyFileSync(join(root, 'package.json'), join(home, 'package.json'));
  const folder = join(home, 'dist');
  await build({
    cwd: root,
    input: Object.fromEntries(modules.map((module) => [module, join(root, 'src', `${module}.ts`)])),
    platform: 'node',
    external: /^[^./]/,
    logLevel: 'warn',
    output: { dir: folder, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: 'parts/[name].mjs' },
  });
  return { folder, address: (module) => pathToFileURL(join(folder, `${module}.mjs`)).href };
}
