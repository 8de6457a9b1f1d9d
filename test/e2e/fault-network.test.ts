import { describe, expect, it } from 'vitest';
import { hourMs } from '../../src/base/amounts.ts';
import { type BenchOptions, type FaultBench, startFaultBench } from '../support/fault-play.ts';
import { expectedOf } from '../support/recorded.ts';
import { expectTrail, main, on, survives } from '../support/survives.ts';

async function withBench(options: BenchOptions, play: (bench: FaultBench) => Promise<void>): Promise<void> {
  const bench = await startFaultBench(options);
  try {
    await play(bench);
  } finally {
    await bench.close();
  }
}

const heard = ({ commands }: FaultBench, pattern: RegExp): string[] =>
  commands.map(({ text }) => text).filter((text) => pattern.test(text));

/** Rows D1 to D12 of docs/FAULTS.md: network and SIM. */
describe('network and SIM', () => {
  it.each(main)(
    'D1 pin-burn: a wrong PIN is tried once, ever, and the line says what it needs (%s)',
    (family) =>
      withBench({ modems: [{ family, pin: '9753' }], pinOnFile: '1357' }, async (bench) => {
        await bench.clock.advance(hourMs);
        expect(bench.report()).toMatchObject({ state: 'pin-needed', reason: 'pin.refused' });
        await bench.restart();
        await bench.clock.advance(hourMs);
        bench.modem.reboot('power');
        await bench.clock.advance(hourMs);
        expect(heard(bench, /\+CPIN=/)).toHaveLength(1);
        expect(bench.modem.sim.pinTries).toBe(2);
        expect(bench.report()).toMatchObject({ state: 'pin-needed', reason: 'pin.refused' });
        await bench.text(3);
        // A person puts another card in.
        bench.modem.swapSim({ iccid: '8982050000000000099', imsi: '450050000000099' });
        expect(await bench.emptied(600_000)).toBe(true);
        await bench.clock.advance(60_000);
        expect(await bench.recorded()).toEqual(expectedOf(bench.sent));
        expect(bench.report().state).toBe('ready');
      }),
  );

  it('D1 pin-burn: a card with few tries left is not tried at all', () =>
    withBench(
      { modems: [{ family: 'ec25', faults: ['pin-burn:left=1'] }], pinOnFile: '1357' },
      async (bench) => {
        await bench.clock.advance(hourMs);
        expect(heard(bench, /\+CPIN=/)).toEqual([]);
        expect(bench.report()).toMatchObject({ state: 'pin-needed', reason: 'pin.tries-low' });
      },
    ));

  it.each(main)('D1 pin-burn: the right PIN is given again after each boot (%s)', (family) =>
    withBench({ modems: [{ family, pin: '9753' }], pinOnFile: '9753', waiting: 2 }, async (bench) => {
      for (let boot = 0; boot < 3; boot += 1) {
        await bench.text(2, 1_000);
        expect(await bench.emptied(600_000)).toBe(true);
        bench.modem.reboot('silent');
      }
      expect(await bench.until(() => bench.report().state === 'ready', 300_000)).toBe(true);
      expect(await bench.recorded()).toEqual(expectedOf(bench.sent));
      expect(bench.modem.sim.pinTries).toBe(3);
    }),
  );

  it.each([
    ...on(main, 'sim-busy:for=30s,how=14'),
    ...on(['sim800', 'ec25'], 'sim-busy:for=30s,how=314'),
    ...on(['huawei'], 'sim-busy:for=5m,how=515'),
  ])('D2 sim-busy: a card that is busy is asked again, and nothing is reset ($family, $fault)', (play) =>
    survives({ ...play, trail: [/^waiting-for-sim/, 'ready'] }, (bench) =>
      expect(heard(bench, /\+CFUN=/)).toEqual([]),
    ),
  );

  it.each(on(main, 'sim-drop:after=20s,for=100s'))(
    'D3 sim-drop: a card that drops out for a while is waited for, and the line says that it is gone ($family)',
    (play) =>
      survives({ ...play, trail: ['ready', /^(?:recovering line\.sim-lost|waiting-for-sim)/, 'ready'] }),
  );

  it.each(on(main, 'sim-drop:after=20s', { patienceMs: hourMs }))(
    'D3 sim-drop: a card that comes back only if the radio is switched off and on is brought back so ($family)',
    (play) => survives(play, (bench) => expect(heard(bench, /\+CFUN=1$/).length).toBeLessThan(4)),
  );

  it.each(on(main, 'reg-denied:after=30s', { patienceMs: 2 * hourMs }))(
    'D4 reg-denied: a network that denies the modem for no reason left is asked anew ($family)',
    (play) => survives(play),
  );

  it.each(main)('D4 reg-denied: the line says that it is denied, within a health check (%s)', (family) =>
    withBench({ modems: [{ family, faults: ['reg-denied:after=10s'] }] }, async (bench) => {
      await bench.clock.advance(75_000);
      expect(bench.report()).toMatchObject({ registration: 'denied' });
    }),
  );

  it.each(
    ['1', '5', '6', '7', '9', '10'].flatMap((cereg) =>
      on(['ec25', 'sim7600'], `creg-misleads:cereg=${cereg}`),
    ),
  )('D5 creg-misleads: one network that lets the modem in is enough ($family, $fault)', (play) =>
    survives(play, (bench) => expect(['home', 'roaming', 'sms-only']).toContain(bench.report().registration)),
  );

  it.each(
    ['unquoted', 'blanks', 'broken-quote', 'zeros', 'only-ok'].flatMap((how) =>
      on(['huawei', 'ec25'], `creg-dialects:${how}`),
    ),
  )('D6 creg-dialects: a line reads the first numbers of an answer, or nothing ($family, $fault)', (play) =>
    survives(play, (bench) =>
      expect(bench.report().registration).toBe(play.fault.endsWith('only-ok') ? null : 'home'),
    ),
  );

  it.each(
    on(main, 'deaf-radio:after=20s', {
      toml: 'quiet_alarm = "1h"\nquiet_hours = ""',
      patienceMs: 4 * hourMs,
    }),
  )(
    'D7 deaf-radio: a line that receives nothing though all looks well is registered anew, and its backlog comes ($family)',
    (play) => survives(play, (bench) => expect(heard(bench, /\+CFUN=1$/).length).toBeLessThan(3)),
  );

  it('D7 deaf-radio: a deaf line is reported at once, and its new registration waits for the quiet hours', () =>
    withBench(
      {
        modems: [{ family: 'ec25', faults: ['deaf-radio:after=20s'] }],
        toml: 'quiet_alarm = "1h"\nquiet_hours = "02:00-05:00"',
        waiting: 2,
      },
      async (bench) => {
        await bench.text(8, 5_000);
        // It is two in the afternoon in Seoul.
        await bench.clock.advance(2 * hourMs);
        expect(bench.report().alarms).toContain('line.quiet');
        await bench.clock.advance(9 * hourMs);
        expect(heard(bench, /\+CFUN=/)).toEqual([]);
        expect(bench.report().state).toBe('ready');
        await bench.clock.advance(2 * hourMs);
        expect(await bench.emptied(60_000)).toBe(true);
        expect(await bench.recorded()).toEqual(expectedOf(bench.sent));
      },
    ));

  it.each(main)(
    'D8 weak-or-searching: a missing network is reported and waited for, and leads to nothing else (%s)',
    (family) =>
      withBench({ modems: [{ family }], waiting: 2 }, async (bench) => {
        await bench.until(() => bench.report().state === 'ready', 60_000);
        bench.modem.faults.add('weak-or-searching:for=130s,each=5m');
        await bench.text(10, 10_000);
        expect(bench.report()).toMatchObject({ state: 'no-network', registration: 'searching' });
        expect(await bench.emptied(600_000)).toBe(true);
        await bench.clock.advance(60_000);
        expect(await bench.recorded()).toEqual(expectedOf(bench.sent));
        expect(heard(bench, /\+CFUN=/)).toEqual([]);
        const since = bench.trail().slice(bench.trail().indexOf('ready'));
        expect(since.map((state) => state.split(' ')[0]).slice(0, 3)).toEqual([
          'ready',
          'no-network',
          'ready',
        ]);
      }),
  );

  it.each(on(main, 'bad-scts', { later: true }))(
    'D9 bad-scts: a time that no calendar has costs no text its visit ($family)',
    (play) => survives(play),
  );

  it.each([
    ...on(main, 'net-duplicate:every=2,after=60s'),
    ...on(['ec25', 'huawei'], 'net-duplicate:every=2,after=1s'),
    ...on(['ec25', 'huawei'], 'net-duplicate:every=3,after=20m', { patienceMs: 2 * hourMs }),
  ])('D10 net-duplicate: the same text again, minutes later, is the same visit ($family, $fault)', (play) =>
    survives({ ...play, undatedMayDouble: true }, async (bench) => {
      await bench.clock.advance(25 * 60_000);
      expect(await bench.emptied(120_000)).toBe(true);
      expect(bench.log.some(({ event }) => event === 'text.known')).toBe(true);
    }),
  );

  it.each(on(main, 'type0-silent:rounds=20,each=2s', { later: true }))(
    'D11 type0-silent: the network’s look-ups are kept as notices, and are nobody’s visit ($family)',
    (play) => survives(play),
  );

  it.each(main)(
    'D12 no-cs-sms: a network without SMS is not taken for a sick modem: no reset, no error, nothing lost (%s)',
    (family) =>
      withBench({ modems: [{ family, faults: ['no-cs-sms'] }] }, async (bench) => {
        await bench.text(5, 1_000);
        await bench.clock.advance(30 * 60_000);
        expect(bench.report()).toMatchObject({ state: 'ready', registration: 'home' });
        expect(heard(bench, /\+CFUN=1,1/)).toEqual([]);
        expect(bench.modem.network.journal.counts()).toMatchObject({
          queued: bench.modem.network.waiting,
          lost: 0,
        });
        bench.modem.faults.remove('no-cs-sms');
        bench.modem.reboot('silent');
        expect(await bench.emptied(600_000)).toBe(true);
        await bench.clock.advance(60_000);
        expect(await bench.recorded()).toEqual(expectedOf(bench.sent));
        expectTrail(bench.trail(), ['ready', /^recovering/, 'ready']);
      }),
  );
});
