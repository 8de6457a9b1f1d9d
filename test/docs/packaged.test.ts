import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linksOf, readDocument, root } from './documents.ts';

const stage = mkdtempSync(join(tmpdir(), 'visitlog-docs-'));
const home = fileURLToPath(root);
const folder = join(stage, 'usr/share/doc/visitlog');
const packaged = ['README.md', 'README.ko.md', 'CONTRIBUTING.md', 'SECURITY.md'].concat(
  ['administrator', 'officer', 'central'].flatMap((guide) => [`${guide}.en.md`, `${guide}.ko.md`]),
  readdirSync(join(home, 'docs')).filter((name) => name.endsWith('.md')),
);

beforeAll(() => {
  execFileSync(process.execPath, [join(home, 'scripts/deb/lay-out.mjs'), home, stage, '0.0.0']);
});
afterAll(() => rmSync(stage, { recursive: true }));

describe('the package', () => {
  it.each(packaged)('the package has %s, whose links lead to what lies beside it', (name) => {
    const links = linksOf(readFileSync(join(folder, name), 'utf8'));
    for (const to of links.map((link) => link.split('#')[0] ?? ''))
      expect(existsSync(join(folder, to)), to).toBe(true);
  });

  it.each(['en', 'ko'])('the package has every file that the guides of %s say it has', (language) => {
    const guides = ['administrator', 'officer'].map((name) =>
      readDocument(`docs/guide/${language}/${name}.md`),
    );
    const installed = [
      ...guides.join('\n').matchAll(/\/usr\/(?:share\/doc|lib\/systemd\/system)\/visitlog[\w./-]*\w/g),
    ];
    expect(installed.length).toBeGreaterThan(4);
    for (const [file] of installed) expect(existsSync(join(stage, file)), file).toBe(true);
    for (const [, drop] of guides.join('\n').matchAll(/`([\w-]+\.conf)`/g))
      expect(existsSync(join(folder, 'examples/visitlog.service.d', drop ?? '')), drop).toBe(true);
  });
});
