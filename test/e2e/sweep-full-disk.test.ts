import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../src/base/amounts.ts';
import { systemClock } from '../../src/base/clock.ts';
import { Keyring } from '../../src/store/keyring/keyring.ts';
import { openRegister } from '../../src/store/register.ts';
import { mainFile, startCommand, visitlog } from '../support/program.ts';
import { makeWorkspace, type Workspace } from '../support/workspace.ts';

/** Largest file that the sweep may write, KiB: the keyring's slots can be reached, the end of the database's log cannot. */
const limitKiB = 400;

describe('a sweep on a disk that is full', () => {
  let workspace: Workspace;
  const nowMs = systemClock.wallMs();
  const pastMs = nowMs - 29 * dayMs;

  beforeEach(() => {
    workspace = makeWorkspace();
    workspace.configure('tcp://127.0.0.1:1');
  });
  afterEach(() => workspace.remove());

  it('a sweep on a full disk destroys the keys, says what failed, and removes the rows once there is room', async () => {
    const reader = fill();
    const sweep = startCommand('bash', [
      '-c',
      `ulimit -S -f ${limitKiB}; exec "$@"`,
      ...['sweep', process.execPath, mainFile, '--config', workspace.configFile, 'sweep'],
    ]);
    await sweep.exit;
    expect([sweep.child.exitCode, sweep.stderr()]).toEqual([
      1,
      expect.stringMatching(/\[register\.(disk-full|io)\]/),
    ]);
    expect(hoursWithKey().filter((hour) => hour * hourMs < nowMs - 28 * dayMs - hourMs)).toEqual([]);
    reader.close();
    const again = await visitlog(['--config', workspace.configFile, 'sweep', '--json']);
    expect([again.code, again.stderr]).toEqual([0, '']);
    expect(JSON.parse(again.stdout)).toMatchObject({ rows: { visits: 3 }, hours: { count: 3 } });
  });

  const keyFile = () => join(workspace.dataDir, 'keyring');

  function hoursWithKey(): number[] {
    const ring = Keyring.open(keyFile(), false);
    const hours = ring.hours();
    ring.close();
    return hours;
  }

  /** Three hours that are past, and a reader for whom the log has to grow. */
  function fill(): Database.Database {
    const register = openRegister({
      dataDir: workspace.dataDir,
      keyFile: keyFile(),
      retentionMs: 28 * dayMs,
      algorithm: 'aes-256-gcm',
      clock: systemClock,
    });
    const add = (atMs: number) =>
      register.transact((unit) =>
        unit.addVisit({
          ...{ visitor: '01055500123', venue: '0313242114', atMs, source: 'network', receivedAtMs: nowMs },
          ...{ line: 'line1', webSent: false, callback: false },
        }),
      );
    for (const hours of [0, 1, 2]) add(pastMs - hours * hourMs);
    const path = join(workspace.dataDir, 'register.sqlite');
    const reader = new Database(path, { readonly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM sealed_visits').get();
    while (statSync(`${path}-wal`).size < 2 * limitKiB * 1_024) add(nowMs);
    register.close();
    return reader;
  }
});
