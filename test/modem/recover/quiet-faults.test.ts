import { describe, expect, it } from 'vitest';
import { hourMs } from '../../../src/base/amounts.ts';
import { createVisitors } from '../../../src/simulator/visitors.ts';
import { type SimulatedLine, startSimulatedLine } from '../../support/simulated-line.ts';

const minuteMs = 60_000;
const visitors = createVisitors({ seed: 3, plain: true });

function send(bench: SimulatedLine, texts = 1): void {
  for (let n = 0; n < texts; n += 1)
    bench.modem.network.sendParts(visitors.next(bench.clock.wallMs() + n * 1_000).parts);
}

/** It is 14:00 in Seoul at the start of every test. */
const quiet = { alarmMs: 6 * hourMs, isQuietHour: (wallMs: number) => new Date(wallMs).getUTCHours() === 18 };

describe('deaf-radio', () => {
  it('D7: a deaf radio is reported, healed at a quiet hour, proven by what that brings, and found sooner the next time', async () => {
    const bench = startSimulatedLine(
      { faults: ['deaf-radio:after=1m,times=2'] },
      { quiet, pollIntervalMs: 10 * minuteMs },
    );
    await bench.clock.advance(2 * minuteMs);
    send(bench, 3);
    await bench.clock.advance(6 * hourMs - 3 * minuteMs);
    expect(bench.line.report()).toMatchObject({ state: 'ready', alarms: [] });
    await bench.clock.advance(3 * minuteMs);
    expect(bench.line.report()).toMatchObject({ state: 'ready', reason: 'line.quiet' });
    expect(bench.accepted).toEqual([]);
    expect(bench.told('line.reset')).toEqual([]);
    await bench.until(() => bench.accepted.length === 3, 8 * hourMs);
    expect(new Date(bench.clock.wallMs()).getUTCHours()).toBe(18);
    expect(bench.told('line.reset')).toEqual([{ rung: 'radio', trouble: 'deaf' }]);
    expect(bench.told('line.was-deaf')).toHaveLength(1);
    await bench.clock.advance(2 * minuteMs);
    expect(bench.line.report()).toMatchObject({ state: 'ready', reason: null, alarms: [], deafness: 1 });
    send(bench, 2);
    const tookMs = await bench.until(() => bench.accepted.length === 5, 8 * hourMs);
    expect(tookMs).toBeLessThan(3.1 * hourMs);
    expect(bench.line.report().deafness).toBe(2);
    await bench.stop();
  });

  it('a line whose texts come is not registered anew', async () => {
    const bench = startSimulatedLine({}, { quiet, healthIntervalMs: 10 * minuteMs, pollIntervalMs: hourMs });
    for (let hour = 0; hour < 24; hour += 1) {
      await bench.clock.advance(hourMs);
      send(bench);
    }
    expect(bench.told('line.alarm')).toEqual([]);
    expect(bench.told('line.reset')).toEqual([]);
    await bench.stop();
  });

  it('a line without texts is registered anew once a night', async () => {
    const bench = startSimulatedLine(
      {},
      { quiet: { ...quiet, alarmMs: 24 * hourMs }, healthIntervalMs: 10 * minuteMs, pollIntervalMs: hourMs },
    );
    await bench.clock.advance(5 * 24 * hourMs);
    expect(bench.told('line.reset').length).toBeGreaterThanOrEqual(3);
    expect(bench.told('line.reset').length).toBeLessThanOrEqual(4);
    expect(bench.line.report()).toMatchObject({ state: 'ready', reason: 'line.quiet', deafness: 0 });
    await bench.stop();
  });
});

describe('a call', () => {
  it.each(['ec25', 'huawei', 'sim800', 'zte'] as const)(
    'a call is hung up and counted (%s)',
    async (family) => {
      const bench = startSimulatedLine({ family });
      await bench.until(() => bench.line.report().state === 'ready', minuteMs);
      for (let call = 1; call <= 2; call += 1) {
        bench.modem.ring();
        await bench.clock.advance(minuteMs);
        expect(bench.line.report()).toMatchObject({ state: 'ready', calls: call });
      }
      expect(bench.told('line.call')).toEqual([{}, {}]);
      send(bench);
      await bench.until(() => bench.accepted.length === 1, minuteMs);
      await bench.stop();
    },
  );
});

describe('urc-on-other-port', () => {
  it('A7: texts that only polls find are an alarm, until a notification comes', async () => {
    const bench = startSimulatedLine({ family: 'zte', faults: ['urc-on-other-port'] });
    await bench.until(() => bench.line.report().state === 'ready', minuteMs);
    for (let n = 1; n <= 3; n += 1) {
      expect(bench.line.report().alarms).toEqual([]);
      send(bench);
      await bench.until(() => bench.accepted.length === n, minuteMs);
      await bench.clock.advance(minuteMs);
    }
    expect(bench.line.report()).toMatchObject({ state: 'ready', reason: 'notifications.missing' });
    expect(bench.told('line.alarm')).toEqual([{ alarm: 'notifications.missing' }]);
    bench.modem.faults.clear();
    send(bench);
    await bench.until(() => bench.accepted.length === 4, 5_000);
    expect(bench.line.report()).toMatchObject({ state: 'ready', reason: null, alarms: [] });
    await bench.stop();
  });

  it('neither texts from before the start nor one lost notification are an alarm', async () => {
    const bench = startSimulatedLine({ faults: ['cmti-lost:every=2'] });
    send(bench, 20);
    await bench.until(() => bench.accepted.length === 20, 5 * minuteMs);
    for (let n = 1; n <= 12; n += 1) {
      send(bench);
      await bench.clock.advance(minuteMs);
    }
    expect(bench.accepted).toHaveLength(32);
    expect(bench.told('line.alarm')).toEqual([]);
    await bench.stop();
  });
});

describe('wrong-line', () => {
  it('a line reports that another SIM is in the modem, and since when', async () => {
    const bench = startSimulatedLine();
    await bench.until(() => bench.line.report().state === 'ready', minuteMs);
    expect(bench.line.report().changedAt).toBeNull();
    bench.modem.swapSim({ iccid: '8982000000000000033', imsi: '450000000000033' });
    await bench.until(() => bench.line.report().iccid === '8982000000000000033', 5 * minuteMs);
    expect(bench.told('line.sim-changed')).toEqual([{}]);
    expect(bench.line.report().changedAt).not.toBeNull();
    await bench.stop();
  });
});
