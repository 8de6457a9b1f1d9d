import { describe, expect, it } from 'vitest';
import { minuteMs } from '../../../src/base/amounts.ts';
import {
  countSigns,
  noPowerSigns,
  type PowerSigns,
  withRestart,
  withSign,
} from '../../../src/modem/recover/power-watch.ts';
import { startSimulatedLine } from '../../support/simulated-line.ts';

const signsAt = (atMs: readonly number[], signs: PowerSigns = noPowerSigns) => atMs.reduce(withSign, signs);

describe('signs of a weak supply', () => {
  it.each([
    ['none', [], 0, 0],
    ['three in an hour', [0, 20 * minuteMs, 40 * minuteMs], 59 * minuteMs, 3],
    ['those of the last hour', [0, 20 * minuteMs, 40 * minuteMs], 60 * minuteMs, 2],
    ['several lines of one restart', [0, 100, 5_000, 19_999], 20_000, 1],
    ['restarts that follow each other', [0, 30_000, 60_000], 60_000, 3],
  ])('signs of a weak supply are counted: %s', (_what, atMs, nowMs, count) => {
    expect(countSigns(signsAt(atMs), nowMs)).toBe(count);
  });

  it('a modem that boots after a restart by the gateway gives no sign of a weak supply', () => {
    const restarted = withRestart(noPowerSigns, 0);
    expect(countSigns(signsAt([10_000, 119_000], restarted), 120_000)).toBe(0);
    expect(countSigns(signsAt([10_000, 120_000], restarted), 120_000)).toBe(1);
  });
});

describe('a line whose modem is lost again and again', () => {
  const alarm = { alarm: 'line.unstable-power', count: 3, windowMinutes: 60 };

  it.each([
    'unplug:after=3m,for=10s,times=3',
    'silent-reboot:after=3m,times=3',
    'brown-out:after=3m,times=3',
  ])(
    'E8: a line whose modem is lost again and again asks staff to check supply and cable: %s',
    async (fault) => {
      const bench = startSimulatedLine({ family: 'ec25', faults: [fault] });
      await bench.until(() => bench.told('line.alarm').length > 0, 60 * minuteMs);
      expect(bench.told('line.alarm')).toEqual([alarm]);
      await bench.stop();
    },
  );

  it('a line reports a stable supply after an hour without a loss', async () => {
    const bench = startSimulatedLine({ family: 'ec25', faults: ['unplug:after=3m,for=10s,times=3'] });
    await bench.clock.advance(20 * minuteMs);
    expect(bench.line.report()).toMatchObject({ state: 'ready', reason: 'line.unstable-power' });
    await bench.clock.advance(70 * minuteMs);
    expect(bench.line.report()).toMatchObject({ state: 'ready', reason: null, alarms: [] });
    expect(bench.told('line.alarm-over')).toEqual([{ alarm: 'line.unstable-power' }]);
    await bench.stop();
  });

  it('E8: a line notices what a modem reports about its voltage', async () => {
    const bench = startSimulatedLine({ family: 'sim800' });
    await bench.until(() => bench.line.report().state === 'ready', minuteMs);
    for (let i = 0; i < 3; i += 1) {
      expect(bench.line.report().alarms).toEqual([]);
      bench.modem.notify('UNDER-VOLTAGE WARNNING');
      await bench.clock.advance(30_000);
    }
    expect(bench.told('line.alarm')).toEqual([alarm]);
    await bench.stop();
  });
});
