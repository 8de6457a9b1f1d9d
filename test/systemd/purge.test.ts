import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { moveKeyPath } from '../../src/cli/move/move-key.ts';
import { databasePath, movingPath, receivingPath } from '../../src/store/database/database.ts';
import { holderKeyPath, holderRingPath } from '../../src/store/holder/holder-files.ts';
import { scratchParent } from '../support/workspace.ts';

const account = 41_231;
const script = readFileSync(new URL('../../scripts/deb/postrm', import.meta.url), 'utf8');
/** What the script can do, without the list of what it does on this machine. */
const abilities = script.slice(0, script.indexOf('if [ "$1" = purge ]'));

function purge(...calls: string[]): string {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', [abilities, ...calls].join('\n')], {
    encoding: 'utf8',
  });
  expect(`${status} ${stdout}${stderr}`).toMatch(/^0 /);
  return stdout + stderr;
}

function dataDir(): { readonly parent: string; readonly dataDir: string } {
  chmodSync(scratchParent, 0o711);
  const parent = mkdtempSync(join(scratchParent, 'visitlog-purge-'));
  chmodSync(parent, 0o755);
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const folder = join(parent, 'data');
  mkdirSync(folder, { mode: 0o700 });
  chownSync(folder, account, account);
  for (const name of ['register.sqlite', 'keyring', 'keyring.audit', 'audit.anchor', 'gateway.lock']) {
    writeFileSync(join(folder, name), `${name} `.repeat(100), { mode: 0o600 });
    chownSync(join(folder, name), account, account);
  }
  return { parent, dataDir: folder };
}

describe.runIf(process.getuid?.() === 0)('purging the package', () => {
  it('purging the package overwrites the keys and removes what visitlog made, with the folder', () => {
    const made = dataDir();
    const said = purge(
      `destroy '${made.dataDir}/keyring' '${made.dataDir}'`,
      `remove_register '${made.dataDir}'`,
    );
    expect(said).toBe(
      `visitlog: destroyed the keys in ${made.dataDir}/keyring\nvisitlog: removed the register in ${made.dataDir}\n`,
    );
    expect(existsSync(made.dataDir)).toBe(false);
  });

  it('purging the package destroys the keys of a register host, those of a move that was not ended, and what came in it', () => {
    const made = dataDir();
    const received = receivingPath(made.dataDir);
    const ring = join(made.dataDir, 'keyring');
    const ofHolder = [holderKeyPath(ring), holderRingPath(ring)];
    const ofMove = [moveKeyPath(made.dataDir), join(received, 'keyring'), join(received, 'keyring.audit')];
    const keys = [...ofHolder, ...ofMove];
    const others = [movingPath(made.dataDir), databasePath(received), join(received, 'complete')];
    mkdirSync(received, { mode: 0o700 });
    for (const path of [...keys, ...others]) writeFileSync(path, 'a secret', { mode: 0o600 });
    // A second name of each file shows what its blocks hold afterwards.
    keys.forEach((path, at) => {
      linkSync(path, join(made.parent, `blocks-${at}`));
    });
    for (const path of [received, ...keys, ...others]) chownSync(path, account, account);
    purge(`destroy_keys '${made.dataDir}'`, `remove_register '${made.dataDir}'`);
    expect(existsSync(made.dataDir)).toBe(false);
    keys.forEach((_, at) => {
      expect(readFileSync(join(made.parent, `blocks-${at}`), 'utf8')).not.toBe('a secret');
    });
  });

  it('purging the package overwrites and removes no file of root that a link of the account leads to', () => {
    const made = dataDir();
    const wanted = join(made.parent, 'file-of-root');
    writeFileSync(wanted, 'root:*:1:0\n', { mode: 0o644 });
    for (const name of ['keyring', 'keyring.audit']) {
      rmSync(join(made.dataDir, name));
      symlinkSync(wanted, join(made.dataDir, name));
    }
    mkdirSync(join(made.parent, 'of-root'));
    writeFileSync(join(made.parent, 'of-root', 'keyring'), 'key of another program', { mode: 0o644 });
    symlinkSync(join(made.parent, 'of-root'), join(made.dataDir, 'way'));
    const way = join(made.dataDir, 'way');
    const said = purge(
      `destroy '${made.dataDir}/keyring' '${made.dataDir}'`,
      `destroy '${way}/keyring' '${made.dataDir}'`,
      `destroy '${way}/keyring' '${way}'`,
      `remove_register '${way}'`,
      `remove_register '${made.dataDir}'`,
    );
    expect(said).toContain(`could not destroy the keys in ${made.dataDir}/keyring`);
    expect(said).toContain(`left ${way}, because it is a link to a folder of root's`);
    expect(readFileSync(wanted, 'utf8')).toBe('root:*:1:0\n');
    expect(readFileSync(join(made.parent, 'of-root', 'keyring'), 'utf8')).toBe('key of another program');
  });

  it('purging the package leaves what is not visitlog’s in a folder that others use too', () => {
    const made = dataDir();
    writeFileSync(join(made.dataDir, 'payroll.db'), 'payroll');
    expect(purge(`remove_register '${made.dataDir}'`)).toContain('it has files that are not');
    expect(readdirSync(made.dataDir)).toEqual(['payroll.db']);
  });
});
