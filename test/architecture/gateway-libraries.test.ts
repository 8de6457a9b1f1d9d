import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const src = fileURLToPath(new URL('../../src', import.meta.url));
const atOnce = /(?:^|\n)(?:import|export)\s+(?!type\b)(?:[^'";]*?\sfrom\s+)?'([^']+)'/g;

function named(file: string, pattern: RegExp): string[] {
  return [...readFileSync(file, 'utf8').matchAll(pattern)].map(([, name = '']) => name);
}

/** Every library that is loaded with these modules. */
function librariesOf(modules: readonly string[]): string[] {
  const libraries = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const name of named(file, atOnce))
      if (name.startsWith('.')) visit(join(dirname(file), name));
      else if (!name.startsWith('node:')) libraries.add(name);
  };
  modules.forEach(visit);
  return [...libraries].sort();
}

// Each of them is memory that the gateway holds for weeks, and time until it is ready.
it('the gateway loads at its start no library that only some gateways need, and only now and then', () => {
  const modules = [
    join(src, 'cli/main.ts'),
    join(src, 'cli/program.ts'),
    join(src, 'cli/run/define.ts'),
    join(src, 'cli/run/run.ts'),
  ];
  expect(librariesOf(modules)).toEqual([
    '@serialport/parser-readline',
    'better-sqlite3',
    'commander',
    'serialport',
    'smol-toml',
    'valibot',
    'winston',
  ]);
});
