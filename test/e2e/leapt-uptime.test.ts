import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../src/base/amounts.ts';
import { systemClock } from '../../src/base/clock.ts';
import { openRegister } from '../../src/store/register.ts';
import { mainFile, startCommand, visitlog } from '../support/program.ts';
import { makeWorkspace, scratchParent, type Workspace } from '../support/workspace.ts';

const hasFaketime = spawnSync('faketime', ['-f', '+1d', 'true']).status === 0;
/** One of six: each has a key of its own, which is synced. */
const hours = (27 * 24) / 6;

/** Needs `faketime` (Debian: apt-get install faketime), which continuous integration installs. */
describe.runIf(hasFaketime)('a command that sees a monotonic clock of decades and a date weeks ahead', () => {
  let workspace: Workspace;

  beforeEach(async () => {
    workspace = makeWorkspace(scratchParent);
    workspace.configure('tcp://127.0.0.1:1');
    const register = openRegister({
      dataDir: workspace.dataDir,
      keyFile: join(workspace.dataDir, 'keyring'),
      retentionMs: 28 * dayMs,
      algorithm: 'aes-256-gcm',
      clock: systemClock,
      role: 'tool',
    });
    const nowMs = systemClock.wallMs();
    register.transact((unit) => {
      for (let hour = 0; hour < hours; hour += 1) {
        const atMs = nowMs - hour * 6 * hourMs;
        const when = { atMs, source: 'network', receivedAtMs: atMs } as const;
        const visit = { visitor: '01055500123', venue: '0313242114', line: 'line1', webSent: false };
        unit.addVisit({ ...visit, ...when, callback: false });
      }
    });
    await register.close();
  });

  afterEach(() => workspace.remove());

  const command = (...args: string[]) => ['--config', workspace.configFile, ...args];

  async function leapt(...args: string[]) {
    const running = startCommand('faketime', [
      ...['-f', '+26.9d', process.execPath, mainFile],
      ...command(...args),
    ]);
    await running.exit;
    return { code: running.child.exitCode, stdout: running.stdout(), stderr: running.stderr() };
  }

  const exported = (csv: string) => csv.split('\n').filter((row) => row.includes('031-324-2114')).length;

  it('a sweep destroys nothing by it, an export calls no row expired, and a sweep at the right time goes on', async () => {
    expect(await visitlog(command('sweep'))).toMatchObject({ code: 0 });
    const plan = JSON.parse((await leapt('sweep', '--dry-run', '--json')).stdout);
    expect(plan).toMatchObject({ keys: 0, clock: { standing: 'contradicted', waiting: true } });
    const swept = await leapt('sweep', '--lang', 'en');
    expect(swept).toMatchObject({ code: 3, stderr: expect.stringContaining('[sweep.waiting]') });
    expect(swept.stdout).toContain('one of them is wrong');
    const all = ['export', '--from', '-30d', '--to', '-0h', '--format', 'csv', '--reason', 'drill'];
    expect(exported((await leapt(...all.with(2, '-60d'))).stdout)).toBe(hours);
    expect(await visitlog(command('sweep', '--json'))).toMatchObject({ code: 0 });
    expect(exported((await visitlog(command(...all))).stdout)).toBe(hours);
  }, 120_000);
});
