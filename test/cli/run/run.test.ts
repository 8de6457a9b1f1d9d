import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempRegister, visit } from '../../store/temp-register.ts';
import { type CommandBench, commandBench } from '../command-bench.ts';

/** A register with a visit, and a line in its configuration. */
function bench(): CommandBench {
  const made = commandBench();
  const register = made.temp.open();
  register.transact((unit) => unit.addVisit(visit()));
  register.close();
  appendFileSync(made.config, '[[line]]\nport = "tcp://127.0.0.1:1"\n');
  return made;
}

function otherKeyring(): string {
  const other = tempRegister();
  other.open().close();
  return other.keyFile;
}

describe('the gateway at its start', () => {
  it.each<[string, string, number, (made: CommandBench) => void]>([
    ['is missing', 'keyring.missing', 1, ({ temp }) => rmSync(temp.keyFile)],
    ["is another register's", 'keyring.foreign', 2, ({ temp }) => copyFileSync(otherKeyring(), temp.keyFile)],
    ['was cut short', 'keyring.truncated', 1, ({ temp }) => cut(temp.keyFile, 100)],
    ['is empty', 'keyring.damaged', 1, ({ temp }) => writeFileSync(temp.keyFile, '')],
    [
      'is something else',
      'keyring.damaged',
      1,
      ({ temp }) => writeFileSync(temp.keyFile, randomBytes(400_000)),
    ],
    ['can be read by others', 'keyring.permissions', 2, ({ temp }) => chmodSync(temp.keyFile, 0o644)],
    [
      'was made for another retention',
      'keyring.other-size',
      2,
      ({ config }) => appendFileSync(config, '[retention]\nperiod = "14d"\n'),
    ],
    [
      'is not wrapped by the master key that is configured',
      'keyring.not-wrapped',
      2,
      ({ config, temp }) => {
        writeFileSync(join(temp.dataDir, 'master'), randomBytes(32), { mode: 0o600 });
        appendFileSync(config, `[cipher]\nmaster = "file:${join(temp.dataDir, 'master')}"\n`);
      },
    ],
  ])(
    'the gateway refuses to start, with a clear message, if its keyring %s, and nothing is made or changed',
    async (_, id, exit, harm) => {
      const made = bench();
      harm(made);
      const before = contentOf(made);
      const { code, stderr } = await made.run(['run']);
      expect([code, stderr]).toEqual([exit, expect.stringContaining(`[${id}]`)]);
      expect(contentOf(made)).toBe(before);
      expect(stderr).toMatch(/(Run|Put|Set|Correct|Stop)/);
    },
  );
});

const contentOf = ({ temp: { keyFile } }: CommandBench) =>
  existsSync(keyFile) ? readFileSync(keyFile).toString('base64') : null;

function cut(path: string, octets: number): void {
  const file = readFileSync(path);
  writeFileSync(path, file.subarray(0, file.length - octets));
}
