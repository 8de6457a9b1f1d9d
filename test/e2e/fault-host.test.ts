import { describe, expect, it } from 'vitest';
import { hourMs } from '../../src/base/amounts.ts';
import { type FaultBench, startFaultBench } from '../support/fault-play.ts';
import { expectedOf } from '../support/recorded.ts';
import { main, on, survives } from '../support/survives.ts';

const resets = ({ commands }: FaultBench): string[] =>
  commands.map(({ text }) => text).filter((text) => /\+CFUN=|\+CRESET|\^RESET|ATZ|AT&F/.test(text));

/** Rows E1 to E12 of docs/FAULTS.md: USB and the host. With a kernel tty: fault-tty.test.ts. */
describe('the host', () => {
  it.each([
    ...on(main, 'unplug:after=20s,for=5s,times=2'),
    ...on(['huawei', 'ec25'], 'unplug:after=31s,for=2h', { patienceMs: 3 * hourMs }),
  ])(
    'E1 unplug: a stick that is pulled is looked for until it is back, and then emptied ($family, $fault)',
    (play) =>
      survives(
        { ...play, trail: ['ready', /^recovering/, /^absent/, 'ready'], tells: ['line.absent'] },
        (bench) => expect(resets(bench)).toEqual([]),
      ),
  );

  it.each(on(main, 'renumber:after=15s,for=3s,times=3'))(
    'E2 renumber: a stick that comes back under another number is the same line ($family)',
    // A modem that is pulled again before it has found its network is not in service between.
    (play) => survives({ ...play, trail: ['ready', /^recovering/, /^recovering/, 'ready'] }),
  );

  it('E7: another SIM than the one that the line is given by is told, and takes no text until the right one is back', async () => {
    const right = { iccid: '8982050000000000017', imsi: '450050000000017' };
    const other = { iccid: '8982050000000000099', imsi: '450050000000099' };
    const bench = await startFaultBench({ modems: [{ family: 'ec25' }], port: `iccid:${right.iccid}` });
    try {
      Object.assign(bench.modem.sim, right);
      await bench.until(() => bench.report().state === 'ready', 60_000);
      await bench.text(2, 1_000);
      expect(await bench.emptied(60_000)).toBe(true);
      Object.assign(bench.modem.sim, other);
      const told = () => bench.log.some(({ fields }) => fields.reason === 'line.other-sim');
      expect(await bench.until(told, 120_000)).toBe(true);
      await bench.text(2, 1_000);
      await bench.clock.advance(3 * 60_000);
      await bench.until(() => bench.report().reason === 'line.other-sim', 60_000);
      const status = await bench.gateway.status();
      expect(status.lines[0]).toMatchObject({
        state: 'recovering',
        reason: 'line.other-sim',
        resets: { radio: 0, restart: 0 },
      });
      expect(status.reasons[0]).toMatchObject({ code: 'line.not-receiving', detail: 'line.other-sim' });
      expect(bench.modem.network.journal.counts().stored).toBe(2);
      expect(bench.log).toContainEqual(expect.objectContaining({ event: 'line.recovering', level: 'warn' }));
      Object.assign(bench.modem.sim, right);
      expect(await bench.until(() => bench.report().state === 'ready', 120_000)).toBe(true);
      expect(await bench.emptied(60_000)).toBe(true);
      expect(await bench.recorded()).toEqual(expectedOf(bench.sent));
    } finally {
      await bench.close();
    }
  });

  it.each(['huawei', 'zte', 'ec25'] as const)(
    'E3 cdrom-again: a modem that came back as a CD-ROM is waited for, and never sent there by us (%s)',
    async (family) => {
      const bench = await startFaultBench({ modems: [{ family, faults: ['cdrom-again'] }], waiting: 2 });
      try {
        await bench.text(4, 4_000);
        // Another program has reset it.
        bench.modem.reboot('reset');
        await bench.text(4, 4_000);
        await bench.clock.advance(2 * hourMs);
        expect(bench.modem.usb.state).toBe('cd-rom');
        expect(bench.report().state).toBe('absent');
        bench.modem.plug();
        expect(await bench.emptied(600_000)).toBe(true);
        await bench.clock.advance(60_000);
        expect(await bench.recorded()).toEqual(expectedOf(bench.sent));
        expect(bench.report().state).toBe('ready');
        expect(resets(bench).filter((text) => text.includes('1,1'))).toEqual([]);
      } finally {
        await bench.close();
      }
    },
  );

  it.each(on(main, 'silent-reboot:after=15s,times=4'))(
    'E4 silent-reboot: unexpected boot lines lead to a new set-up, whatever was under way ($family)',
    (play) =>
      survives({
        ...play,
        everyMs: 5_000,
        commandsPerMinute: 150,
        trail: ['ready', /^recovering line\.(?:rebooted|settings-lost)/, 'ready'],
      }),
  );

  it.each([
    ...on(main, 'port-shared:every=12,how=both', { ends: true }),
    ...['steals', 'talks'].flatMap((how) =>
      on(['huawei', 'sim7600'], `port-shared:every=12,how=${how}`, { ends: true }),
    ),
  ])(
    'E5 port-shared: with another reader at the port nothing is lost and nothing doubled ($family, $fault)',
    (play) => survives({ ...play, later: true, patienceMs: hourMs, commandsPerMinute: 250 }),
  );

  it.each(on(main, 'cannot-reopen:for=45s', { beside: ['hang:every=3,cure=reopen'] }))(
    'E6 cannot-reopen: a port that stays locked for a while is tried until it opens, and the line says so ($family)',
    (play) => survives({ ...play, later: true, trail: [/^recovering/, /^absent/, 'ready'] }),
  );

  it.each(on(main, 'brown-out:after=1m,times=4'))(
    'E8 brown-out: a supply that fails again and again loses no text, and is reported ($family)',
    (play) =>
      survives({ ...play, everyMs: 15_000, tells: ['line.alarm'] }, (bench) => {
        expect(resets(bench)).toEqual([]);
        expect(bench.report()).toMatchObject({ state: 'ready', reason: 'line.unstable-power' });
        expect(bench.log.find(({ event }) => event === 'line.alarm')?.fields).toMatchObject({ count: 3 });
      }),
  );

  it.each([
    ...on(main, 'zombie-port:after=20s,cure=reopen'),
    ...on(['huawei', 'ec25'], 'zombie-port:after=20s,for=1h,cure=time', { patienceMs: 2 * hourMs }),
  ])(
    'E9 zombie-port: a port that takes all and gives nothing is found out and opened anew ($family, $fault)',
    (play) => survives({ ...play, trail: ['ready', /^resyncing|^recovering/, 'ready'] }),
  );

  it.each([
    ...on(main, 'write-stuck:after=20s,for=30s'),
    ...on(['huawei', 'ec25'], 'write-stuck:after=20s,for=20m', { patienceMs: hourMs }),
  ])(
    'E11 write-stuck: a write that does not end holds up nothing else, and is given up ($family, $fault)',
    (play) => survives({ ...play, mayReset: true }), // A modem that reads nothing for so long hangs: the ladder of resets may be climbed.
  );

  it.each([
    ...on(main, 'late-device:for=10m'),
    ...on(['sim800'], 'late-device:for=12h', { patienceMs: 13 * hourMs }),
  ])(
    'E12 late-device: the gateway starts without the modem and waits for it, without a reset ($family, $fault)',
    (play) =>
      survives({ ...play, trail: [/^absent/, 'ready'] }, (bench) => expect(resets(bench)).toEqual([])),
  );
});
