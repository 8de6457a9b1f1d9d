import { describe, expect, it } from 'vitest';
import { minuteMs } from '../../../src/base/amounts.ts';
import {
  missingProofs,
  type ProofName,
  type ProvenTimes,
  proofLimits,
} from '../../../src/modem/recover/proofs.ts';
import { judgeSim, type SimWord } from '../../../src/modem/recover/sim-evidence.ts';
import { startBench } from '../../support/line-bench.ts';

const limits = proofLimits(30_000, minuteMs);
const whole = 5 * minuteMs;

describe('the proofs of a line', () => {
  it.each<[string, ProvenTimes, ProofName[]]>([
    ['all while each is within its time', { sim: 0, network: 0, memory: 0, notifications: 0 }, []],
    ['none that was never given', {}, ['sim', 'network', 'memory', 'notifications']],
    ['none that is too old', { sim: -1, network: 0, memory: 0, notifications: 0 }, ['sim']],
    ['those of the polls for longer', { sim: 0, network: 0, memory: -30_000, notifications: -30_000 }, []],
    [
      'not those of the polls for ever',
      { sim: 0, network: 0, memory: -30_001, notifications: 0 },
      ['memory'],
    ],
  ])('the proofs of a line count: %s', (_what, proven, missing) => {
    expect(missingProofs(proven, new Set(), limits, whole)).toEqual(missing);
  });

  it('the proofs of a line are not required where they are waived', () => {
    expect(missingProofs({ sim: 0, network: 0, notifications: 0 }, new Set(['memory']), limits, 0)).toEqual(
      [],
    );
  });

  it('the proofs of a line count five checks that are further apart for longer', () => {
    expect(proofLimits(3_600_000, 10 * minuteMs)).toMatchObject({
      sim: 50 * minuteMs,
      memory: 110 * minuteMs,
    });
  });
});

describe('the SIM is', () => {
  it.each<[SimWord, SimWord, string]>([
    ['there', 'there', 'proven'],
    ['there', 'unasked', 'proven'],
    ['there', 'nothing', 'unknown'],
    ['there', 'lost', 'contradicted'],
    ['nothing', 'there', 'proven'],
    ['nothing', 'nothing', 'unknown'],
    ['nothing', 'lost', 'lost'],
    ['lost', 'there', 'contradicted'],
    ['lost', 'nothing', 'lost'],
    ['lost', 'lost', 'lost'],
  ])('D3: the SIM by AT+CPIN? (%s) and AT+CIMI (%s) is %s', (lock, imsi, verdict) => {
    expect(judgeSim(lock, imsi)).toBe(verdict);
  });
});

describe('a line that was in service', () => {
  const silences: [string, RegExp, string][] = [
    ['network', /^AT\+C(?:E|G|)REG\?$/, 'network.unproven'],
    ['SIM', /^AT\+(?:CPIN\?|CIMI)$/, 'sim.unproven'],
  ];

  it.each(silences)(
    'A8, D5: a line that hears nothing of its %s for five minutes does not say that it receives',
    async (_of, pattern, reason) => {
      const bench = startBench();
      await bench.until('ready');
      await bench.clock.advance(minuteMs);
      bench.modem.on(pattern, ['ERROR']);
      await bench.clock.advance(4 * minuteMs);
      expect(bench.line.report().state).toBe('ready');
      await bench.clock.advance(1.5 * minuteMs);
      expect(bench.line.report()).toMatchObject({ state: 'unproven', reason });
      const proof = bench.line.report().proofs.find(({ isProven }) => !isProven);
      expect(proof?.ageMs).toBeGreaterThan(5 * minuteMs);
      await bench.clock.advance(2.5 * minuteMs);
      expect(bench.line.report().alarms).toEqual(['line.unproven']);
      expect(bench.events).toContainEqual(expect.objectContaining({ code: 'line.alarm', level: 'warn' }));
      expect(bench.line.report().resets).toEqual({ radio: 0, restart: 0, hook: 0 });
      // A text that is announced proves it.
      bench.modem.tell('+CMTI: "ME",0');
      await bench.clock.advance(1_000);
      expect(bench.line.report()).toMatchObject({ state: 'ready', alarms: [] });
    },
  );

  it('D4: a line whose modem says that it is not registered has no network at once, and is back some seconds after it has', async () => {
    const bench = startBench();
    await bench.until('ready');
    let isOff = true;
    bench.modem.on(/^AT\+C(?:E|G|)REG\?$/, (command) =>
      isOff ? [`${command.slice(2, -1)}: 0,2`, 'OK'] : undefined,
    );
    await bench.clock.advance(61_000);
    expect(bench.line.report()).toMatchObject({ state: 'no-network', reason: 'network.searching' });
    isOff = false;
    await bench.clock.advance(12_000);
    expect(bench.line.report().state).toBe('ready');
  });

  it('C9: a line whose memory refuses every question does not say that it receives', async () => {
    const bench = startBench();
    await bench.until('ready');
    bench.modem.on(/^AT\+CMG[LR]/, ['ERROR']);
    await bench.clock.advance(6.5 * minuteMs);
    expect(bench.line.report()).toMatchObject({ state: 'unproven', reason: 'memory.unproven' });
  });
});

describe('a question that is only shown', () => {
  it.each([
    ['is never answered', 'silence' as const],
    ['is refused', ['+CME ERROR: 30']],
    ['ends a call', ['NO CARRIER']],
    ['is answered without an end', ['+COPS: x']],
    ['is answered too late', { afterMs: 40_000, lines: ['+COPS: 0', 'OK'] }],
  ])('D6: a question that is only shown never ends service if it %s', async (_how, answer) => {
    const bench = startBench({}, {}, (modem) => modem.on(/^AT\+(?:CSQ|COPS\?|CGM[IMR])$/, answer));
    await bench.until('ready');
    const { length } = bench.states;
    await bench.clock.advance(20 * minuteMs);
    expect(bench.states.slice(length)).toEqual([]);
  });

  it('D6: a question that is only shown never ends service if the modem works on it for two minutes', async () => {
    const bench = startBench();
    let busyUntilMs = 0;
    bench.modem.on(/./, (command) => {
      const nowMs = bench.clock.monotonicMs();
      if (command === 'AT+COPS?' && nowMs > 60_000) busyUntilMs = nowMs + 120_000;
      return nowMs < busyUntilMs ? 'silence' : undefined;
    });
    await bench.until('ready');
    const { length } = bench.states;
    await bench.clock.advance(20 * minuteMs);
    expect(bench.states.slice(length)).toEqual([]);
    expect(bench.line.report()).toMatchObject({ opens: 1, resets: { radio: 0, restart: 0 } });
    const asked = bench.modem.sent.filter((command) => command === 'AT+COPS?');
    expect(asked.length).toBeLessThanOrEqual(4);
  });
});
