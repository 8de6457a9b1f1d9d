import { describe, expect, it } from 'vitest';
import { hourMs } from '../../../src/base/amounts.ts';
import { fault } from '../../../src/base/errors.ts';
import { createVisitors } from '../../../src/simulator/visitors.ts';
import { type SimulatedLine, startSimulatedLine } from '../../support/simulated-line.ts';

const minuteMs = 60_000;
const isReady = (bench: SimulatedLine) => () => bench.line.report().state === 'ready';
const resetsOf = (bench: SimulatedLine) =>
  bench.told('line.reset').map(({ rung, trouble }) => `${trouble} ${rung}`);

/** Sends a text and waits until it is accepted. */
async function receives(bench: SimulatedLine, limitMs = 2 * minuteMs): Promise<void> {
  const before = bench.accepted.length;
  const { parts } = createVisitors({ seed: 1, plain: true }).next(bench.clock.wallMs());
  bench.modem.network.sendParts(parts);
  await bench.until(() => bench.accepted.length >= before + parts.length, limitMs);
}

describe('resets', () => {
  it('B12 hang: a modem that only its power brings back is brought back by the host’s command', async () => {
    const bench: SimulatedLine = startSimulatedLine(
      { family: 'huawei', faults: ['hang:every=1,for=0'] },
      {
        reset: async () => {
          bench.modem.unplug();
          bench.modem.plug();
        },
      },
    );
    await bench.until(() => bench.told('line.reset-command').length > 0, 25 * minuteMs);
    expect(resetsOf(bench)).toEqual(['silent radio', 'silent hook']);
    await bench.until(isReady(bench), 5 * minuteMs);
    await receives(bench);
    await bench.clock.advance(2 * minuteMs);
    expect(bench.line.report()).toMatchObject({
      state: 'ready',
      reason: null,
      recovery: null,
      resets: { radio: 1, restart: 0, hook: 1 },
      unreadyAt: null,
    });
    await bench.stop();
  });

  it('B12 hang: a line reports what was tried and what comes next, and goes on for ever', async () => {
    const bench = startSimulatedLine({ faults: ['hang:every=1,for=0'] });
    await bench.clock.advance(30 * minuteMs);
    expect(resetsOf(bench)).toEqual(['silent radio', 'silent restart']);
    expect(bench.line.report()).toMatchObject({
      state: expect.stringMatching(/recovering|opening|waking/),
      recovery: { trouble: 'silent', step: 'restart', nextStep: 'restart' },
    });
    const { nextAt } = bench.line.report().recovery ?? {};
    expect(nextAt).toBeGreaterThan(bench.clock.wallMs());
    await bench.clock.advance((nextAt ?? 0) - bench.clock.wallMs() + 2 * minuteMs);
    expect(resetsOf(bench)).toHaveLength(3);
    await bench.stop();
  });

  it('B12 hang: a reset command that fails is reported with its code, and the next step follows', async () => {
    const bench = startSimulatedLine(
      { family: 'huawei', faults: ['hang:every=1,for=0'] },
      { reset: () => Promise.reject(fault('reset.failed', { exit: 1, signal: null })) },
    );
    await bench.clock.advance(2 * hourMs);
    expect(bench.told('line.reset-command')).toEqual([
      { done: false, code: 'reset.failed' },
      { done: false, code: 'reset.failed' },
    ]);
    await bench.stop();
  });

  it('E9 zombie-port: a silent port is healed by opening it again, without a reset', async () => {
    const bench = startSimulatedLine({ faults: ['zombie-port'] });
    await bench.until(() => bench.states.some((state) => state.includes('line.lost')), 5 * minuteMs);
    await bench.until(isReady(bench), minuteMs);
    await receives(bench);
    expect(resetsOf(bench)).toEqual([]);
    await bench.stop();
  });

  it.each(['ec25', 'huawei', 'sim800', 'zte'] as const)(
    'D3 sim-drop: the radio is switched off and on, and the SIM is back (%s)',
    async (family) => {
      const bench = startSimulatedLine({ family, faults: ['sim-drop'] });
      await bench.until(() => bench.line.report().state === 'waiting-for-sim', 2 * minuteMs);
      expect(bench.line.report()).toMatchObject({
        reason: 'sim.failed',
        recovery: { trouble: 'sim-failed', step: null, nextStep: 'radio' },
      });
      await bench.until(isReady(bench), 2 * minuteMs);
      expect(resetsOf(bench)).toEqual(['sim-failed radio']);
      await receives(bench);
      await bench.stop();
    },
  );

  it('D4 reg-denied: a denied registration is an alarm at once, and tried anew after ten minutes', async () => {
    const bench = startSimulatedLine({ faults: ['reg-denied'] });
    await bench.until(() => bench.line.report().alarms.length > 0, 2 * minuteMs);
    expect(bench.line.report()).toMatchObject({
      state: 'no-network',
      reason: 'network.denied',
      recovery: { trouble: 'denied', step: null, nextStep: 'radio' },
    });
    await bench.until(() => bench.told('line.reset').length > 0, 11 * minuteMs);
    await bench.until(() => bench.line.report().registration === 'home', 3 * minuteMs);
    expect(resetsOf(bench)).toEqual(['denied radio']);
    expect(bench.line.report()).toMatchObject({ state: 'ready', reason: null, alarms: [] });
    await receives(bench);
    await bench.stop();
  });

  it.each([
    ['ec25', '0'],
    ['ec25', '4'],
    ['zte', '0'],
    ['zte', '4'],
    ['huawei', '0'],
  ] as const)('A12 cold-cfun0: the radio of %s comes on from state %s', async (family, state) => {
    const bench = startSimulatedLine({
      family,
      cold: true,
      faults: [`cold-cfun0:state=${state}`],
    });
    await bench.until(() => bench.line.report().registration === 'home', 10 * minuteMs);
    await bench.until(isReady(bench), minuteMs);
    await receives(bench);
    await bench.stop();
  });

  it('D8 weak-or-searching: a missing network is an alarm after ten minutes, and no reason for a reset before an hour', async () => {
    const bench = startSimulatedLine({
      faults: ['weak-or-searching:for=50m,each=0'],
    });
    await bench.clock.advance(9 * minuteMs);
    expect(bench.line.report()).toMatchObject({ state: 'no-network', alarms: [] });
    await bench.clock.advance(3 * minuteMs);
    expect(bench.line.report()).toMatchObject({ state: 'no-network', alarms: ['network.searching'] });
    await bench.clock.advance(40 * minuteMs);
    expect(bench.line.report()).toMatchObject({ state: 'ready', alarms: [], registration: 'home' });
    expect(resetsOf(bench)).toEqual([]);
    await bench.stop();
  });

  it('G12 reset-happy: a modem that is merely absent is never reset, nor the host asked to', async () => {
    const asked: string[] = [];
    const bench = startSimulatedLine({}, { reset: async () => void asked.push('reset') });
    await bench.until(isReady(bench), minuteMs);
    bench.modem.unplug();
    await bench.clock.advance(12 * hourMs);
    expect(asked).toEqual([]);
    expect(bench.told('line.reset')).toEqual([]);
    bench.modem.plug();
    await bench.until(isReady(bench), 2 * minuteMs);
    await bench.stop();
  });

  it('E3 cdrom-again: a family that comes back as a CD-ROM is never restarted', async () => {
    for (const family of ['huawei', 'zte'] as const) {
      const bench = startSimulatedLine({
        family,
        faults: ['hang:every=1,for=0'],
      });
      await bench.clock.advance(12 * hourMs);
      expect(resetsOf(bench)).toEqual(['silent radio']);
      await bench.stop();
    }
  });
});
