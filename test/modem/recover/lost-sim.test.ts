import { describe, expect, it } from 'vitest';
import { startBench } from '../../support/line-bench.ts';
import { pduOf } from '../../support/scripted-modem.ts';

async function readyBench() {
  const bench = startBench();
  await bench.until('ready');
  await bench.clock.advance(1_000);
  bench.modem.clearSent();
  return bench;
}

describe('a SIM that is lost without a notification', () => {
  it.each([
    ['reports a failure', '+CME ERROR: 13', 'sim.failed'],
    ['is not there', '+CME ERROR: 10', 'sim.absent'],
  ])(
    'D3: a SIM that is lost without a notification ends service within a health check if it %s, and has its radio switched off and on',
    async (_how, error, reason) => {
      const bench = await readyBench();
      let isLost = true;
      bench.modem.on(/^AT\+(?:CPIN\?|CIMI|CCID|CRSM.*)$/, () => (isLost ? [error] : undefined));
      await bench.clock.advance(61_000);
      expect(bench.line.report()).toMatchObject({ state: 'waiting-for-sim', reason });
      await bench.clock.advance(45_000);
      expect(bench.modem.sent).toContain('AT+CFUN=0');
      expect(bench.modem.sent).toContain('AT+CFUN=1');
      expect(bench.line.report().resets.radio).toBe(1);
      isLost = false;
      await bench.until('ready');
    },
  );

  it('D3: a SIM that is lost without a notification counts as lost, not as never there, if only its IMSI was ever known', async () => {
    const bench = startBench({}, {}, (modem) => {
      modem.on(/^AT(?:\+CCID|\+ICCID|\^ICCID\?|\+QCCID|\+CRSM.*)$/, ['ERROR']);
    });
    await bench.until('ready');
    await bench.clock.advance(1_000);
    bench.modem.on(/^AT\+(?:CPIN\?|CIMI)$/, ['+CME ERROR: 10']);
    await bench.clock.advance(120_000);
    expect(bench.line.report().recovery).toMatchObject({ trouble: 'sim-failed', step: 'radio' });
  });

  it('D3: a line stays in service after one refusal that proves nothing', async () => {
    const bench = await readyBench();
    bench.modem.on(/^AT\+CPIN\?$/, ['+CME ERROR: 14'], 1);
    await bench.clock.advance(61_000);
    expect(bench.line.report().state).toBe('ready');
    expect(bench.modem.sent).not.toContain('ATE0');
  });

  it.each([
    ['310', 'sim.absent'],
    ['313', 'sim.failed'],
  ])(
    'D3: a SIM that is lost without a notification ends service if it shows in the message commands alone (+CMS ERROR: %s)',
    async (code, reason) => {
      const bench = await readyBench();
      let isLost = true;
      bench.modem.on(/^AT\+(?:CMGL|CMGR).*$/, () => (isLost ? [`+CMS ERROR: ${code}`] : undefined));
      await bench.clock.advance(31_000);
      expect(bench.line.report()).toMatchObject({ state: 'waiting-for-sim', reason });
      await bench.clock.advance(90_000);
      expect(bench.line.report().resets.radio).toBeGreaterThanOrEqual(1);
      isLost = false;
      bench.modem.store(pduOf(1), { silent: true });
      await bench.until('ready');
      await bench.clock.advance(1_000);
      expect(bench.pdus()).toEqual([pduOf(1)]);
    },
  );

  it('G13: an exchanged SIM is noticed within a health check', async () => {
    const bench = await readyBench();
    bench.modem.on(/^AT\+CIMI$/, ['450000000000018', 'OK']);
    bench.modem.on(/^AT\+CCID$/, ['+CCID: "8982000000000000025"', 'OK']);
    await bench.clock.advance(65_000);
    expect(bench.events.map(({ code }) => code)).toContain('line.sim-changed');
    expect(bench.line.report()).toMatchObject({ imsi: '450000000000018', iccid: '8982000000000000025' });
  });
});
