import { describe, expect, it } from 'vitest';
import { minuteMs } from '../../../src/base/amounts.ts';
import { startBench } from '../../support/line-bench.ts';
import { pduOf } from '../../support/scripted-modem.ts';

/** A modem that refuses to list, and takes `slotMs` for each slot. */
function slowBench(slotMs: number, texts: readonly number[]) {
  const bench = startBench({ memories: { ME: 100 } }, {}, (modem) => {
    modem.on(/^AT\+CMGL=/, ['ERROR']);
    modem.on(/^AT\+CMGR=(\d+)$/, (command) => {
      const pdu = modem.held.ME?.get(Number(command.slice(8)));
      const lines = pdu === undefined ? ['OK'] : [`+CMGR: 0,,23`, pdu, 'OK'];
      return { afterMs: slotMs, lines };
    });
    for (const slot of texts) modem.store(pduOf(slot), { slot, silent: true });
  });
  return bench;
}

describe('a memory that is read slot by slot', () => {
  it('C9: a memory that is read slot by slot hands its texts over every few slots, and each of them once', async () => {
    const slots = [2, 5, 30, 31, 60, 90];
    const bench = slowBench(5_000, slots);
    await bench.clock.advance(90_000);
    expect(bench.pdus()).toEqual([pduOf(2), pduOf(5)]);
    await bench.clock.advance(20 * minuteMs);
    expect(bench.pdus()).toEqual(slots.map(pduOf));
    expect(bench.modem.held.ME?.size).toBe(0);
    await bench.until('ready');
  });

  it('C9: a memory that is read slot by slot goes on after a replug where it was', async () => {
    const bench = slowBench(5_000, [2, 40, 70]);
    await bench.clock.advance(90_000);
    expect(bench.pdus()).toEqual([pduOf(2)]);
    await bench.clock.advance(60_000);
    bench.modem.unplug();
    await bench.clock.advance(1_000);
    bench.modem.clearSent();
    bench.modem.replug();
    await bench.clock.advance(60_000);
    const first = bench.modem.sent.find((text) => text.startsWith('AT+CMGR='));
    expect(Number(first?.slice(8))).toBeGreaterThanOrEqual(10);
  });

  it('C9, C11: reading a memory slot by slot ends although a text in it cannot be deleted', async () => {
    const bench = slowBench(100, [2, 40]);
    bench.modem.on(/^AT\+CMGD=/, ['ERROR']);
    await bench.until('ready');
    await bench.clock.advance(20 * minuteMs);
    expect(bench.line.report()).toMatchObject({ state: 'ready', undeletable: 2 });
    expect(new Set(bench.pdus())).toEqual(new Set([pduOf(2), pduOf(40)]));
  });

  it('C8: a memory that is read slot by slot is listed further on if it is empty and an empty listing is refused with 321', async () => {
    const bench = startBench({}, {}, (modem) => {
      modem.on(/^AT\+CMGL=/, () => (modem.held.ME?.size ? undefined : ['+CMS ERROR: 321']));
    });
    await bench.until('ready');
    await bench.clock.advance(2 * minuteMs);
    expect(bench.modem.sent.filter((text) => text.startsWith('AT+CMGR='))).toEqual([]);
    expect(bench.events.map(({ code }) => code)).not.toContain('line.listing-failed');
    bench.modem.store(pduOf(1));
    await bench.clock.advance(1_000);
    expect(bench.pdus()).toEqual([pduOf(1)]);
  });
});
