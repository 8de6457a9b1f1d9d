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

  /** `limitKiB`: the largest file that it may write, as an officer sets it for the commands of a shell. */
  function exporting(limitKiB?: number) {
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
    const limited = ['-c', `ulimit -f ${limitKiB} && exec "$@"`, 'officer', process.execPath];
    const [program, ...words] = limitKiB === undefined ? [process.execPath] : ['bash', ...limited];
    return spawn(program ?? '', [...words, mainFile, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  }

  function last(others: readonly string[] = []): {
    readonly act: Act | undefined;
    readonly findings: number;
    shown(visitor: string): boolean;
  } {
    const reader = openAuditReader(options);
    const act = reader.contents().acts.at(-1);
    const findings = reader.verify().findings.length;
    const showing = (visitor: string) => reader.thatShowed(visitor).has(act?.seq ?? 0);
    const answers = new Map(
      ['01020000000', '01020019999', ...others].map((visitor) => [visitor, showing(visitor)]),
    );
    reader.close();
    return { act, findings, shown: (visitor) => answers.get(visitor) ?? false };
  }

  /** What has come out of an export: its rows, and the number of the last one. */
  function rowsIn(chunks: readonly Buffer[]): { readonly count: number; readonly last: string } {
    const lines = Buffer.concat(chunks).toString('utf8').split('\r\n').slice(1, -1);
    const digits =
      lines
        .at(-1)
        ?.match(/010-\d{4}-\d{4}/)?.[0]
        .replaceAll('-', '') ?? '';
    return { count: lines.length, last: digits };
  }

  it('an export that is killed counts as at least the rows that came out of it, and names whose they were', async () => {
    const child = exporting();
    const chunks: Buffer[] = [];
    // Read on until the kill: more than what one record of the log covers.
    await new Promise<void>((resolve) =>
      child.stdout.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if (chunks.length === 8) resolve();
      }),
    );
    child.kill('SIGKILL');
    await once(child, 'close');
    const out = rowsIn(chunks);
    const { act, findings, shown } = last([out.last]);
    expect([act?.outcome, act?.scope.revealed, act?.reason, findings]).toEqual([
      'unfinished',
      true,
      'drill',
      0,
    ]);
    expect(out.count).toBeGreaterThan(250);
    expect(act?.rows).toBeGreaterThanOrEqual(out.count);
    expect([shown('01020000000'), shown(out.last)]).toEqual([true, true]);
  });

  it.each([24, 160])(
    'an export that may write files of %i KiB shows no row that its log does not have',
    async (limitKiB) => {
      const child = exporting(limitKiB);
      const chunks: Buffer[] = [];
      child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
      let said = '';
      child.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
      const before = last().act?.seq ?? 0;
      const [code] = await once(child, 'close');
      const out = rowsIn(chunks);
      expect([code, said]).toEqual([1, expect.stringMatching(/audit\.unwritable|register\./)]);
      const { act, findings, shown } = last([out.last]);
      expect(findings).toBe(0);
      // Of a log that cannot hold its first row either, nothing is to be said: nothing came out.
      const recorded = act !== undefined && act.seq > before ? (act.rows ?? 0) : 0;
      expect(out.count).toBeLessThanOrEqual(recorded);
      if (out.count > 0) expect(shown(out.last)).toBe(true);
      expect(out.count).toBeLessThan(rows);
    },
  );

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
