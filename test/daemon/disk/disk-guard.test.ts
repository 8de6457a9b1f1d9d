import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mib } from '../../../src/base/amounts.ts';
import { type DiskGuard, guardDisk } from '../../../src/daemon/disk/disk-guard.ts';
import { type ReserveFile, reserveFileIn } from '../../../src/daemon/disk/reserve-file.ts';
import type { LogFields } from '../../../src/daemon/log/log.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { faultOfEntry } from '../../support/printed-log.ts';
import { until } from '../../support/until.ts';

const rule = { reserveBytes: 2 * mib, alarmBytes: 10 * mib };

describe('the reserve', () => {
  let folder: string;
  let reserve: ReserveFile;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'visitlog-disk-'));
    reserve = reserveFileIn(folder);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('the reserve occupies its space on the disk, for its owner alone, and gives it back', async () => {
    expect(await reserve.make(rule.reserveBytes + 5)).toBe(true);
    const { size, blocks, mode } = statSync(join(folder, 'reserve'));
    expect([size, mode & 0o777]).toEqual([rule.reserveBytes + 5, 0o600]);
    expect(blocks * 512).toBeGreaterThanOrEqual(rule.reserveBytes);
    reserve.release();
    expect([reserve.exists(), existsSync(join(folder, 'reserve'))]).toEqual([false, false]);
  });

  it('the reserve does not exist if it could not be filled', async () => {
    const nowhere = reserveFileIn(join(folder, 'missing'));
    expect([await nowhere.make(mib), nowhere.exists()]).toEqual([false, false]);
  });
});

describe('the guard of the disk', () => {
  let folder: string;
  let clock: FakeClock;
  let freeBytes: number;
  let guard: DiskGuard;
  let entries: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'visitlog-disk-'));
    clock = new FakeClock();
    freeBytes = 100 * mib;
    entries = [];
    guard = guardDisk({
      rule: () => rule,
      freeBytes: () => freeBytes,
      reserve: reserveFileIn(folder),
      clock,
      log: {
        write(level: string, event: string, fields: LogFields = {}) {
          expect(faultOfEntry(level, event, fields)).toBeNull();
          entries.push(`${level} ${event} ${Object.values(fields).join(' ')}`);
        },
      },
    });
  });
  afterEach(() => {
    guard.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const isReserved = () => existsSync(join(folder, 'reserve'));

  async function seen(free: number): Promise<void> {
    freeBytes = free;
    await clock.advance(10_000);
  }

  it('the guard of the disk makes the reserve, warns, releases it when the disk is full, and makes it again; each is logged once', async () => {
    await until(isReserved);
    await seen(9 * mib);
    await seen(8 * mib);
    expect([guard.state(), guard.takesTexts()]).toEqual(['low', true]);
    await seen(0);
    expect([guard.state(), isReserved()]).toEqual(['full', false]);
    await seen(2 * mib - 1);
    expect([guard.state(), guard.takesTexts()]).toEqual(['full', false]);
    await seen(50 * mib);
    await until(isReserved);
    expect([guard.state(), guard.takesTexts()]).toEqual(['roomy', true]);
    expect(entries).toEqual([
      'info disk.reserved 2',
      'warn disk.low 9 10',
      'error disk.full 0 2',
      'info disk.recovered 50',
      'info disk.reserved 2',
    ]);
  });

  it('the guard of the disk releases the reserve at once if the register has no room, and waits a minute before it makes another', async () => {
    await until(isReserved);
    guard.watcher.onTransaction?.('register.busy');
    expect(isReserved()).toBe(true);
    guard.watcher.onTransaction?.('register.disk-full');
    expect([isReserved(), guard.state()]).toEqual([false, 'full']);
    await clock.advance(50_000);
    expect(isReserved()).toBe(false);
    await clock.advance(20_000);
    await until(isReserved);
    expect(guard.state()).toBe('roomy');
  });

  it('the guard of the disk believes that there is room as soon as a text is taken and the reserve can be made', async () => {
    await until(isReserved);
    guard.watcher.onTransaction?.('register.disk-full');
    guard.watcher.onTransaction?.(null);
    await until(isReserved);
    await until(() => guard.state() === 'roomy');
    // No time has passed: nobody waited for the end of a minute.
    expect(clock.monotonicMs()).toBe(new FakeClock().monotonicMs());
  });

  it('the guard of the disk stays in doubt while texts are taken and the reserve cannot be made', async () => {
    await until(isReserved);
    rmSync(folder, { recursive: true });
    guard.watcher.onTransaction?.('register.disk-full');
    guard.watcher.onTransaction?.(null);
    await clock.advance(50_000);
    expect(guard.state()).toBe('full');
  });
});
