import { describe, expect, it } from 'vitest';
import { minuteMs } from '../../../src/base/amounts.ts';
import { startBench } from '../../support/line-bench.ts';

describe('a modem that does not know AT+CPIN?', () => {
  it.each(['ERROR', '+CME ERROR: 3', '+CME ERROR: 4', '+CME ERROR: 100'])(
    'A8: a modem that does not know AT+CPIN? is in service if it gives the IMSI (%s)',
    async (answer) => {
      const bench = startBench({}, {}, (modem) => modem.on(/^AT\+CPIN\?$/, [answer]));
      await bench.clock.advance(30_000);
      expect(bench.line.report()).toMatchObject({ state: 'ready', imsi: '450000000000017' });
      await bench.clock.advance(10 * minuteMs);
      expect(bench.line.report()).toMatchObject({ state: 'ready', resets: { radio: 0 } });
    },
  );

  it('A8: a modem that does not know AT+CPIN? is waited for if it does not give the IMSI either', async () => {
    const bench = startBench({}, {}, (modem) => modem.on(/^AT\+(?:CPIN\?|CIMI)$/, ['ERROR']));
    await bench.clock.advance(30_000);
    expect(bench.line.report()).toMatchObject({ state: 'waiting-for-sim', reason: 'sim.busy' });
  });

  it('A8: a modem that does not know AT+CPIN? is waited for while its SIM is busy, although it gives the IMSI', async () => {
    const bench = startBench({}, {}, (modem) => modem.on(/^AT\+CPIN\?$/, ['+CME ERROR: 14']));
    await bench.clock.advance(30_000);
    expect(bench.line.report()).toMatchObject({ state: 'waiting-for-sim', reason: 'sim.busy' });
  });
});
