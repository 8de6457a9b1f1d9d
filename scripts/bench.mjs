// Compiles the measurements of test/bench beside the sources they measure, and runs one: npm run bench -- NAME …
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = `${root}node_modules/.cache/visitlog-bench`;
const [name, ...rest] = process.argv.slice(2);
const known = readdirSync(`${root}test/bench`)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.slice(0, -'.bench.ts'.length));

if (!known.includes(name)) {
  process.stderr.write(`usage: npm run bench -- NAME [option…]; NAME is one of: ${known.join(', ')}\n`);
  process.exit(2);
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
// Below node_modules no package.json says that these are modules, or of which version the program is.
writeFileSync(`${out}/package.json`, '{"type":"module","version":"measured"}');
const tsc = spawnSync(
  process.execPath,
  [
    `${root}node_modules/typescript/bin/tsc`,
    ...['-p', `${root}test/bench/tsconfig.json`, '--outDir', out, '--noCheck'],
  ],
  { stdio: 'inherit' },
);
const file = `${out}/test/bench/${name}.bench.js`;
if (!existsSync(file)) process.exit(tsc.status || 1);
const bench = spawnSync(process.execPath, ['--expose-gc', file, ...rest], { stdio: 'inherit', cwd: root });
process.exit(bench.status ?? 1);
