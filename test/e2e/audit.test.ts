import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayMs } from '../../src/base/amounts.ts';
import { systemClock } from '../../src/base/clock.ts';
import type { Act } from '../../src/store/audit/audit-acts.ts';
import { openAuditReader } from '../../src/store/audit/audit-reader.ts';
import { openRegister } from '../../src/store/register.ts';
import type { RegisterOptions } from '../../src/store/register-types.ts';
import { visit } from '../store/temp-register.ts';
import { mainFile } from '../support/program.ts';

/** More than a pipe takes while nobody reads, several times over. */
const rows = 20_000;

describe('an export whose process ends before the last row', () => {
  let folder: string;
  let options: RegisterOptions;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'visitlog-audit-'));
    const dataDir = join(folder, 'data');
    writeFileSync(join(folder, 'visitlog.toml'), `data_dir = ${JSON.stringify(dataDir)}\n`);
    options = {
      dataDir,
      keyFile: join(dataDir, 'keyring'),
      retentionMs: 28 * dayMs,
      algorithm: 'aes-256-gcm',
      clock: systemClock,
    };
    const register = openRegister(options);
    const firstMs = Date.now() - 2 * 3_600_000;
    register.transact((unit) => {
      for (let index = 0; index < rows; index += 1)
        unit.addVisit(
          visit({ visitor: `0102${String(index).padStart(7, '0')}`, atMs: firstMs + index * 100 }),
        );
    });
    register.close();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function exporting() {
    const config = join(folder, 'visitlog.toml');
    const args = [
      '--config',
      config,
      'export',
      '--from',
      '-1d',
      '--to',
      '-0h',
      '--reveal',
      '--reason',
      'drill',
    ];
    return spawn(process.execPath, [mainFile, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  }

  function last(): {
    readonly act: Act | undefined;
    readonly findings: number;
    shown(visitor: string): boolean;
  } {
    const reader = openAuditReader(options);
    const act = reader.contents().acts.at(-1);
    const findings = reader.verify().findings.length;
    const showing = (visitor: string) => reader.thatShowed(visitor).has(act?.seq ?? 0);
    const answers = new Map(['01020000000', '01020019999'].map((visitor) => [visitor, showing(visitor)]));
    reader.close();
    return { act, findings, shown: (visitor) => answers.get(visitor) ?? false };
  }

  it('an export that is killed leaves its opening row, and is shown as never ended', async () => {
    const child = exporting();
    await once(child.stdout, 'readable');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const { act, findings } = last();
    expect([act?.outcome, act?.scope.revealed, act?.reason, findings]).toEqual([
      'unfinished',
      true,
      'drill',
      0,
    ]);
  });

  it('an export whose reader goes away is shown as interrupted, with those whose numbers may have gone out', async () => {
    const child = exporting();
    await once(child.stdout, 'readable');
    child.stdout.destroy();
    const [code] = await once(child, 'exit');
    const { act, findings, shown } = last();
    expect([code, act?.outcome, findings]).toEqual([0, 'interrupted', 0]);
    expect(act?.rows).toBeLessThan(rows);
    expect([shown('01020000000'), shown('01020019999')]).toEqual([true, false]);
  });

  it('an export that is stopped is shown as interrupted', async () => {
    const child = exporting();
    await once(child.stdout, 'readable');
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    expect([code, last().act?.outcome, last().findings]).toEqual([1, 'interrupted', 0]);
  });
});
