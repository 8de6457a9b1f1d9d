import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandTable } from '../../src/cli/program.ts';
import { settingKeys } from '../../src/config/settings.ts';

const script = fileURLToPath(new URL('../../scripts/make-man.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'visitlog-man-'));
const languages = ['en', 'ko'] as const;
const placeOf = (language: string) => join(folder, language === 'en' ? '' : language);
const read = (language: string, page: string) => readFileSync(join(placeOf(language), page), 'utf8');

beforeAll(() => {
  const made = spawnSync(process.execPath, [script, folder], { encoding: 'utf8' });
  expect([made.status, made.stderr]).toEqual([0, '']);
});

afterAll(() => rmSync(folder, { recursive: true }));

describe.each(languages)('the manual in %s', (language) => {
  it('the manual has a page for each command, one for all and one for the configuration', () => {
    const names = ['visitlog', ...Object.keys(commandTable).map((name) => `visitlog-${name}`)];
    expect(readdirSync(join(placeOf(language), 'man1')).toSorted()).toEqual(
      names.map((name) => `${name}.1`).toSorted(),
    );
    expect(readdirSync(join(placeOf(language), 'man5'))).toEqual(['visitlog.toml.5']);
  });

  it('the manual has an example on each page of a command', () => {
    const without = Object.keys(commandTable).filter(
      (name) => !/^\.nf\n(?:.*\n)*?.*visitlog /m.test(read(language, `man1/visitlog-${name}.1`)),
    );
    expect(without).toEqual([]);
  });

  it('the manual explains every key of the configuration', () => {
    const page = read(language, 'man5/visitlog.toml.5');
    for (const key of settingKeys) {
      const item = new RegExp(`^\\.TP\n\\\\fB${key.split('.').at(-1)}\\\\fR\n\\S`, 'm');
      expect(page, key).toMatch(item);
    }
    expect(page).not.toContain('undefined');
  });

  it('the manual has no line that roff takes for a request by mistake', () => {
    const text = readdirSync(join(placeOf(language), 'man1'))
      .map((page) => read(language, `man1/${page}`))
      .join('');
    const requests = new Set([...text.matchAll(/^[.'](\S*)/gm)].map(([, name]) => name));
    expect(
      [...requests].filter((name) => !/^(?:TH|SH|SS|PP|TP|RS|RE|nf|fi|ad|nh)$/.test(name ?? '')),
    ).toEqual([]);
  });

  it.skipIf(!existsSync('/usr/bin/man'))('the manual is read by man without a warning', () => {
    const pages = ['man1', 'man5'].flatMap((part) =>
      readdirSync(join(placeOf(language), part)).map((page) => join(placeOf(language), part, page)),
    );
    const shown = spawnSync('man', ['--warnings', '-E', 'UTF-8', '-P', 'cat', '-l', ...pages], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8', MANWIDTH: '100' },
    });
    expect([shown.status, shown.stderr]).toEqual([0, '']);
    expect(shown.stdout).toContain('--reveal');
  });
});
