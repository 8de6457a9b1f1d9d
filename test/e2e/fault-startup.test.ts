import { describe, expect, it } from 'vitest';
import { startFaultBench } from '../support/fault-play.ts';
import { main, on, survives } from '../support/survives.ts';

/** Rows A1 to A12 of docs/FAULTS.md: start-up and identification. */
describe('a start survives', () => {
  it.each(on(main, 'boot-urcs:times=2'))(
    'A1 boot-urcs: a modem that boots while it is set up is set up anew ($family)',
    (play) => survives(play),
  );

  it.each([
    ...on(['huawei', 'sim800'], 'sms-not-ready:for=60s,how=314'),
    ...on(['sim7600', 'zte'], 'sms-not-ready:for=60s,how=515'),
    ...on(['ec25'], 'sms-not-ready:for=20m,how=14', { patienceMs: 1_800_000 }),
    ...on(['ec25'], 'sms-not-ready:for=60s,how=error'),
  ])(
    'A2 sms-not-ready: a line waits without limit, says that the SIM is not ready, and receives all ($family, $fault)',
    (play) => survives({ ...play, trail: [/^waiting-for-sim/, 'ready'] }),
  );

  it.each([
    ...on(main, 'leftover-input'),
    ...on(['ec25', 'sim800'], 'leftover-input:times=1,typed=AT+CMGD=1'),
    ...on(['zte'], 'leftover-input:times=1,typed=AT+CFUN=1'),
  ])(
    'A3 leftover-input: half a command of another program changes nothing, nor does its answer ($family, $fault)',
    (play) => survives(play),
  );

  it.each(on(main, 'first-at-lost:idle=8s', { later: true }))(
    'A4 first-at-lost: a modem that sleeps between two commands loses none of them for it ($family)',
    (play) => survives(play),
  );

  it.each(on(main, 'nul-and-garbage:every=2'))(
    'A5 nul-and-garbage: a start survives garbage at the opening and before answers ($family)',
    (play) => survives(play),
  );

  it.each(['dead-port:nothing', 'dead-port:nmea'])(
    'A6 dead-port: a port that never answers is never called ready, and serves as soon as it does (%s)',
    async (fault) => {
      const bench = await startFaultBench({ modems: [{ family: 'ec25', faults: [fault] }], waiting: 3 });
      try {
        await bench.clock.advance(900_000);
        // Positions are no dialogue of a modem's: that port is named as the wrong one.
        const end = fault.endsWith('nmea') ? 'wrong-port port.not-modem' : 'recovering line.lost';
        expect(new Set(bench.trail())).toEqual(new Set(['opening', 'waking', end]));
        expect((await bench.recorded()).visits).toEqual([]);
        bench.modem.faults.remove('dead-port');
        expect(await bench.emptied(120_000)).toBe(true);
        expect(bench.report().state).toBe('ready');
      } finally {
        await bench.close();
      }
    },
  );

  it.each(on(main, 'urc-on-other-port'))(
    'A7 urc-on-other-port: what is announced elsewhere is found by listing ($family)',
    (play) => survives(play),
  );

  it.each(on(main, 'urc-on-other-port'))(
    'A7 urc-on-other-port: the port for notifications is changed if the maker has a setting for it, and is an alarm if not ($family)',
    (play) => {
      // The setting of an EC25 depends on the port, which a serial server hides.
      const isMended = play.family === 'huawei';
      const missing = isMended ? [] : ['notifications.missing'];
      return survives({ ...play, during: 24, everyMs: 10_000 }, (bench) =>
        expect(bench.report().alarms).toEqual(missing),
      );
    },
  );

  it.each(
    ['no-ok', 'glued', 'quoted', 'only-ok', 'pin2'].flatMap((how) =>
      on(['sim800', 'ec25'], `cpin-dialects:${how}`),
    ),
  )('A8 cpin-dialects: a card that is reported ready in other words is ready ($family, $fault)', (play) =>
    survives({ ...play, trail: ['ready'] }),
  );

  it.each([
    ...['all', 'reports', 'mode2', 'bfr-1', 'store', 'freeze'].flatMap((what) =>
      on(['huawei', 'sim800', 'ec25'], `cnmi-refused:${what}`),
    ),
    ...['error', '302', '303'].flatMap((how) =>
      on(['huawei', 'zte', 'a7670'], `cnmi-refused:what=reports,how=${how}`),
    ),
  ])(
    'A9 cnmi-refused: a line takes the notification setting that is left, or none, and receives all ($family, $fault)',
    (play) =>
      survives(play, (bench) => {
        // The others come from their boot with a setting that announces.
        if (play.fault === 'cnmi-refused:all' && play.family === 'huawei')
          expect(bench.report().notifications).toBe(false);
      }),
  );

  it.each(
    [
      'no-mt',
      'three-needed',
      'two-at-most',
      'one-at-most',
      'none',
      'names',
      'blanks',
      'test-nested',
      'test-bare',
      'test-empty',
    ].flatMap((how) => on(['huawei', 'sim7600'], `cpms-dialects:${how}`)),
  )(
    'A10 cpms-dialects: a line uses the memories however they are asked for and listed ($family, $fault)',
    (play) => survives(play),
  );

  it.each([
    ...on(main, 'settings-vanish:every=30,times=4,what=all', { later: true }),
    ...['cnmi', 'cmgf', 'cpms', 'echo'].flatMap((what) =>
      on(['huawei', 'ec25'], `settings-vanish:every=20,times=4,what=${what}`, { later: true }),
    ),
  ])(
    'A11 settings-vanish: settings that were lost in silence are noticed and made again ($family, $fault)',
    (play) => survives(play),
  );

  it('A11 settings-vanish: a line says which setting was lost', async () => {
    await survives({
      family: 'huawei',
      fault: 'settings-vanish:every=20,times=2,what=cnmi',
      later: true,
      trail: ['recovering line.settings-lost', 'ready'],
    });
  });

  it.each([
    ...on(['huawei', 'sim800', 'sim7600', 'ec25'], 'cold-cfun0:0'),
    ...on(['huawei', 'sim800', 'sim7600', 'ec25'], 'cold-cfun0:4'),
  ])('A12 cold-cfun0: a line switches on a radio that is off ($family, $fault)', (play) =>
    survives({ ...play, tells: ['line.radio-off'] }),
  );

  it.each([...on(['zte'], 'cold-cfun0:0'), ...on(['huawei', 'ec25'], 'cold-cfun0:4', { later: true })])(
    'A12 cold-cfun0: a radio is switched on if AT+CFUN? shows nothing, or if it goes off in service ($family, $fault)',
    (play) => survives(play),
  );
});
