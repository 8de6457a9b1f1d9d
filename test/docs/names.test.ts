import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eventPages, readPages } from '../../src/cli/pages.ts';
import { findFaults } from '../../src/config/find-faults.ts';
import { parseToml } from '../../src/config/load.ts';
import { settingKeys } from '../../src/config/settings.ts';
import {
  blocksOf,
  documents,
  inlineCodeOf,
  linksOf,
  outlineOf,
  pairs,
  readDocument,
  root,
} from './documents.ts';

const pages = new Set([...readPages('en'), ...eventPages('en')].map(({ id }) => id));
const keys = new Set(settingKeys);
const alerts = readDocument('config/prometheus-alerts.yml');

describe.each(documents)('%s', (path) => {
  const text = readDocument(path);
  const code = inlineCodeOf(text);

  it(`${path} names ids that have a page, and keys that the configuration has`, () => {
    const dotted = code
      .flatMap((each) => each.match(/^(?:visitlog explain )?([a-z-]+\.[a-z_-]+)$/)?.[1] ?? [])
      .filter(
        (name) =>
          !/\.(?:conf|pem|key|service|socket|csv|json|md|sqlite|toml|xlsx|yml|audit|anchor|txt)$/.test(name),
      );
    for (const name of dotted) expect(pages.has(name) || keys.has(name), name).toBe(true);
  });

  it(`${path} names tables and keys as the configuration has them`, () => {
    const named = code.flatMap((each) => [...each.matchAll(/^\[(\w+)\] (\w+)/g)]);
    for (const [, table, key] of named) expect(keys.has(`${table}.${key}`), `${table}.${key}`).toBe(true);
  });

  it(`${path} shows configurations without a fault`, async () => {
    for (const block of blocksOf(text, 'toml')) {
      // A block may be a part of a file: what it leaves out stands elsewhere.
      const faults = findFaults(await parseToml(path, block)).filter(({ kind }) => kind !== 'missing-key');
      expect(faults, block).toEqual([]);
    }
  });

  it(`${path} names alerts that exist`, () => {
    for (const [, name] of text.matchAll(/`(Visitlog[A-Za-z]+)`/g))
      expect(alerts).toContain(`alert: ${name}`);
  });

  it(`${path} links to files that exist`, () => {
    for (const to of linksOf(text)) expect(existsSync(new URL(to, new URL(path, root))), to).toBe(true);
  });

  it(`${path} names files of the repository that exist`, () => {
    const named = code.flatMap(
      (each) => each.match(/^(?:config|docs|scripts|src|systemd|test|\.ci)\/[\w./-]*/)?.[0] ?? [],
    );
    for (const file of named) expect(existsSync(new URL(file, root)), file).toBe(true);
  });

  it(`${path} names tests that exist`, () => {
    const named = code.flatMap((each) => each.match(/^npm test -- (.*)/)?.[1]?.split(' ') ?? []);
    for (const test of named)
      expect(
        [test, `${test}.test.ts`].some((each) => existsSync(new URL(each, root))),
        test,
      ).toBe(true);
  });
});

it.each(pairs)('the documents $en and $ko have the same headings, tables and blocks', ({ en, ko }) => {
  const [english, korean] = [readDocument(en), readDocument(ko)];
  expect(outlineOf(korean)).toEqual(outlineOf(english));
  expect(rowsOf(korean)).toEqual(rowsOf(english));
  expect(korean.match(/^```\w*$/gm)).toEqual(english.match(/^```\w*$/gm));
});

/** How many rows each table has. */
function rowsOf(text: string): number[] {
  return [...text.matchAll(/(?:^\|.*\n)+/gm)].map(([table]) => table.split('\n').length);
}
