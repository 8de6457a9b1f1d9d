import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { encryptWorkbook } from '../../../src/export/to/with-password.ts';
import { commandBench } from '../../cli/command-bench.ts';
import { nowMs, visit } from '../../store/temp-register.ts';
import { scratchParent } from '../../support/workspace.ts';

/*
 * Readers that share no code with the writer: Debian's python3-msoffcrypto-tool, and LibreOffice, asked through Debian's
 * python3-uno. Each is skipped where it is not installed; the python that Debian's packages are for may not be the first one.
 */
const password = '역학조사-2026 "&<';
const pythonWith = (module: string) =>
  ['python3', '/usr/bin/python3'].find(
    (program) => spawnSync(program, ['-c', `import ${module}`]).status === 0,
  );
const python = pythonWith('msoffcrypto');
const unoPython = spawnSync('soffice', ['--version']).status === 0 ? pythonWith('uno') : undefined;

function scratch(): string {
  const folder = mkdtempSync(join(scratchParent, 'visitlog-password-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A workbook as a command writes it, in the clear. */
async function workbook(): Promise<Buffer> {
  const made = commandBench();
  const register = made.temp.open();
  register.transact((unit) => unit.addVisit(visit({ visitor: '01055500123', atMs: nowMs - 60_000 })));
  register.close();
  const output = join(made.folder, 'visits.xlsx');
  const args = ['export', '--from', '-1d', '--to', '-0h', '--reveal', '--reason', 'x', '--output', output];
  expect((await made.run(args)).code).toBe(0);
  return readFileSync(output);
}

describe('a workbook with a password', () => {
  it.skipIf(python === undefined)('opens in msoffcrypto with its password, and with no other', async () => {
    const folder = scratch();
    const plain = await workbook();
    writeFileSync(join(folder, 'sealed.xlsx'), Buffer.concat(encryptWorkbook(plain, password)));
    const open = (typed: string, to: string) =>
      spawnSync(python ?? '', ['-m', 'msoffcrypto', '-p', typed, 'sealed.xlsx', to], { cwd: folder }).status;
    expect(open(password, 'plain.xlsx')).toBe(0);
    expect(readFileSync(join(folder, 'plain.xlsx')).equals(plain)).toBe(true);
    expect(open('another', 'other.xlsx')).not.toBe(0);
  });

  it.skipIf(unoPython === undefined)(
    'opens in LibreOffice with its password, and with no other',
    async () => {
      const folder = scratch();
      const sealed = join(folder, 'sealed.xlsx');
      writeFileSync(sealed, Buffer.concat(encryptWorkbook(await workbook(), password)));
      const script = join(import.meta.dirname, 'open-in-libreoffice.py');
      const { stdout, stderr } = spawnSync(unoPython ?? '', [script, folder, sealed, 'another', password], {
        encoding: 'utf8',
      });
      const [refused, cells] = stdout.trim().split('\n');
      expect([refused, stderr]).toEqual(['refused', '']);
      expect(cells).toContain('010-5550-0123');
    },
    120_000,
  );
});
