// Writes who holds the rights in what is packed, and under which license: the program, its Node, and each dependency.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { licenseOf } from './license-of.mjs';

const [root, stage, version, runtimeLicense] = process.argv.slice(2);
const home = 'usr/lib/visitlog';
const folder = join(stage, 'usr/share/doc/visitlog');
const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;

writeFileSync(join(folder, 'LICENSE.node.gz'), gzipSync(readFileSync(runtimeLicense), { level: 9 }));

const parts = Object.keys(locked)
  .filter((path) => path.startsWith('node_modules/') && existsSync(join(stage, home, path, 'package.json')))
  .sort()
  .map((path) => {
    const own = JSON.parse(readFileSync(join(stage, home, path, 'package.json'), 'utf8'));
    const holder = holderIn(join(stage, home, path)) ?? own.author?.name ?? own.author ?? 'its authors';
    return `Files: ${home}/${path}/*\nCopyright: ${holder}\nLicense: ${licenseOf(own) ?? 'its-own'}\n`;
  });

writeFileSync(
  join(folder, 'copyright'),
  `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: visitlog ${version}
Comment: Whole texts of licenses: of the runtime in LICENSE.node.gz beside this file, of each part in its folder below
 /${home}/node_modules.

Files: *
Copyright: the authors of visitlog
License: Apache-2.0
 On Debian systems the whole text is in /usr/share/common-licenses/Apache-2.0.

Files: ${home}/bin/node
Copyright: Node.js contributors, and those of the parts that LICENSE.node.gz names
License: MIT

${parts.join('\n')}`,
);

/** The first line of a license's file that names somebody. */
function holderIn(path) {
  for (const name of readdirSync(path).filter((name) => /^(?:licen[cs]e|copying)/i.test(name))) {
    const line = /^.*copyright\s+(?:\(c\)|©|\d{4}).*$/im.exec(readFileSync(join(path, name), 'utf8'))?.[0];
    if (line !== undefined) return line.replace(/^\W*copyright\s*/i, '').trim();
  }
  return undefined;
}
