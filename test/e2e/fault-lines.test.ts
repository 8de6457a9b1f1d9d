import { describe, expect, it } from 'vitest';
import { hourMs } from '../../src/base/amounts.ts';
import { simulatedTransport } from '../../src/cli/demo/demo-parts.ts';
import type { Transport } from '../../src/modem/line.ts';
import type { SimulatedModem } from '../../src/simulator/modem.ts';
import { startFaultBench } from '../support/fault-play.ts';
import { expectedOf } from '../support/recorded.ts';

/** What one line may do to the others: nothing. */
describe('several lines in one gateway', () => {
  it.each([
    ['hangs', 'hang:every=1,on=,for=0,times=0'],
    ['is missing', 'late-device:for=2h'],
    ['takes no octet', 'write-stuck:after=1s,for=0'],
    ['floods', 'noise-flood:each=100ms'],
    ['crashes again and again', 'brown-out:after=10s,times=0'],
    ['holds texts that nobody can read', 'poison-pdu:rounds=4'],
    ['cannot delete', 'cmgd-fails:every=1,how=silent,tries=0'],
  ])('a line that %s delays no text of the others, and each reports its own state', async (_name, fault) => {
    const bench = await startFaultBench({
      modems: [
        { family: 'ec25' },
        { family: 'huawei', faults: [fault] },
        { family: 'sim800', iccid: '8982050000000000033' },
      ],
    });
    try {
      await bench.until(() => bench.report('line1').state === 'ready', 60_000);
      await bench.until(() => bench.report('line3').state === 'ready', 60_000);
      await bench.text(2, 0, 1);
      for (let round = 0; round < 10; round += 1) {
        for (const line of [0, 2]) {
          await bench.text(1, 0, line);
          const { network } = bench.modems[line] as SimulatedModem;
          const empty = () => network.journal.counts().queued + network.journal.counts().stored === 0;
          expect(await bench.until(empty, 3_000), `line ${line + 1}`).toBe(true);
        }
        await bench.clock.advance(7_000);
      }
      for (const line of ['line1', 'line3']) {
        expect(bench.trail(line).at(-1)).toBe('ready');
        expect(bench.trail(line).filter((state) => /^recovering|^resyncing/.test(state))).toEqual([]);
      }
      for (const { network } of bench.modems) expect(network.journal.counts().lost).toBe(0);
      expect((await bench.recorded()).visits).toEqual(
        expect.arrayContaining([...expectedOf(bench.sent.slice(2)).visits]),
      );
    } finally {
      await bench.close();
    }
  });

  it('G11: an error that one port throws ends neither another line nor the program', async () => {
    const bench = await startFaultBench({
      modems: [{ family: 'ec25' }, { family: 'ec25' }, { family: 'ec25' }, { family: 'ec25' }],
      openTransport(line, modems) {
        const open = simulatedTransport(modems[Number(line.slice(4)) - 1] as SimulatedModem);
        if (line === 'line2') return () => Promise.reject(new TypeError('no such function'));
        if (line === 'line3')
          return () => {
            throw new TypeError('thrown at once');
          };
        if (line === 'line4') return async () => ({ ...(await open()), write: throwing });
        return open;
      },
    });
    try {
      for (let round = 0; round < 5; round += 1) {
        await bench.text(2, 1_000);
        await bench.clock.advance(60_000);
      }
      expect(bench.report().state).toBe('ready');
      expect(await bench.recorded()).toEqual(expectedOf(bench.sent));
      expect(bench.report('line2').state).toBe('absent');
      expect(bench.report('line3').state).toBe('absent');
      expect(bench.report('line4').state).not.toBe('ready');
    } finally {
      await bench.close();
    }
  });

  it('a line that comes back after an hour brings what waited for it', async () => {
    const bench = await startFaultBench({
      modems: [{ family: 'sim7600' }, { family: 'zte', faults: ['late-device:for=1h'] }],
    });
    try {
      for (let i = 0; i < 6; i += 1) {
        await bench.text(1, 1_000, 0);
        await bench.text(1, 1_000, 1);
      }
      await bench.clock.advance(hourMs / 2);
      expect(bench.report('line2').state).toBe('absent');
      expect(await bench.emptied(2 * hourMs)).toBe(true);
      await bench.clock.advance(60_000);
      expect(await bench.recorded()).toEqual(expectedOf(bench.sent));
    } finally {
      await bench.close();
    }
  });
});

const throwing: Transport['write'] = () => {
  throw new TypeError('thrown by a write');
};
