import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { allowed } from './rooms.ts';

const src = fileURLToPath(new URL('../../src', import.meta.url));

const pure = ['sms', 'at', 'visits'];
const impure =
  /\b(?:setTimeout|setInterval|setImmediate|Date\.now|performance\.now|process\.)\b|new Date\(\)/;

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const importPattern =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|import\(\s*'([^']+)'\s*\)/g;

function importsOf(file: string): Import[] {
  const text = readFileSync(join(src, file), 'utf8');
  return [...text.matchAll(importPattern)].map((match) => ({
    from: file,
    to: match[2] ?? match[3] ?? '',
    typeOnly: match[1] !== undefined,
  }));
}

const imports = files.flatMap(importsOf);
const isRelative = (entry: Import) => entry.to.startsWith('.');
const target = (entry: Import) => relative(src, join(src, dirname(entry.from), entry.to));
const room = (file: string) => file.split('/')[0] ?? '';

/** `lines` of `cli/lines/run.ts`; null for a file that all commands share. */
function commandFolder(file: string): string | null {
  return /^cli\/([^/]+)\//.exec(file)?.[1] ?? null;
}

function mayImport(entry: Import): boolean {
  const from = room(entry.from);
  const to = room(target(entry));
  if (from === to || to === 'base' || (to === 'words' && from !== 'base')) return true;
  const right = allowed[from]?.[to];
  return right === 'all' || (right === 'types' && entry.typeOnly);
}

describe('the house', () => {
  it('the code has only the rooms that the architecture names', () => {
    expect([...new Set(files.map(room))].filter((name) => !(name in allowed))).toEqual([]);
  });

  it('the code imports downwards only', () => {
    const wrong = imports.filter((entry) => isRelative(entry) && !mayImport(entry));
    expect(wrong.map((entry) => `${entry.from} → ${target(entry)}`)).toEqual([]);
  });

  it('the code has no command that imports from another', () => {
    const wrong = imports.filter((entry) => {
      const from = commandFolder(entry.from);
      const to = isRelative(entry) ? commandFolder(target(entry)) : null;
      return from !== null && to !== null && from !== to && to !== 'officer';
    });
    expect(wrong.map((entry) => `${entry.from} → ${target(entry)}`)).toEqual([]);
  });

  it('the code keeps node, timers and the wall clock out of the pure rooms', () => {
    const nodeImports = imports.filter(
      (entry) => pure.includes(room(entry.from)) && entry.to.startsWith('node:'),
    );
    const effects = files.filter(
      (file) => pure.includes(room(file)) && impure.test(readFileSync(join(src, file), 'utf8')),
    );
    expect({ nodeImports: nodeImports.map((entry) => entry.from), effects }).toEqual({
      nodeImports: [],
      effects: [],
    });
  });

  it('the code prints and exits in the command line alone', () => {
    const printing = /\bconsole\.\w|process\.(?:exit\b|stdout|stderr)/;
    const wrong = files.filter(
      (file) => room(file) !== 'cli' && printing.test(readFileSync(join(src, file), 'utf8')),
    );
    expect(wrong).toEqual([]);
  });

  it('the code has no cycle', () => {
    expect(
      cycles(new Map(files.map((file) => [file, importsOf(file).filter(isRelative).map(target)]))),
    ).toEqual([]);
  });

  it('the code looks for files beside the program from where its part of dist stands as deep', () => {
    const looking = files.filter((file) =>
      /(?<!createRequire\()import\.meta\.url/.test(readFileSync(join(src, file), 'utf8')),
    );
    expect(looking).toContain('base/built-module.ts');
    expect(looking.filter((file) => file.split('/').length !== 2)).toEqual([]);
  });

  it('the code starts no thread that the build does not know', () => {
    const known = readFileSync(join(src, '../scripts/bundle.mjs'), 'utf8');
    const started = files.flatMap((file) =>
      [...readFileSync(join(src, file), 'utf8').matchAll(/builtModule\('([^']+)'\)/g)].map(
        ([, path]) => path,
      ),
    );
    expect(started.length).toBeGreaterThan(2);
    expect(started.filter((path) => !known.includes(`'${path}'`))).toEqual([]);
  });
});

function cycles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) {
      found.push([...path.slice(path.indexOf(file)), file].join(' → '));
      return;
    }
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return found;
}
