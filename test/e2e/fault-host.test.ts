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
