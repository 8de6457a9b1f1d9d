import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { watchHeldLog } from '../../src/daemon/held-log.ts';
import type { Log } from '../../src/daemon/log/log.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { startFaultBench } from '../support/fault-play.ts';

const swept = (walTruncated: boolean) => ({ walTruncated, finished: true });

describe('a write-ahead log that cannot be cut', () => {
  it('a write-ahead log that cannot be cut is told once after a quarter of an hour, and when it is cut again', async () => {
    const clock = new FakeClock();
    const told: string[] = [];
    const log: Log = {
      write: (...[level, event]) => void told.push(`${level} ${event}`),
    };
    const watch = watchHeldLog({ clock, log, holders: () => [{ pid: 4711, name: 'sqlite3' }] });
    for (let minute = 0; minute < 14; minute += 1) {
      watch.afterSweep(swept(false));
      await clock.advance(60_000);
    }
    expect([watch.report(), told]).toEqual([null, []]);
    for (let minute = 0; minute < 14; minute += 1) {
      await clock.advance(60_000);
      watch.afterSweep(swept(false));
    }
    expect([watch.report(), told]).toEqual([{ holder: 'sqlite3 4711' }, ['warn register.log-held']]);
    watch.afterSweep({ walTruncated: false, finished: false });
    expect(watch.report()).not.toBeNull();
    watch.afterSweep(swept(true));
    expect([watch.report(), told]).toEqual([null, ['warn register.log-held', 'info register.log-cut']]);
  });

  it('a write-ahead log that another process keeps is a reason of the status that names the process, until it ends', async () => {
    const bench = await startFaultBench({ modems: [{ family: 'ec25' }] });
    onTestFinished(() => bench.close());
    await bench.until(() => bench.report().state === 'ready', 60_000);
    const program = [
      `const db = new (require('better-sqlite3'))(${JSON.stringify(join(bench.workspace.dataDir, 'register.sqlite'))});`,
      "db.exec('BEGIN'); db.prepare('SELECT count(*) FROM sqlite_schema').get();",
      "console.log('reading'); setInterval(() => {}, 1000);",
    ].join('\n');
    const reader = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void reader.kill('SIGKILL'));
    await once(reader.stdout, 'data');
    await bench.text(3, 1_000);
    await bench.until(() => bench.log.some(({ event }) => event === 'register.log-held'), 3 * 3_600_000);
    expect((await bench.gateway.status()).reasons).toContainEqual({
      code: 'register.log-held',
      severity: 'degraded',
      line: null,
      detail: expect.stringMatching(new RegExp(`^\\S+ ${reader.pid}$`)),
    });
    reader.kill('SIGKILL');
    await once(reader, 'exit');
    await bench.until(() => bench.log.some(({ event }) => event === 'register.log-cut'), 300_000);
    const { reasons } = await bench.gateway.status();
    expect(reasons.map(({ code }) => code)).not.toContain('register.log-held');
  });
});
