import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attack } from '../support/brute-force/attack.ts';
import { makeScenes, mobileNumbers, type SceneName, these } from '../support/brute-force/scenes.ts';
import { optionsOf } from './options.ts';

/*
 * npm run bench -- brute-force [--numbers 200000]
 *
 * What somebody finds who tries mobile numbers, and what trying all of them would take on one core of this machine.
 * `--numbers 100000000` tries them all.
 */
const allNumbers = 100_000_000;
const values = optionsOf({ numbers: { type: 'string', default: '200000' } });
const folder = mkdtempSync(join(tmpdir(), 'visitlog-bench-'));
const what: Readonly<Record<SceneName, string>> = {
  copy: 'the database',
  copyAndAuditKey: 'the database and the audit key',
  deadHours: 'an old backup, the audit key, the keyring four weeks later',
  living: 'for comparison: the database and its keyring',
  livingErased: 'the same behind the erasure of one visitor',
};

try {
  const { visitors, venues, loot } = await makeScenes(folder);
  const numbers = mobileNumbers(Number(values.numbers), visitors);
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  say(`${visitors.length} visitors, twice at ${venues.length} places; ${numbers.count} numbers tried`);
  for (const [name, words] of Object.entries(what) as [SceneName, string][]) {
    const beganMs = performance.now();
    const found = attack(loot[name], numbers, these(venues));
    const seconds = (performance.now() - beganMs) / 1_000;
    const all = (seconds / numbers.count) * allNumbers;
    say(
      `${words}: ${loot[name].keys.length} possible keys, ${found.tries.toLocaleString('en')} tries in ${seconds.toFixed(1)} s; ` +
        `rows opened ${found.opened}, visitors read ${found.read.size}, pseudonyms named ${found.shown.size}, ` +
        `places named ${found.places.size}; all mobile numbers: ${(all / 60).toFixed(0)} min`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
