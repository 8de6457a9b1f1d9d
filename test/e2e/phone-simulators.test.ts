import { describe, expect, it } from 'vitest';
import { type FaultBench, startFaultBench } from '../support/fault-play.ts';
import { expectedOf } from '../support/recorded.ts';
import { expectSaneCommands } from '../support/survives.ts';

/** A usual modem is in service by then. */
const serviceMs = 15_000;

async function play(
  family: 'phonesim' | 'android',
  act: (bench: FaultBench) => Promise<void>,
  faults: readonly string[] = [],
): Promise<void> {
  // Android's modem has no memory: what it hands over before the port is open is gone.
  const waiting = family === 'android' ? 0 : 3;
  const bench = await startFaultBench({ modems: [{ family, faults }], waiting });
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
    // A scan asks for each slot.
    expectSaneCommands(bench, faults.length === 0 ? {} : { commandsPerMinute: 250 });
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

  it.each([
    ['phonesim', ['+CMS ERROR: 321', '+CMTI: "SM",1', '+CPMS: ("SM","ME"),("SM","ME"),("SM")']],
    ['android', ['+CMT: 0\r\n', 'ERROR: UNSUPPORTED', '+CNMI: 1,2,2,1,1']],
  ] as const)(
    'A10, B9, C8, C15: %s answers in its own way, and each text is recorded within two seconds all the same',
    (family, dialect) =>
      play(family, async (bench) => {
        for (let n = 0; n < 5; n += 1) {
          const accepted = () => bench.log.filter(({ event }) => event === 'text.accepted').length;
          const before = accepted();
          bench.textLike(({ parts }) => parts.length === 1);
          expect(await bench.until(() => accepted() > before, 2_000), bench.trail().join(', ')).toBe(true);
          await bench.clock.advance(20_000);
        }
        const said = bench.wire.filter(({ direction }) => direction === 'out').map(({ octets }) => octets);
        for (const words of dialect)
          expect(
            said.some((octets) => octets.includes(words)),
            words,
          ).toBe(true);
        const answers = bench.wire.flatMap(({ direction, octets }, i) =>
          direction === 'in' && octets.startsWith('AT+CPMS?') ? (bench.wire[i + 1]?.octets ?? '') : [],
        );
        expect(answers.filter((answer) => !/^\r\nERROR/.test(answer))).toEqual([]);
        expect(answers.length).toBeGreaterThan(0);
      }),
  );

  it('C3, C6: phonesim has texts in both of its memories, and each is recorded once', () =>
    play('phonesim', async (bench) => {
      const { network } = bench.modem;
      for (const memory of ['ME', 'SM', 'ME', 'ME', 'SM'])
        bench.textLike(
          ({ parts }) => parts.length === 1,
          ({ parts }) => {
            for (const part of parts) network.plant(part, memory, 0);
          },
        );
      await bench.text(4, 2_000);
      expect(bench.commands.some(({ text }) => text === 'AT+CPMS="ME","ME","SM"')).toBe(true);
    }));

  it('C9: phonesim without listings is read slot by slot, and each text is recorded once', () =>
    play(
      'phonesim',
      async (bench) => {
        await bench.text(10, 4_000);
        expect(bench.commands.filter(({ text }) => text.startsWith('AT+CMGR=')).length).toBeGreaterThan(40);
        // An empty slot is an error and then OK.
        expect(bench.wire.some(({ octets }) => octets.includes('ERROR\r\nOK'))).toBe(true);
      },
      ['cmgl-dead:error'],
    ));
});
