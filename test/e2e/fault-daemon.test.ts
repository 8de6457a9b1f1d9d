import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../src/base/amounts.ts';
import { simulatedTransport } from '../../src/cli/demo/demo-parts.ts';
import type { SimulatedModem } from '../../src/simulator/modem.ts';
import { type BenchOptions, type FaultBench, startFaultBench } from '../support/fault-play.ts';
import { expectedOf } from '../support/recorded.ts';
import { expectTrail, main } from '../support/survives.ts';

async function withBench(options: BenchOptions, play: (bench: FaultBench) => Promise<void>): Promise<void> {
  const bench = await startFaultBench(options);
  try {
    await play(bench);
  } finally {
    await bench.close();
  }
}

/** Rows G1 to G14 of docs/FAULTS.md: the daemon itself. */
describe('the gateway', () => {
  it('G2 db-locked: another writer holds the register: texts wait in the modem, the line says why, and then all come', () =>
    withBench({ modems: [{ family: 'ec25' }] }, async (bench) => {
      await bench.until(() => bench.report().state === 'ready', 60_000);
      const other = new Database(join(bench.workspace.dataDir, 'register.sqlite'));
      other.exec('BEGIN IMMEDIATE');
      await bench.text(3, 500);
      await bench.clock.advance(2_000);
      expect(bench.report()).toMatchObject({ state: 'holding', reason: 'register.busy' });
      expect(bench.modem.network.journal.counts()).toMatchObject({ deleted: 0 });
      other.exec('ROLLBACK');
      other.close();
      expect(await bench.emptied(120_000)).toBe(true);
      expect(await bench.recorded()).toEqual(expectedOf(bench.sent));
      expectTrail(bench.trail(), ['ready', 'holding register.busy', 'ready']);
    }));

  it.each(main)(
    'G3 dup-on-restart: what was recorded and not yet deleted is not recorded again (%s)',
    (family) =>
      withBench({ modems: [{ family }], waiting: 6 }, async (bench) => {
        // Every deletion is refused until the second gateway has started.
        bench.modem.faults.add('cmgd-fails:every=1,how=error,tries=0');
        await bench.clock.advance(20_000);
        expect(await bench.recorded()).toEqual(expectedOf(bench.sent));
        for (let restart = 0; restart < 2; restart += 1) {
          await bench.restart();
          await bench.clock.advance(20_000);
          expect(await bench.recorded()).toEqual(expectedOf(bench.sent));
        }
        bench.modem.faults.remove('cmgd-fails');
        await bench.restart();
        expect(await bench.emptied(120_000)).toBe(true);
        expect(await bench.recorded()).toEqual(expectedOf(bench.sent));
        expect(bench.log.some(({ event }) => event === 'text.known')).toBe(true);
      }),
  );

  it.each([
    ['five hours ahead and back', [5 * hourMs, -5 * hourMs]],
    ['a year back, as without a battery, and right again', [-365 * dayMs, 365 * dayMs]],
    ['to and fro', [-2 * hourMs, 3 * hourMs, -1 * hourMs, 90_000, -90_000]],
  ])('G5 clock-jump: the date leaps %s: no text is lost or doubled, no deadline misfires', (_name, leaps) =>
    withBench({ modems: [{ family: 'ec25' }], waiting: 3 }, async (bench) => {
      await bench.until(() => bench.report().state === 'ready', 60_000);
      bench.textLike(
        ({ parts }) => parts.length > 1,
        ({ parts }) =>
          parts.forEach((part, i) => {
            bench.clock.after(i * 40_000, () => void bench.modem.network.send(part));
          }),
      );
      for (const leapMs of leaps) {
        bench.clock.setWall(bench.clock.wallMs() + leapMs);
        await bench.text(4, 5_000);
      }
      await bench.clock.advance(300_000);
      expect(await bench.emptied(120_000)).toBe(true);
      expect(await bench.recorded()).toEqual(expectedOf(bench.sent));
      expect(bench.trail().slice(bench.trail().indexOf('ready'))).toEqual(['ready']);
    }),
  );

  it.each([
    ['hangs', 'hang:every=1,on='],
    ['takes no octet', 'write-stuck:after=1s,for=0'],
    ['answers late', 'late-reply:every=1,delay=1h'],
    ['is not there', 'unplug:after=1s,for=0'],
  ])("G10 won't-stop: the gateway stops within five seconds although the modem %s", (_name, fault) =>
    withBench({ modems: [{ family: 'ec25' }], waiting: 3 }, async (bench) => {
      await bench.until(() => bench.report().state === 'ready', 60_000);
      bench.modem.faults.add(fault);
      await bench.text(2, 2_000);
      let stopped = false;
      const stopping = bench.gateway.stop().then(() => {
        stopped = true;
      });
      await bench.clock.advance(5_000);
      expect(stopped).toBe(true);
      await stopping;
      await bench.stop();
      const heard = bench.commands.length;
      await bench.clock.advance(60_000);
      expect(bench.commands).toHaveLength(heard);
    }),
  );

  it('G12 reset-happy: neither an absent, a slow nor a searching modem is reset, in a day', () =>
    withBench(
      { modems: [{ family: 'huawei', faults: ['late-device:for=24h'] }], waiting: 2 },
      async (bench) => {
        await bench.clock.advance(24 * hourMs + 60_000);
        bench.modem.faults.add('slow-list:8s');
        bench.modem.faults.add('weak-or-searching:for=20m,each=1h');
        for (let hour = 0; hour < 6; hour += 1) {
          await bench.text(4, 1_000);
          await bench.clock.advance(hourMs);
        }
        expect(await bench.emptied(hourMs)).toBe(true);
        expect(await bench.recorded()).toEqual(expectedOf(bench.sent));
        expect(bench.modem.counters.reboots).toBe(0);
        expect(bench.commands.filter(({ text }) => /\+CFUN=/.test(text))).toEqual([]);
      },
    ));

  it('G13 wrong-line: another SIM, and another modem at the port, are reported', async () => {
    let at: SimulatedModem | null = null;
    await withBench(
      {
        modems: [
          { family: 'ec25', imei: '359853035323129' },
          { family: 'ec25', imei: '359853035323137', iccid: '8982050000000000033' },
        ],
        openTransport: (_line, modems) => () => simulatedTransport(at ?? (modems[0] as SimulatedModem))(),
      },
      async (bench) => {
        const told = () => bench.log.map(({ event }) => event);
        await bench.until(() => bench.report().state === 'ready', 60_000);
        bench.modem.swapSim({ iccid: '8982050000000000022', imsi: '450050000000022' });
        await bench.until(() => told().includes('line.sim-changed'), 300_000);
        expect(told()).toContain('line.sim-changed');
        expect(bench.report().iccid).toBe('8982050000000000022');
        at = bench.modems[1] as SimulatedModem;
        bench.modem.unplug();
        await bench.until(() => told().includes('line.modem-changed'), 300_000);
        expect(told()).toContain('line.modem-changed');
        expect(bench.report().imei).toBe('359853035323137');
      },
    );
  });

  it('G13 wrong-line: what was swapped while the gateway was off is reported at its start', () =>
    withBench({ modems: [{ family: 'ec25' }] }, async (bench) => {
      const told = () => bench.log.filter(({ event }) => /-changed$/.test(event)).map(({ event }) => event);
      await bench.until(() => bench.report().state === 'ready', 60_000);
      await bench.restart();
      await bench.until(() => bench.report().state === 'ready', 60_000);
      expect(told()).toEqual([]);
      await bench.stop();
      bench.modem.swapSim({ iccid: '8982050000000000022', imsi: '450050000000022' });
      await bench.restart();
      await bench.until(() => bench.report().state === 'ready', 120_000);
      expect(told()).toEqual(['line.sim-changed']);
      expect(bench.report().changedAt).not.toBeNull();
    }));

  it('G14 log-flood: a trouble that lasts for hours writes a few lines an hour, and leaves no port open', () =>
    withBench(
      { modems: [{ family: 'sim800', faults: ['hang:every=1,on=,for=0,times=0,cure=power'] }] },
      async (bench) => {
        let opened = 0;
        const attach = bench.modem.attach.bind(bench.modem);
        Object.assign(bench.modem, {
          attach(...role: Parameters<typeof attach>) {
            const side = attach(...role);
            opened += 1;
            return {
              ...side,
              close() {
                opened -= 1;
                side.close();
              },
            };
          },
        });
        await bench.clock.advance(6 * hourMs);
        const trouble = bench.log.filter(({ level }) => level === 'warn' || level === 'error');
        expect(trouble.length).toBeGreaterThan(0);
        expect(trouble.length / 6).toBeLessThan(10);
        expect(opened).toBeLessThanOrEqual(1);
      },
    ));
});
