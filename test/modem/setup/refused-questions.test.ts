import { describe, expect, it } from 'vitest';
import { minuteMs } from '../../../src/base/amounts.ts';
import { startBench } from '../../support/line-bench.ts';
import { pduOf } from '../../support/scripted-modem.ts';

describe('a modem that refuses a question of the set-up for good', () => {
  it('A10: is used by the set form if AT+CPMS? is refused', async () => {
    const bench = startBench({}, {}, (modem) => {
      modem.on(/^AT\+CPMS\?$/, ['ERROR']);
      modem.store(pduOf(1), { silent: true });
    });
    await bench.clock.advance(2 * minuteMs);
    expect(bench.line.report().state).toBe('ready');
    expect(bench.pdus()).toEqual([pduOf(1)]);
    bench.modem.store(pduOf(2));
    await bench.clock.advance(1_000);
    expect(bench.pdus()).toEqual([pduOf(1), pduOf(2)]);
    await bench.clock.advance(20 * minuteMs);
    expect(bench.line.report()).toMatchObject({ state: 'ready', resets: { radio: 0, restart: 0 } });
  });

  it('A10: is listed as it stands if AT+CPMS is refused in every form', async () => {
    const bench = startBench({}, {}, (modem) => {
      modem.on(/^AT\+CPMS/, ['ERROR']);
      modem.store(pduOf(1), { silent: true });
    });
    await bench.clock.advance(2 * minuteMs);
    expect(bench.line.report().state).toBe('ready');
    expect(bench.pdus()).toEqual([pduOf(1)]);
  });

  it('A10: is listed in PDU mode if AT+CMGF is refused and it lists so', async () => {
    const bench = startBench({}, {}, (modem) => {
      modem.on(/^AT\+CMGF/, ['+CME ERROR: 4']);
      modem.store(pduOf(1), { silent: true });
    });
    await bench.clock.advance(2 * minuteMs);
    expect(bench.line.report().state).toBe('ready');
    expect(bench.pdus()).toEqual([pduOf(1)]);
  });

  it('A10: is not reset, and has a reason of its own, if nothing works', async () => {
    const bench = startBench({}, {}, (modem) => modem.on(/^AT\+C(?:MGF|PMS|MGL|MGR)/, ['ERROR']));
    await bench.clock.advance(3 * minuteMs);
    expect(bench.line.report()).toMatchObject({ state: 'waiting-for-sim', reason: 'sms.refused' });
    await bench.clock.advance(60 * minuteMs);
    expect(bench.line.report().resets).toEqual({ radio: 0, restart: 0, hook: 0 });
  });

  it('A2: is waited for, and reset, if its message service answers that it is busy', async () => {
    const bench = startBench({}, {}, (modem) => modem.on(/^AT\+CPMS\?$/, ['+CMS ERROR: 314']));
    await bench.clock.advance(2 * minuteMs);
    expect(bench.line.report()).toMatchObject({ state: 'waiting-for-sim', reason: 'sms.not-ready' });
    await bench.clock.advance(5 * minuteMs);
    expect(bench.line.report().resets.radio).toBe(1);
  });
});
