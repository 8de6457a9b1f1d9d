// Compiles the benchmarks of test/bench together with the sources that they measure, puts the commands that they start
// together as those of dist are, and runs one, or those with peers one after the other: npm run bench [-- NAME …] [-- --quick] [-- --install]
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundle, entriesOf, startedModules } from './bundle.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = `${root}node_modules/.cache/visitlog-bench`;
/** The benchmarks that run if none is named: each has a peer or a limit. */
const table = ['decode', 'commit', 'start', 'drain', 'stream', 'latency', 'commands', 'line-rate', 'load'];
const given = process.argv.slice(2);
const isNamed = given.length > 0 && !given[0].startsWith('-');
const names = isNamed ? given.slice(0, 1) : table;
const rest = isNamed ? given.slice(1) : given;
const known = readdirSync(`${root}test/bench`)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.slice(0, -'.bench.ts'.length));

const usage = `npm run bench -- NAME [option…], one of: ${known.join(', ')}\n`;
if (!isNamed && rest.includes('--help')) {
  process.stdout.write(`usage: ${usage}`);
  process.exit(0);
}
for (const name of names.filter((one) => !known.includes(one))) {
  process.stderr.write(`there is no benchmark ${name}; ${usage}`);
  process.exit(2);
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
// No package.json below node_modules says that these are modules, or which version the program has.
writeFileSync(`${out}/package.json`, '{"type":"module","version":"measured"}');
const tsc = spawnSync(
  process.execPath,
  [
    `${root}node_modules/typescript/bin/tsc`,
    ...['-p', `${root}test/bench/tsconfig.json`, '--outDir', out, '--noCheck'],
  ],
  { stdio: 'inherit' },
);
if (!existsSync(`${out}/test/bench/${names[0]}.bench.js`)) process.exit(tsc.status || 1);
await bundle(
  { ...entriesOf(startedModules), 'cli/at-time': `${root}test/bench/run-command.ts` },
  `${out}/program`,
);
copyFileSync(`${root}test/support/pty-bridge.py`, `${out}/test/support/pty-bridge.py`);

// With it Node reads the authorities of the system at each start. A service has none, nor has an officer's shell.
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;

let failed = 0;
for (const name of names) {
  const file = `${out}/test/bench/${name}.bench.js`;
  const bench = spawnSync(process.execPath, ['--expose-gc', file, ...rest], {
    stdio: 'inherit',
    cwd: root,
    env,
  });
  // A wrong option is wrong for all of them.
  if (bench.status === 2) process.exit(2);
  if (bench.status !== 0) failed = bench.status ?? 1;
}
process.exit(failed);
