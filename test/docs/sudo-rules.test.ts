import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const home = fileURLToPath(new URL('../..', import.meta.url));
/** A row of sudoers(5): `NAME ALL=(visitlog) NOPASSWD: …`, and what it is written with. */
const rule = /\bNOPASSWD\b|\bALL\s*=\s*\(|\bvisudo\b|\/etc\/sudoers/;

/** What finds rules that an older guide recommended, and its trial, name them. */
const finders = ['scripts/deb/postinst', 'scripts/deb/postrm', 'scripts/deb/booted/try-package'].map((name) =>
  join(home, name),
);

const files = ['README.md', 'README.ko.md', 'docs', 'src', 'scripts', 'config', 'systemd'].flatMap((name) => {
  const path = join(home, name);
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((below) => join(path, below))
    .filter((file) => statSync(file).isFile());
});

describe('sudo', () => {
  it('a rule that lets somebody run visitlog as another account is written nowhere', () => {
    expect(files.length).toBeGreaterThan(500);
    expect(rule.test('officer ALL=(visitlog) NOPASSWD: /usr/bin/visitlog export *')).toBe(true);
    const named = files.filter((file) => rule.test(readFileSync(file, 'utf8')));
    expect(named.filter((file) => !finders.includes(file))).toEqual([]);
  });
});
