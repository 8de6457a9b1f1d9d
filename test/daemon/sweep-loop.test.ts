import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hourMs } from '../../src/base/amounts.ts';
import type { LogFields, LogLevel } from '../../src/daemon/log/log.ts';
import { type SweepLoop, type SweepLoopOptions, startSweeps } from '../../src/daemon/sweep-loop.ts';
import { databasePath } from '../../src/store/database/database.ts';
import type { Register } from '../../src/store/register-types.ts';
import { testMachine, who } from '../store/sweep/sweeping.ts';
import { nowMs, retentionMs, type TempRegister, tempRegister, visit } from '../store/temp-register.ts';
import { settle } from '../support/fake-clock.ts';

interface Entry {
  readonly level: LogLevel;
  readonly event: string;
  readonly fields: LogFields;
}

interface Bench {
  readonly temp: TempRegister;
  readonly register: Register;
  readonly entries: Entry[];
  readonly loop: SweepLoop;
  /** Runs on for so long. */
  pass(durationMs: number): Promise<void>;
  counts(): Record<string, number>;
}

const minuteMs = 60_000;

async function bench(changes: Partial<SweepLoopOptions> = {}): Promise<Bench> {
  const temp = tempRegister();
  const machine = testMachine(temp.clock);
  const register = temp.open({ machine });
  register.transact((unit) => {
    for (const hours of [-1, 0, 1, 2]) unit.addVisit(visit({ atMs: nowMs + hours * hourMs - retentionMs }));
    unit.addVisit(visit({ atMs: nowMs }));
  });
  const settings = { sweepIntervalMs: hourMs, sweepMaxShare: 0.25 };
  const entries: Entry[] = [];
  const log = {
    write: (level: LogLevel, event: string, fields: LogFields = {}) =>
      void entries.push({ level, event, fields }),
  };
  const loop = startSweeps({
    records: register,
    clock: register.clock,
    settings: () => settings,
    who,
    log,
    ...changes,
  });
  onTestFinished(async () => {
    await loop.stop();
  });
  await temp.clock.advance(100);
  return {
    temp,
    register,
    entries,
    loop,
    // In small moves, so that a step's pause does not fall behind the next wait.
    async pass(durationMs) {
      const untilMs = temp.clock.monotonicMs() + durationMs;
      while (temp.clock.monotonicMs() < untilMs) {
        await temp.clock.advance(Math.min(minuteMs, untilMs - temp.clock.monotonicMs()));
        await settle();
      }
      await temp.clock.advance(100);
    },
    counts() {
      const counts: Record<string, number> = {};
      for (const { event } of entries) counts[event] = (counts[event] ?? 0) + 1;
      return counts;
    },
  };
}

describe('the gateway’s sweeps', () => {
  it('the gateway’s sweeps begin when the gateway starts, with what expired while it was off', async () => {
    const { register, loop, entries } = await bench();
    expect((await register.health()).visits).toBe(4);
    expect(entries).toMatchObject([
      { level: 'info', event: 'sweep.done', fields: { visits: 1, hours: 1, keys: 1 } },
    ]);
    expect(loop.report()).toMatchObject({ state: 'idle', nextAtMs: Math.ceil(nowMs / hourMs) * hourMs });
  });

  it('the gateway’s sweeps begin on each full hour, and log counts only', async () => {
    const { register, entries, pass } = await bench();
    await pass(40 * minuteMs);
    const { fields } = entries.at(-1) as Entry;
    expect(fields).toMatchObject({ visits: 1, hours: 1, keys: 1, wal_truncated: true });
    expect(Object.values(fields).every((value) => typeof value !== 'string')).toBe(true);
    await pass(2 * hourMs);
    expect(await register.health()).toMatchObject({ visits: 1, keys: 1 });
  });

  it('the gateway’s sweeps begin at each interval as well', async () => {
    const { register, pass, loop } = await bench({
      settings: () => ({ sweepIntervalMs: 10 * minuteMs, sweepMaxShare: 0.25 }),
    });
    await pass(9 * minuteMs);
    expect(loop.report().nextAtMs).toBe(nowMs + 10 * minuteMs);
    await pass(hourMs + minuteMs);
    expect((await register.health()).visits).toBe(3);
  });

  it('the gateway’s sweeps are tried again a minute after a failure, which is logged by its code', async () => {
    const { temp, entries, pass, loop, register } = await bench();
    const other = new Database(databasePath(temp.dataDir));
    other.exec('BEGIN IMMEDIATE');
    await pass(41 * minuteMs);
    expect(entries.at(-1)).toMatchObject({
      level: 'error',
      event: 'sweep.failed',
      fields: { code: 'register.busy' },
    });
    expect(loop.report()).toMatchObject({ state: 'failing', code: 'register.busy' });
    other.exec('ROLLBACK');
    other.close();
    await pass(2 * minuteMs);
    expect(loop.report()).toMatchObject({ state: 'idle', code: null, last: { result: { keys: 1 } } });
    expect((await register.health()).keys).toBe(3);
  });

  it('the gateway’s sweeps wait for a confirmation if the clock leapt, and go on within a minute of it', async () => {
    const { temp, register, entries, pass, loop } = await bench();
    temp.clock.setWall(nowMs + retentionMs + 5 * hourMs);
    await pass(2 * minuteMs);
    expect(loop.report().state).toBe('waiting');
    expect(entries.find(({ event }) => event === 'sweep.waiting')).toMatchObject({
      level: 'warn',
      fields: { clock: 'leapt', doubtful: 4, living: 4 },
    });
    expect((await register.health()).visits).toBe(4);
    register.noteNetworkTime(temp.clock.wallMs() - 1_000);
    await pass(2 * minuteMs);
    expect(loop.report().state).toBe('idle');
    expect(await register.health()).toMatchObject({ visits: 0, keys: 0 });
  });

  it('the gateway’s sweeps log that the clock is behind, and go on', async () => {
    const { temp, entries, pass, register } = await bench();
    temp.clock.setWall(0);
    await pass(hourMs);
    expect(entries.filter(({ event }) => event === 'clock.behind').length).toBeGreaterThan(0);
    expect(await register.health()).toMatchObject({ visits: 3, keys: 3 });
  });

  it('the gateway’s sweeps stop within a step, and lose nothing', async () => {
    const { temp, loop, register, pass } = await bench();
    await temp.clock.advance(40 * minuteMs);
    await loop.stop();
    await pass(3 * hourMs);
    expect((await register.health()).visits).toBe(3);
  });
});
