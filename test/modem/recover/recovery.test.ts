import { describe, expect, it } from 'vitest';
import { recoveryFrom, retryWaitMs } from '../../../src/modem/recover/recovery.ts';

describe('the end of a session', () => {
  it.each([
    ['line.rebooted', 0, 'set-up', 0],
    ['line.rebooted', 1, 'set-up', 1_000],
    ['line.settings-lost', 0, 'set-up', 0],
    ['line.sim-lost', 2, 'set-up', 1_000],
    ['line.rebooted', 100, 'set-up', 30_000],
    ['line.lost', 0, 'reopen', 1_000],
    ['line.closed', 2, 'reopen', 5_000],
    ['line.flooded', 4, 'reopen', 30_000],
    ['line.absent', 4, 'reopen', 30_000],
    ['line.fault', 1_000, 'reopen', 30_000],
  ])(
    'a session that ends with %s, after %d failures in a row, is followed by %s in %d ms',
    (code, failures, action, waitMs) => {
      expect(recoveryFrom(code, failures)).toEqual({ action, waitMs });
    },
  );

  it.each([
    ['line.lost', 'restart', 'reopen', 10_000],
    ['line.lost', 'hook', 'reopen', 10_000],
    ['line.lost', 'radio', 'reopen', 1_000],
    ['line.reset', 'radio', 'set-up', 0],
    ['line.reset', 'restart', 'reopen', 10_000],
    ['line.reset', 'hook', 'reopen', 10_000],
  ] as const)(
    'a session that ends with %s after the reset step %s is followed by %s in %d ms',
    (code, step, action, waitMs) => {
      expect(recoveryFrom(code, 0, step)).toEqual({ action, waitMs });
    },
  );

  it('failed sessions are followed by waits that grow to half a minute', () => {
    expect([0, 1, 2, 3, 4, 50].map(retryWaitMs)).toEqual([1_000, 2_000, 5_000, 10_000, 30_000, 30_000]);
  });
});
