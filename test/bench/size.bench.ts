import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeCity } from './make-city.ts';

const { values } = parseArgs({
  options: {
    visits: { type: 'string', default: '30000000' },
    folder: { type: 'string', default: join(tmpdir(), 'visitlog-bench') },
  },
});
const startedMs = performance.now();
const made = await makeCity(values.folder, Number(values.visits), (done) => {
  if (process.stdout.isTTY) process.stdout.write(`\rmaking the register: ${(done * 100).toFixed(1)} %`);
});
process.stdout.write(`${made.dataDir} ${((performance.now() - startedMs) / 1000).toFixed(1)} s\n`);
