import { describe, expect, it } from 'vitest';
import { type FaultBench, startFaultBench } from '../support/fault-play.ts';
import { expectedOf } from '../support/recorded.ts';
import { expectSaneCommands } from '../support/survives.ts';

/** A usual modem is in service by then. */
const serviceMs = 15_000;

async function play(
  family: 'phonesim' | 'android',
  act: (bench: FaultBench) => Promise<void>,
): Promise<void> {
  // Android's modem has no memory: what it hands over before the port is open is gone.
  const waiting = family === 'android' ? 0 : 3;
  const bench = await startFaultBench({ modems: [{ family }], waiting });
  try {
    await bench.until(() => bench.report().state === 'ready', 600_000);
    expect(bench.clock.monotonicMs(), bench.trail().join(', ')).toBeLessThan(serviceMs);
    await act(bench);
    expect(await bench.emptied(120_000), bench.trail().join(', ')).toBe(true);
    await bench.clock.advance(100_000);
    expect(bench.report()).toMatchObject({ state: 'ready', alarms: [] });
    const { visits, texts } = await bench.recorded();
    const wanted = expectedOf(bench.sent);
    expect({ visits, texts }).toEqual({ visits: wanted.visits, texts: wanted.texts });
    expect(bench.modem.network.journal.counts()).toMatchObject({ lost: 0, queued: 0, stored: 0 });
    expectSaneCommands(bench, {});
  } finally {
    await bench.close();
  }
}

describe('a modem that says little', () => {
  it.each(['phonesim', 'android'] as const)(
    'A2, A10: %s is in service as soon as others, and each of its texts is recorded once',
    (family) => play(family, (bench) => bench.text(20, 4_000)),
  );

  it.each(['phonesim', 'android'] as const)(
    'B9: %s serves for an hour without a resynchronisation or a reset',
    (family) =>
      play(family, async (bench) => {
        const before = bench.trail().length;
        for (let n = 0; n < 6; n += 1) {
          await bench.text(1);
          await bench.clock.advance(600_000);
        }
        expect(bench.trail().slice(before)).toEqual([]);
      }),
  );
});
