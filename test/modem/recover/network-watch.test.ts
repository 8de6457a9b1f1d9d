import { describe, expect, it } from 'vitest';
import { minuteMs } from '../../../src/base/amounts.ts';
import { startBench } from '../../support/line-bench.ts';

/** A line in service whose modem then answers so about its registration. */
async function benchWith(answer: (ask: string) => readonly string[] | 'silence' | undefined) {
  const bench = startBench();
  await bench.until('ready');
  await bench.clock.advance(1_000);
  bench.modem.on(/^AT\+C(?:|E|G)REG\?$/, (command) => answer(command.slice(2, -1)));
  return bench;
}

describe('the registration of a line', () => {
  it.each(['4', '8', '11', '99'])('D5: the registration of a line is missing in state %s', async (state) => {
    const bench = await benchWith((name) => [`${name}: 0,${state}`, 'OK']);
    await bench.clock.advance(61_000);
    expect(bench.line.report()).toMatchObject({
      registration: 'none',
      recovery: { trouble: 'unregistered' },
    });
    await bench.clock.advance(11 * minuteMs);
    expect(bench.line.report().alarms).toContain('network.searching');
  });

  it('D5: the registration of a line is unknown, and not a trouble, if the modem does not report it', async () => {
    const bench = await benchWith(() => ['ERROR']);
    await bench.clock.advance(61_000);
    expect(bench.line.report()).toMatchObject({ registration: null, recovery: null });
  });

  it('D8: a registration is missing for ten minutes in a row although one answer between others is lost', async () => {
    let asked = 0;
    const bench = await benchWith((name) => {
      if (name === '+CREG') asked += 1;
      return asked === 6 ? ['ERROR'] : [`${name}: 0,2`, 'OK'];
    });
    await bench.clock.advance(11 * minuteMs + 5_000);
    expect(bench.line.report().alarms).toContain('network.searching');
  });
});
