import { describe, expect, it } from 'vitest';
import { minuteMs } from '../../../src/base/amounts.ts';
import { startBench } from '../../support/line-bench.ts';
import { pduOf } from '../../support/scripted-modem.ts';

const reading = /^AT\+CMG[LR]=/;

describe('a line whose memories cannot be read', () => {
  it('C9: a line whose memories cannot be read is never ready before the first listing has an end', async () => {
    let hangs = true;
    const bench = startBench({}, {}, (modem) => modem.on(reading, () => (hangs ? 'silence' : undefined)));
    await bench.clock.advance(5 * minuteMs);
    expect(bench.states.filter((state) => state.startsWith('ready'))).toEqual([]);
    expect(bench.line.report().unreadyAt).toBeNull();
    hangs = false;
    await bench.until('ready');
  });

  it('C9: a line whose memories cannot be read is out of service since its last listing, whatever it goes through', async () => {
    const bench = startBench();
    await bench.until('ready');
    await bench.clock.advance(1_000);
    let hangs = true;
    bench.modem.on(reading, () => (hangs ? 'silence' : undefined));
    await bench.clock.advance(minuteMs);
    const { unreadyAt } = bench.line.report();
    expect(unreadyAt).not.toBeNull();
    await bench.clock.advance(10 * minuteMs);
    expect(bench.line.report().unreadyAt).toBe(unreadyAt);
    expect(bench.line.report().state).not.toBe('ready');
    hangs = false;
    bench.modem.store(pduOf(1), { silent: true });
    await bench.until('ready');
    await bench.clock.advance(minuteMs);
    expect(bench.pdus()).toEqual([pduOf(1)]);
    expect(bench.line.report().unreadyAt).toBeNull();
  });

  it('C9: a line is in service if all slots but one can be read', async () => {
    const bench = startBench({}, {}, (modem) => {
      modem.on(/^AT\+CMGL=/, ['ERROR']);
      modem.on(/^AT\+CMGR=5$/, 'silence');
      modem.store(pduOf(1), { slot: 9, silent: true });
    });
    await bench.until('ready');
    await bench.clock.advance(10 * minuteMs);
    expect(bench.pdus()).toEqual([pduOf(1)]);
    const before = bench.line.report();
    await bench.clock.advance(10 * minuteMs);
    expect(bench.line.report().unreadyAt ?? Infinity).toBeGreaterThan(before.since);
  });
});
