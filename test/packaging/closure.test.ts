import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run, scratchFolder, scripts } from './made-stage.ts';

/** A program with packages, by their folder and what each needs. */
function program(packages: Readonly<Record<string, readonly string[]>>): string {
  const home = scratchFolder();
  for (const [path, needs] of Object.entries(packages)) {
    const file = join(home, path, 'package.json');
    mkdirSync(dirname(file), { recursive: true });
    const dependencies = Object.fromEntries(needs.map((name) => [name, '*']));
    writeFileSync(file, JSON.stringify({ dependencies }));
  }
  return home;
}

function closure(home: string) {
  const ask = `const { closureOf, packagesBelow } = await import(process.argv[1]);
    const kept = closureOf(process.argv[2]);
    for (const path of packagesBelow(process.argv[2])) console.log(kept.has(path) ? '+' : '-', path.slice(process.argv[2].length + 1));`;
  const { code, stdout, stderr } = run(process.execPath, [
    '--input-type=module',
    '--eval',
    ask,
    join(scripts, 'closure.mjs'),
    home,
  ]);
  return { code, stderr, packages: stdout.trim().split('\n') };
}

describe('the packages that are packed', () => {
  it('are those that the program needs, in the versions that it finds; what builds addons is left out', () => {
    const home = program({
      '.': ['store', '@scope/port'],
      'node_modules/store': ['bindings', 'prebuild-install'],
      'node_modules/bindings': ['path'],
      'node_modules/path': ['bindings'],
      'node_modules/prebuild-install': ['tar'],
      'node_modules/tar': [],
      'node_modules/@scope/port': ['path', 'node-addon-api', '@types/port'],
      'node_modules/@scope/port/node_modules/path': [],
      'node_modules/@scope/unused': [],
      'node_modules/node-addon-api': [],
      'node_modules/@types/port': [],
    });
    expect(closure(home).packages).toEqual([
      '+ node_modules/@scope/port',
      '+ node_modules/@scope/port/node_modules/path',
      '- node_modules/@scope/unused',
      '- node_modules/@types/port',
      '+ node_modules/bindings',
      '- node_modules/node-addon-api',
      '+ node_modules/path',
      '- node_modules/prebuild-install',
      '+ node_modules/store',
      '- node_modules/tar',
    ]);
  });

  it('must all be there', () => {
    const { code, stderr } = closure(program({ '.': ['store'], 'node_modules/store': ['bindings'] }));
    expect(code).toBe(1);
    expect(stderr).toContain('needs bindings, which is not there');
  });
});
