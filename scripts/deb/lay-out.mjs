// Lays the files of the system beside the program: command, unit, rules, manual pages, completions, documents.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';

const [root, stage, version] = process.argv.slice(2);
const home = '/usr/lib/visitlog';

function put(from, to, mode = 0o644) {
  const target = join(stage, to);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(from, target, { recursive: true });
  chmodSync(target, mode);
}

function write(to, text, mode = 0o644) {
  const target = join(stage, to);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
  chmodSync(target, mode);
}

put(join(root, 'scripts/deb/visitlog.sh'), '/usr/bin/visitlog', 0o755);

const doc = '/usr/share/doc/visitlog';
write(`${doc}/changelog.gz`, gzipSync(readFileSync(join(root, 'CHANGELOG.md')), { level: 9 }));
write(`${doc}/copyright`, `visitlog ${version}\nLicense: Apache-2.0; its text is in ${home}/LICENSE.\nThe licenses of the parts are beside them, below ${home}/node_modules.\n`);
