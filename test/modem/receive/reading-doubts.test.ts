import { describe, expect, it } from 'vitest';
import { sleep } from '../../../src/base/clock.ts';
import type { ListingScope } from '../../../src/modem/line.ts';
import { type LineBench, startBench } from '../../support/line-bench.ts';
import { pduOf } from '../../support/scripted-modem.ts';

async function readyBench(...args: Parameters<typeof startBench>): Promise<LineBench> {
  const bench = startBench(...args);
  await bench.until('ready');
  await bench.clock.advance(1_000);
  bench.modem.clearSent();
  return bench;
}

describe('what a reading has shown', () => {
  it('a slot is read again before its deletion if the register took long: the modem may have rebooted', async () => {
    let takesMs = 0;
    let bench: LineBench | null = null;
    const accepted: string[] = [];
    bench = await readyBench(
      { memories: { SM: 20, ME: 23 } },
      {
        async accept(listing) {
          if (bench) await sleep(bench.clock, takesMs);
          accepted.push(...listing.map(({ pdu }) => pdu));
        },
      },
    );
    const { modem, clock } = bench;
    takesMs = 8_000;
    modem.store(pduOf(1), { memory: 'ME', slot: 1 });
    await clock.advance(4_000);
    // In silence, and back in the memory that it begins with, which holds another text in that slot.
    modem.forget();
    modem.store(pduOf(2), { memory: 'SM', slot: 1, silent: true });
    await clock.advance(5_000);
    expect(accepted).toEqual([pduOf(1)]);
    expect(modem.held.SM?.get(1)).toBe(pduOf(2));
    takesMs = 0;
    await clock.advance(180_000);
    expect(new Set(accepted)).toEqual(new Set([pduOf(1), pduOf(2)]));
    expect([modem.held.ME?.size, modem.held.SM?.size]).toEqual([0, 0]);
  });

  it('a slot is deleted nevertheless if the register is slow each time', async () => {
    const bench: LineBench = await readyBench(
      {},
      {
        async accept(listing) {
          if (listing.length > 0) await sleep(bench.clock, 8_000);
        },
      },
    );
    for (const n of [1, 2, 3]) bench.modem.store(pduOf(n), { slot: n });
    await bench.clock.advance(60_000);
    expect(bench.modem.held.ME?.size).toBe(0);
  });

  it('a slot is deleted only in the dialogue that showed it: a repetition waits', async () => {
    const bench = await readyBench();
    const { modem, clock } = bench;
    modem.store(pduOf(1), { slot: 1, silent: true });
    modem.store(pduOf(2), { slot: 2, silent: true });
    // Refused as too fast; and before it is said again, an answer that nobody asked for.
    modem.on(
      /^AT\+CMGD=1$/,
      () => {
        clock.after(10, () => modem.tell('OK'));
        return ['+CMS ERROR: 512'];
      },
      1,
    );
    modem.tell('+CMTI: "ME",1');
    await clock.advance(60_000);
    const { sent } = modem;
    const first = sent.indexOf('AT+CMGD=1');
    expect(sent.indexOf('AT+CMGL=4', first)).toBeLessThan(sent.indexOf('AT+CMGD=1', first + 1));
    expect(modem.held.ME?.size).toBe(0);
  });

  it('a reading never counts as complete if the number of slots is unknown', async () => {
    const scopes: (ListingScope | null)[] = [];
    const bench = await readyBench(
      {},
      {
        async accept(_, scope) {
          scopes.push(scope);
        },
      },
    );
    const { modem, clock } = bench;
    modem.on(/^AT\+CMGL=4$/, ['ERROR']);
    modem.on(/^AT\+CPMS\?$/, ['ERROR']);
    modem.on(/^AT\+CMGD=\d+$/, ['ERROR']);
    scopes.length = 0;
    modem.store(pduOf(1), { slot: 5 });
    await clock.advance(120_000);
    expect(scopes.filter((scope) => scope !== null && !scope.slots.includes(5))).toEqual([]);
  });
});

describe('a memory beside the one in use', () => {
  it.each([
    ['as long as its SMS service starts', /^AT\+CPMS(\?|=\?)$/, 6],
    ['once', /^AT\+CPMS=\?$/, 1],
  ])(
    'a memory beside the one in use is read although the modem refuses %s to list its memories',
    async (_when, question, times) => {
      const bench = startBench({ memories: { ME: 5, SM: 5 } }, {}, (modem) => {
        modem.on(question, ['+CMS ERROR: 500'], times);
        modem.store(pduOf(1), { memory: 'SM', slot: 1, silent: true });
      });
      await bench.until('ready');
      await bench.clock.advance(60_000);
      expect(bench.pdus()).toEqual([pduOf(1)]);
      expect(bench.modem.held.SM?.size).toBe(0);
    },
  );
});

describe('a slot whose reading hangs each time', () => {
  it('a slot whose reading hangs each time delays neither another memory nor the checks of settings and network', async () => {
    const bench = await readyBench({ memories: { ME: 5, SM: 5 } });
    const { modem, clock } = bench;
    modem.on(/^AT\+CMGL=4$/, ['ERROR']);
    modem.on(/^AT\+CMGR=3$/, 'silence');
    modem.store(pduOf(1), { memory: 'SM', slot: 1, silent: true });
    modem.store(pduOf(2), { memory: 'ME', slot: 4, silent: true });
    await clock.advance(600_000);
    expect(bench.pdus()).toContain(pduOf(1));
    expect(bench.pdus()).toContain(pduOf(2));
    expect(modem.held.SM?.size).toBe(0);
    expect(modem.sent.filter((text) => text === 'AT+CSQ').length).toBeGreaterThan(3);
  });
});
