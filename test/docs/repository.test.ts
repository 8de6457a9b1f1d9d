import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { ownFiles } from '../../src/cli/own-files.ts';
import { buildWholeProgram } from '../../src/cli/program.ts';
import { settingKeys } from '../../src/config/settings.ts';
import { allowed } from '../architecture/rooms.ts';
import { documents, inlineCodeOf, linksOf, readDocument, root } from './documents.ts';

const home = fileURLToPath(root);

/** Documents for whoever reads or changes the code; the others are in `documents`. */
const developers = [
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(join(home, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
];

const sources = ['src', 'test', 'scripts'].flatMap((folder) =>
  readdirSync(join(home, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:ts|mjs)$/.test(file))
    .map((file) => `${folder}/${file}`),
);

/** The anchor that a host of repositories gives to a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

function headingsOf(path: string): string[] {
  const prose = readDocument(path).replace(/^```.*?^```/gms, '');
  return [...prose.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);
}

describe.each(developers)('%s', (path) => {
  it(`${path} links to files and headings that exist`, () => {
    for (const link of linksOf(readDocument(path))) {
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? path : join(dirname(path), file);
      expect(existsSync(join(home, target)), link).toBe(true);
      if (anchor !== undefined) expect(headingsOf(target).map(anchorOf), link).toContain(anchor);
    }
  });

  it(`${path} names files of the repository that exist`, () => {
    const named = inlineCodeOf(readDocument(path)).flatMap(
      (code) => code.match(/^(?:config|docs|scripts|src|systemd|test|\.ci)\/[\w./-]*(?=$|:)/)?.[0] ?? [],
    );
    for (const file of named) expect(existsSync(join(home, file)), file).toBe(true);
  });
});

describe('a comment in the code', () => {
  const cited = sources.flatMap((file) =>
    [
      ...readDocument(file).matchAll(/(\(?)(?<![\w/.-])(?:docs\/)?([A-Z]{4,}\.md)(?:, ([a-zA-Z ]+)(?=\)))?/g),
    ].map(([, open, name = '', section]) => ({ file, name, section: open === '(' ? section : undefined })),
  );

  it('a comment in the code cites documents that exist', () => {
    expect(cited.length).toBeGreaterThan(5);
    const places = (file: string) => ['.', 'docs', dirname(file)];
    const missing = cited.filter(
      ({ file, name }) => !places(file).some((place) => existsSync(join(home, place, name))),
    );
    expect(missing).toEqual([]);
  });

  it('a comment in the code cites chapters of the specification that exist', () => {
    const chapters = headingsOf('docs/SPEC.md');
    const named = cited.filter(({ name, section }) => name === 'SPEC.md' && section !== undefined);
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter(({ section = '' }) => !chapters.includes(section))).toEqual([]);
  });
});

describe('the specification', () => {
  const spec = readDocument('docs/SPEC.md');
  const chapter = (from: string, to: string) =>
    spec.slice(spec.indexOf(`\n${from}\n`), spec.indexOf(`\n${to}\n`));

  it('the specification has a row for every key of the configuration, with the default of the example', () => {
    const table = chapter('## Configuration', '## Files');
    const rows = [...table.matchAll(/^\| `([a-z_.]+)` \| (.*?) \|/gm)].map(([, key = '', value = '']) => ({
      key,
      value,
    }));
    expect(rows.map(({ key }) => key).toSorted()).toEqual(settingKeys.toSorted());
    const example = defaultsOf(readDocument('config/visitlog.example.toml'));
    const written = rows.filter(({ value }) => value.startsWith('`'));
    for (const { key, value } of written) expect(value.match(/`([^`]*)`/)?.[1], key).toBe(example.get(key));
    expect(written.length).toBeGreaterThan(20);
  });

  it('the specification has a row for every command and subcommand, with its options', async () => {
    const program = await wholeProgram();
    const told = new Map(
      [
        ...chapter('## Commands', '### export and trace').matchAll(
          /^\| `([a-z]+(?: [a-z]+)?)[^`|]*` \|(.*)\|$/gm,
        ),
      ].map(([, name = '', text = '']) => [name, [...new Set(text.match(/--[a-z-]+/g))].toSorted()]),
    );
    const wanted = program.commands.flatMap((command) => rowsFor(command));
    expect(wanted.length).toBeGreaterThan(30);
    for (const { name, options } of wanted) expect(told.get(name), name).toEqual(options);
  });

  it('the specification names every option of export and trace', async () => {
    const program = await wholeProgram();
    const text = chapter('### export and trace', '### counts');
    const options = program.commands
      .filter((command) => command.name() === 'export' || command.name() === 'trace')
      .flatMap(optionsOf);
    expect(options.length).toBeGreaterThan(20);
    for (const option of options) expect(text).toContain(option);
  });
});

describe('the architecture', () => {
  const rows = new Map(
    [...readDocument('docs/ARCHITECTURE.md').matchAll(/^\| `([a-z]+)` \| [^|]* \|(.*)\|$/gm)].map(
      ([, room = '', may = '']) => [room, rightsOf(room, may)],
    ),
  );

  it('the architecture has a row for every folder of src', () => {
    expect([...rows.keys()].toSorted()).toEqual(readdirSync(join(home, 'src')).toSorted());
  });

  it('the architecture names every library that the package depends on, and no other', () => {
    const { dependencies, devDependencies } = JSON.parse(readDocument('package.json'));
    const chapter = readDocument('docs/ARCHITECTURE.md').split('\n## Libraries\n')[1] ?? '';
    const named = [...chapter.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, names = '']) => names.split(', '));
    for (const name of Object.keys(dependencies)) expect(named).toContain(name);
    const known = [...Object.keys({ ...dependencies, ...devDependencies }), 'library', '---'];
    const strange = named.filter((name) => name === name.toLowerCase() && !known.includes(name));
    expect(strange).toEqual([]);
  });

  it('the architecture says of every room what it may import', () => {
    expect(Object.fromEntries(rows)).toEqual(allowed);
  });
});

/** The rights that a row of the table gives, as test/architecture has them. */
function rightsOf(room: string, may: string): Record<string, 'all' | 'types'> {
  const named = [...may.matchAll(/`([a-z]+)`/g)].map(([, name = '']) => name);
  if (may.includes('every room but')) {
    const others = Object.keys(allowed).filter((each) => ![room, 'base', 'words', ...named].includes(each));
    return Object.fromEntries(others.map((each) => [each, 'all']));
  }
  const onlyTypes = may.includes('all of them');
  return Object.fromEntries(
    [...may.matchAll(/`([a-z]+)`( \(types only\))?/g)].map(([, name = '', types]) => [
      name,
      types === undefined && !onlyTypes ? 'all' : 'types',
    ]),
  );
}

function defaultsOf(toml: string): Map<string, string> {
  let table = '';
  const found = new Map<string, string>();
  for (const line of toml.split('\n')) {
    table = line.match(/^\[+(\w+)\]/)?.[1] ?? table;
    const [, key, value] = line.match(/^(\w+) = (.*)$/) ?? [];
    if (key !== undefined && value !== undefined) found.set(table === '' ? key : `${table}.${key}`, value);
  }
  return found;
}

/** What the tables of commands tell: those with subcommands have their options there. */
function rowsFor(command: Command): { name: string; options: string[] }[] {
  const name = command.name();
  const subcommands = command.commands.filter((each) => each.name() !== 'help');
  if (['help', 'export', 'trace', 'keyring', 'config'].includes(name)) return [];
  if (subcommands.length === 0) return [{ name, options: optionsOf(command) }];
  return subcommands.map((each) => ({ name: `${name} ${each.name()}`, options: optionsOf(each) }));
}

function optionsOf(command: Command): string[] {
  return command.options.flatMap(({ long }) => (long && long !== '--help' ? [long] : [])).toSorted();
}

async function wholeProgram(): Promise<Command> {
  const { stdin, stdout, stderr } = process;
  const signal = new AbortController().signal;
  return buildWholeProgram({
    ...{ stdin, stdout, stderr, env: {}, clock: systemClock },
    files: ownFiles(() => process.stdin),
    ...{ language: 'en', signal },
  });
}

it('every document is in one of the lists', () => {
  const all = readdirSync(home).filter((name) => name.endsWith('.md'));
  expect([...documents, ...developers]).toEqual(expect.arrayContaining(all));
});
