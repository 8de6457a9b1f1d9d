import { describe, expect, it } from 'vitest';
import { type BenchOptions, type FaultBench, startFaultBench } from '../support/fault-play.ts';
import { expectedOf } from '../support/recorded.ts';
import { silence, silentPlays } from '../support/silent-plays.ts';
import { survives } from '../support/survives.ts';

const unasked = /\+CMTI: |\+CDSI: |PB DONE|SMS Ready|\^SYSSTART|\+QIND: |\+QUSIM: |\^SIMST|UNDER-VOLTAGE/;

/** The plays would prove nothing on a modem that still speaks. */
function expectSilence({ wire }: FaultBench): void {
  expect(wire.filter(({ direction, octets }) => direction === 'out' && unasked.test(octets))).toEqual([]);
}

async function silent(options: BenchOptions, play: (bench: FaultBench) => Promise<void>): Promise<void> {
  const modems = options.modems.map((modem) => ({ ...modem, faults: [...(modem.faults ?? []), silence] }));
  const bench = await startFaultBench({ ...options, modems });
  try {
    await play(bench);
    expectSilence(bench);
  } finally {
    await bench.close();
  }
}

async function expectAllRecorded(bench: FaultBench): Promise<void> {
  expect(await bench.emptied(900_000)).toBe(true);
  await bench.clock.advance(60_000);
  expect(bench.modem.network.journal.counts().lost).toBe(0);
  expect(await bench.recorded()).toEqual(expectedOf(bench.sent));
}

/** The last column of docs/FAULTS.md: what if no notification comes? */
describe('without any notification', () => {
  it.each(Object.entries(silentPlays))(
    'a line survives fault %s on a modem that prints nothing unasked',
    async (_row, play) => survives(play, expectSilence),
  );

  it('C13 slot-reuse: a modem that reboots in silence between a listing and its deletions loses no text', () =>
    silent({ modems: [{ family: 'ec25' }], waiting: 6 }, async (bench) => {
      let struck = 0;
      bench.modem.watch({
        command(line) {
          if (!line.startsWith('AT+CMGL') || struck >= 3) return;
          struck += 1;
          bench.clock.after(1, () => bench.modem.reboot('silent'));
        },
      });
      await bench.text(10, 5_000);
      await expectAllRecorded(bench);
    }));

  it('D1 pin-burn: a PIN is given again after each reboot in silence, and a wrong one is tried once', async () => {
    await silent(
      { modems: [{ family: 'ec25', pin: '9753' }], pinOnFile: '9753', waiting: 2 },
      async (bench) => {
        for (let boot = 0; boot < 3; boot += 1) {
          await bench.text(2, 1_000);
          expect(await bench.emptied(600_000)).toBe(true);
          bench.modem.reboot('silent');
        }
        await expectAllRecorded(bench);
        expect(bench.modem.sim.pinTries).toBe(3);
      },
    );
    await silent({ modems: [{ family: 'ec25', pin: '9753' }], pinOnFile: '1357' }, async (bench) => {
      for (let boot = 0; boot < 3; boot += 1) {
        await bench.clock.advance(600_000);
        expect(bench.report()).toMatchObject({ state: 'pin-needed', reason: 'pin.refused' });
        bench.modem.reboot('silent');
      }
      expect(bench.commands.filter(({ text }) => text.includes('+CPIN='))).toHaveLength(1);
    });
  });

  it.each(['ec25', 'huawei'] as const)(
    'G13 wrong-line: another card that nothing announced is reported within a health check (%s)',
    (family) =>
      silent({ modems: [{ family }], waiting: 2 }, async (bench) => {
        await bench.until(() => bench.report().state === 'ready', 60_000);
        await bench.text(2, 1_000);
        Object.assign(bench.modem.sim, { iccid: '8982050000000000099', imsi: '450050000000099' });
        const told = () => bench.log.some(({ event }) => event === 'line.sim-changed');
        expect(await bench.until(told, 90_000)).toBe(true);
        await bench.text(2, 1_000);
        await expectAllRecorded(bench);
        expect(bench.report().state).toBe('ready');
      }),
  );
});
