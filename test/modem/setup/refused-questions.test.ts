import { describe, expect, it } from 'vitest';
import { minuteMs } from '../../../src/base/amounts.ts';
import { startBench } from '../../support/line-bench.ts';
import { pduOf } from '../../support/scripted-modem.ts';

describe('a modem that refuses a question of the set-up for good', () => {
  it('A10: a modem that refuses AT+CPMS? is used by the set form', async () => {
    const bench = startBench({}, {}, (modem) => {
      modem.on(/^AT\+CPMS\?$/, ['ERROR']);
      modem.store(pduOf(1), { silent: true });
    });
    await bench.clock.advance(10_000);
    expect(bench.line.report().state).toBe('ready');
    expect(bench.pdus()).toEqual([pduOf(1)]);
    bench.modem.store(pduOf(2));
    await bench.clock.advance(1_000);
    expect(bench.pdus()).toEqual([pduOf(1), pduOf(2)]);
    await bench.clock.advance(20 * minuteMs);
    expect(bench.line.report()).toMatchObject({ state: 'ready', resets: { radio: 0, restart: 0 } });
  });

  it('A9: a modem that refuses AT+CNMI? announces texts by the setting that it took', async () => {
    const bench = startBench({}, {}, (modem) => modem.on(/^AT\+CNMI\?$/, ['ERROR']));
    await bench.until('ready');
    expect(bench.line.report().notifications).toBe(true);
    expect(bench.modem.sent.filter((command) => command.startsWith('AT+CNMI='))).toEqual([
      'AT+CNMI=?',
      'AT+CNMI=2,1,0,0,0',
    ]);
    await bench.line.stop();
  });

  it('A2: a modem that hands texts over directly and lists none is in service', async () => {
    const bench = startBench({}, {}, (modem) => {
      modem.on(/^AT\+C(?:MGF|PMS|MGL|MGR)/, ['ERROR: UNSUPPORTED']);
      modem.on(/^AT\+CNMI=[^?]/, ['ERROR: UNSUPPORTED']);
      modem.on(/^AT\+CNMI\?$/, ['+CNMI: 1,2,2,1,1', 'OK']);
    });
    await bench.clock.advance(10_000);
    expect(bench.line.report().state).toBe('ready');
    bench.modem.say(`\r\n+CMT: 0\r\n${pduOf(1)}\r\n`);
    await bench.clock.advance(1_000);
    expect(bench.pdus()).toEqual([pduOf(1)]);
    await bench.line.stop();
  });

  it('A10: a modem that refuses AT+CPMS in every form is listed as it stands', async () => {
    const bench = startBench({}, {}, (modem) => {
      modem.on(/^AT\+CPMS/, ['ERROR']);
      modem.store(pduOf(1), { silent: true });
    });
    await bench.clock.advance(2 * minuteMs);
    expect(bench.line.report().state).toBe('ready');
    expect(bench.pdus()).toEqual([pduOf(1)]);
  });

  it('A10: a modem that refuses AT+CMGF is listed in PDU mode if it lists so', async () => {
    const bench = startBench({}, {}, (modem) => {
      modem.on(/^AT\+CMGF/, ['+CME ERROR: 4']);
      modem.store(pduOf(1), { silent: true });
    });
    await bench.clock.advance(2 * minuteMs);
    expect(bench.line.report().state).toBe('ready');
    expect(bench.pdus()).toEqual([pduOf(1)]);
  });

  it('A10: a modem that refuses every form is not reset, and has a reason of its own', async () => {
    const bench = startBench({}, {}, (modem) => modem.on(/^AT\+C(?:MGF|PMS|MGL|MGR)/, ['ERROR']));
    await bench.clock.advance(3 * minuteMs);
    expect(bench.line.report()).toMatchObject({ state: 'waiting-for-sim', reason: 'sms.refused' });
    await bench.clock.advance(60 * minuteMs);
    expect(bench.line.report().resets).toEqual({ radio: 0, restart: 0, hook: 0 });
  });

  it('A2: a modem whose message service answers that it is busy is waited for, and reset', async () => {
    const bench = startBench({}, {}, (modem) => modem.on(/^AT\+CPMS\?$/, ['+CMS ERROR: 314']));
    await bench.clock.advance(2 * minuteMs);
    expect(bench.line.report()).toMatchObject({ state: 'waiting-for-sim', reason: 'sms.not-ready' });
    await bench.clock.advance(5 * minuteMs);
    expect(bench.line.report().resets.radio).toBe(1);
  });
});
