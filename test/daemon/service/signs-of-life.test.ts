import { describe, expect, it } from 'vitest';
import { createWorkLog } from '../../../src/daemon/service/service-notices.ts';
import { readSigns, type Work } from '../../../src/daemon/service/watchdog.ts';
import type { SweepReport } from '../../../src/daemon/sweep-loop.ts';
import type { LineReport } from '../../../src/modem/line-report.ts';

const sweeps: SweepReport = { state: 'idle', nextAtMs: 0, last: null, code: null, wakes: 3 };
const work: Work = { transactions: 5, declared: 0, openings: new Map([['line1', 2]]) };
const report = { state: 'ready', reason: null, since: 1, commands: 7, texts: 1 } as LineReport;

const marks = (line: Partial<LineReport> = {}, swept = sweeps, done = work): Record<string, string> =>
  Object.fromEntries(
    readSigns(new Map([['line1', { ...report, ...line }]]), swept, done).map(({ part, mark }) => [
      part,
      mark,
    ]),
  );

describe('a sign of life', () => {
  it.each<[string, Record<string, string>]>([
    ['a command that was written', marks({ commands: 8 })],
    ['a text that was taken', marks({ texts: 2 })],
    ['another state', marks({ state: 'holding', since: 2 })],
    ['a port that was gone to in vain', marks({}, sweeps, { ...work, openings: new Map([['line1', 3]]) })],
  ])('a sign of life of a line is %s', (_, other) => {
    expect(other['line line1']).not.toBe(marks()['line line1']);
    expect([other.store, other.sweep]).toEqual([marks().store, marks().sweep]);
  });

  it('a sign of life of a line is not its signal, its operator or the time', () => {
    expect(marks({ signal: 9, operator: 'SKTelecom' })).toEqual(marks());
  });

  it('a sign of life of the sweeps is each wake-up', () => {
    expect(marks({}, { ...sweeps, wakes: 4 }).sweep).not.toBe(marks().sweep);
    expect(marks({}, { ...sweeps, nextAtMs: 99 }).sweep).toBe(marks().sweep);
  });

  it('a sign of life is not expected of a stopped line', () => {
    expect(Object.keys(marks({ state: 'stopped' }))).toEqual(['store', 'sweep']);
  });

  it.each<[string, string | null, boolean]>([
    ['a transaction', null, true],
    ['a full disk, which no restart mends', 'register.disk-full', true],
    ['a lock that another holds', 'register.busy', true],
    ['a disk that turned read-only', 'register.read-only', true],
    ['a fault of this program', 'internal', false],
    ['a disk that fails', 'register.io', false],
  ])('a sign of life of the store: %s', (_, code, counts) => {
    const log = createWorkLog();
    const before = marks({}, sweeps, log.read()).store;
    log.watcher.onTransaction?.(code);
    expect(marks({}, sweeps, log.read()).store !== before).toBe(counts);
  });
});
