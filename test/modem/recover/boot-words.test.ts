import { describe, expect, it } from 'vitest';
import { minuteMs } from '../../../src/base/amounts.ts';
import { startBench } from '../../support/line-bench.ts';
import { pduOf } from '../../support/scripted-modem.ts';

const words = ['+CPIN: READY', 'SMS Ready', 'Call Ready', '+CFUN: 1'];

async function readyBench() {
  const bench = startBench();
  await bench.until('ready');
  await bench.clock.advance(1_000);
  bench.modem.clearSent();
  return bench;
}

describe('a word that a modem prints at its start', () => {
  it.each(words)('E4: a boot word is not a reboot if the settings are still there (%s)', async (word) => {
    const bench = await readyBench();
    for (let i = 0; i < 40; i += 1) {
      bench.modem.tell(word);
      await bench.clock.advance(5_000);
    }
    expect(bench.modem.sent).not.toContain('ATE0');
    expect(bench.states.at(-1)).toBe('ready');
    expect(bench.line.report().alarms).toEqual([]);
    bench.modem.tell(word);
    bench.modem.store(pduOf(1));
    await bench.clock.advance(2_000);
    expect(bench.pdus()).toEqual([pduOf(1)]);
  });

  it.each(words)('E4: a boot word is a reboot if the settings are gone (%s)', async (word) => {
    const bench = await readyBench();
    bench.modem.forget();
    bench.modem.tell(word);
    await bench.clock.advance(5_000);
    expect(bench.events).toContainEqual(
      expect.objectContaining({
        code: 'line.recovering',
        facts: expect.objectContaining({ reason: 'line.rebooted' }),
      }),
    );
    await bench.until('ready');
  });

  it('E8: a boot word is a sign of a weak supply only if the settings are gone', async () => {
    const bench = await readyBench();
    for (let i = 0; i < 3; i += 1) {
      bench.modem.forget();
      bench.modem.tell('+CPIN: READY');
      await bench.clock.advance(2 * minuteMs);
    }
    expect(bench.line.report().alarms).toEqual(['line.unstable-power']);
  });

  it('C13: a boot word voids the listing that it interrupts', async () => {
    const bench = await readyBench();
    bench.modem.store(pduOf(1), { silent: true });
    bench.modem.on(
      /^AT\+CMGL=4$/,
      () => {
        bench.clock.after(0, () => bench.modem.tell('SMS Ready'));
        return undefined;
      },
      1,
    );
    bench.modem.tell('+CMTI: "ME",0');
    await bench.clock.advance(20_000);
    const listings = bench.modem.sent.filter((text) => text === 'AT+CMGL=4').length;
    expect(listings).toBeGreaterThanOrEqual(2);
    expect(bench.modem.held.ME?.size).toBe(0);
  });
});
