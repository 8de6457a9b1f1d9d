import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { faults } from '../../src/simulator/faults/faults.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const here = fileURLToPath(new URL('.', import.meta.url));

/** How many rows each chapter of the fault catalogue has. */
const chapters = { A: 12, B: 16, C: 22, D: 12, E: 12, F: 9, G: 14 };

interface Row {
  readonly name: string;
  readonly slug: string;
  readonly tests: readonly { readonly file: string; readonly name: string }[];
  readonly remark: string;
  readonly text: string;
}

const rows: readonly Row[] = readFileSync(`${here}FAULTS.md`, 'utf8')
  .split('\n')
  .flatMap((text) => {
    const match = /^\| ([A-G]\d+) \| `([^`]+)` \| (.*) \| (.*?) ?\|$/.exec(text);
    if (!match) return [];
    const [, name = '', slug = '', , remark = ''] = match;
    return [{ name, slug, tests: testsIn(text), remark, text }];
  });

function testsIn(text: string): { file: string; name: string }[] {
  const found = text.matchAll(/`([^`]+\.test\.ts)`: “([^”]+)”/g);
  return [...found].map(([, file = '', name = '']) => ({ file, name: name.replaceAll('\\|', '|') }));
}

/** Whether a test of exactly this name stands in the file. */
function hasTest(file: string, name: string): boolean {
  const path = `${root}${file}`;
  if (!existsSync(path)) return false;
  const source = readFileSync(path, 'utf8').replaceAll("\\'", "'");
  return ["'", '"', '`'].some((quote) => source.includes(`${quote}${name}${quote}`));
}

describe('the table of faults', () => {
  it('has every row of the catalogue once, in order', () => {
    const wanted = Object.entries(chapters).flatMap(([chapter, count]) =>
      Array.from({ length: count }, (_, i) => `${chapter}${i + 1}`),
    );
    expect(rows.map(({ name }) => name)).toEqual(wanted);
  });

  it('calls a fault that the simulator plays by its slug and row', () => {
    for (const { slug, row } of faults.values())
      expect(rows.find(({ name }) => name === row)?.slug, slug).toBe(slug);
  });

  it.each(rows)('$name $slug is shown by tests that exist, or says why not', ({ tests, remark, name }) => {
    for (const test of tests) expect(hasTest(test.file, test.name), `${test.file}: ${test.name}`).toBe(true);
    if (tests.length === 0) expect(remark, name).toMatch(/^(?:Cannot apply: |\*\*open\*\*: ).{20,}/);
  });

  it('calls open what is skipped, and nothing else', () => {
    const skipped = readdirSync(here)
      .filter((file) => /^fault-.*\.test\.ts$/.test(file) && file !== 'fault-table.test.ts')
      .flatMap((file) => skippedIn(readFileSync(`${here}${file}`, 'utf8')));
    const open = rows.flatMap(({ text }) => testsIn(text.split('**open**')[1] ?? '')).map(({ name }) => name);
    expect(open.sort()).toEqual(skipped.sort());
  });
});

function skippedIn(source: string): string[] {
  const uses = source.split(/\bit\.(?:skip|todo)\b/).slice(1);
  return uses.map((use) => /(['"`])([A-G]\d+ .*?)\1,/.exec(use)?.[2] ?? 'a skipped test without its row');
}
