import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { faultCatalogue } from '../../src/simulator/faults/fault-catalogue.ts';
import { silentPlays } from '../support/silent-plays.ts';
import { readDocument, root } from './documents.ts';

/** How many rows each chapter of docs/FAULTS.md has. */
const chapters = { A: 12, B: 17, C: 23, D: 12, E: 13, F: 9, G: 14 };

interface Row {
  readonly id: string;
  readonly slug: string;
  readonly handling: string;
  readonly silent: string;
}

interface Claim {
  readonly file: string;
  readonly id: string;
  readonly slug: string | null;
  readonly isSkipped: boolean;
}

const document = readDocument('docs/FAULTS.md');
const rows: readonly Row[] = [
  ...document.matchAll(/^\| ([A-G]\d+) \| `([^`]+)` \| .+? \| (.+?) \| ([^|]+) \|$/gm),
].map(([, id = '', slug = '', handling = '', silent = '']) => ({ id, slug, handling, silent }));
const slugs = new Map(rows.map(({ id, slug }) => [id, slug]));

const sources = ['src', 'test', 'scripts'].flatMap((folder) =>
  readdirSync(fileURLToPath(new URL(folder, root)), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:ts|mjs)$/.test(file))
    .map((file) => `${folder}/${file}`),
);
const claims = sources
  .filter((file) => file.endsWith('.test.ts'))
  .flatMap((file) => claimsOf(file, readDocument(file)));

/** The rows that the names of tests begin with: `'C14 parts-share-index: …'`, `'C13, E5: …'`. */
function claimsOf(file: string, source: string): Claim[] {
  const names = source.matchAll(/(?<=['"`])([A-G]\d+(?: [a-z\d'-]+)?(?:, [A-G]\d+(?: [a-z\d'-]+)?)*): /g);
  return [...names].flatMap(({ 1: names = '', index }) => {
    const call = [...source.slice(0, index).matchAll(/\b(?:it|describe)(?:\.(\w+))?(?=[.(])/g)].at(-1);
    const isSkipped = call?.[1] === 'skip' || call?.[1] === 'todo';
    return names.split(', ').map((name) => {
      const [id = '', slug = null] = name.split(' ');
      return { file, id, slug, isSkipped };
    });
  });
}

describe('the table of faults', () => {
  it('the table of faults has every row of its chapters once, in order', () => {
    const wanted = Object.entries(chapters).flatMap(([chapter, count]) =>
      Array.from({ length: count }, (_, i) => `${chapter}${i + 1}`),
    );
    expect(rows.map(({ id }) => id)).toEqual(wanted);
  });

  it('the table of faults calls a fault that the simulator plays by its slug and row', () => {
    for (const [slug, { row }] of Object.entries(faultCatalogue)) expect(slugs.get(row), slug).toBe(slug);
  });

  it.each(rows)(
    'the table of faults has a test that plays $id $slug, or says why none can',
    ({ id, handling }) => {
      const played = claims.some((claim) => claim.id === id && !claim.isSkipped);
      expect(played).toBe(!/^\*\*Cannot apply\*\*: .{20,}/.test(handling));
    },
  );

  it.each(rows)(
    'the table of faults has a test that plays $id $slug without any notification, or says why there is none',
    ({ id, silent }) => {
      const ownTest = claims.some(
        (claim) => claim.id === id && claim.file === 'test/e2e/fault-silent.test.ts',
      );
      const isPlayed = id in silentPlays || ownTest;
      expect(silent).toMatch(isPlayed ? /^Played[.:,] \S/ : /^None: .{15,}\.$/);
    },
  );

  it('the table of faults has each silent play under the row of its fault', () => {
    for (const [id, { fault }] of Object.entries(silentPlays))
      expect(faultCatalogue[fault.split(':')[0] as keyof typeof faultCatalogue].row, fault).toBe(id);
  });

  it('the table of faults has a row for every id that a test carries, under the same slug', () => {
    const strange = claims.filter(
      ({ id, slug }) => !slugs.has(id) || (slug !== null && slugs.get(id) !== slug),
    );
    expect(strange).toEqual([]);
  });

  it('the table of faults has a row for every id that a comment cites', () => {
    const cited = sources.flatMap((file) =>
      [...readDocument(file).matchAll(/\bfaults? ((?:[A-Z]\d{1,2}(?:, | and )?)+)/g)].flatMap(
        ([, ids = '']) => ids.match(/[A-Z]\d+/g)?.map((id) => ({ file, id })) ?? [],
      ),
    );
    expect(cited.length).toBeGreaterThan(50);
    expect(cited.filter(({ id }) => !slugs.has(id))).toEqual([]);
  });

  it('the table of faults names, for each report of the field, a test that exists and is not skipped', () => {
    const reports = [
      ...document.matchAll(
        /^\| ([PR]\d+[a-d]?) \| .+ \| (?:`(\S+)` \| `(.+)`|– \| (\*\*Known limit\*\*.+)) \|$/gm,
      ),
    ];
    const ids = [...new Set(reports.map(([, id]) => id))];
    const numbered = Array.from({ length: 20 }, (_, i) => `R${i + 1}`);
    expect(ids).toEqual(['P1', 'P2', 'R0a', 'R0b', 'R0c', 'R0d', ...numbered]);
    for (const [, id = '', file, name = '', limit] of reports) {
      if (limit !== undefined) continue;
      const source = readDocument(`test/${file}`);
      const at = source.indexOf(name);
      expect(at, `${id}: ${name}`).toBeGreaterThan(0);
      expect(
        source
          .slice(0, at)
          .match(/\b(?:it|describe)(?:\.\w+)?\(/g)
          ?.at(-1),
      ).not.toMatch(/skip|todo/);
    }
  });
});
