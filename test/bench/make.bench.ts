import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultSpec, makeRegister } from './make-register.ts';
import { optionsOf } from './options.ts';

// npm run bench -- make [--visits 10000000] [--folder DIR]: the register that other measurements start from.
const values = optionsOf({
  visits: { type: 'string', default: String(defaultSpec.visits) },
  folder: { type: 'string', default: join(tmpdir(), 'visitlog-bench') },
});
const startedMs = performance.now();
const made = makeRegister(values.folder, { ...defaultSpec, visits: Number(values.visits) }, (done) => {
  if (process.stdout.isTTY) process.stdout.write(`\r${(done * 100).toFixed(1)} %`);
});
process.stdout.write(
  `\r${made.dataDir}: ${made.visits} visits, ${((performance.now() - startedMs) / 1_000).toFixed(0)} s\n`,
);
