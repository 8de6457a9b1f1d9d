import { describe, expect, it } from 'vitest';
import type { Arrival } from '../../../src/modem/line.ts';
import { type LineBench, startBench } from '../../support/line-bench.ts';
import { lengthOf, pduOf } from '../../support/scripted-modem.ts';

async function readyBench(...args: Parameters<typeof startBench>): Promise<LineBench> {
  const bench = startBench(...args);
  await bench.until('ready');
  await bench.clock.advance(1_000);
  bench.modem.clearSent();
  bench.states.length = 0;
  return bench;
}

const deletions = (bench: LineBench) => bench.modem.sent.filter((text) => /^AT\+CMGD=\d/.test(text));
const listings = (bench: LineBench) => bench.listings.map((listing) => listing.map(({ pdu }) => pdu));

describe('receiving survives', () => {
  it('C8: a text on the line of its header is taken from its slot, and one in an unknown form kept as it came', async () => {
    const bench = startBench({ memories: { ME: 5 } });
    const { modem } = bench;
    modem.on(/^AT\+CMGL/, ['+CMS ERROR: 303']);
    modem.store(pduOf(1), { slot: 1, silent: true });
    modem.store(pduOf(2), { slot: 2, silent: true });
    modem.on(/^AT\+CMGR=1$/, () => (modem.held.ME?.has(1) ? [`+CMGR: 1,,24 ${pduOf(1)}`, 'OK'] : ['OK']));
    modem.on(/^AT\+CMGR=2$/, () => (modem.held.ME?.has(2) ? [`+CMGR: 1;24;${pduOf(2)}`, 'OK'] : ['OK']));
    await bench.until('ready');
    await bench.clock.advance(120_000);
    expect(bench.pdus()).toEqual([pduOf(1), `1;24;${pduOf(2)}`]);
    expect(modem.held.ME?.size).toBe(0);
    await bench.line.stop();
  });

  it('B1 urc-mid-reply: a line receives despite notifications before the echo and between a header and its PDU', async () => {
    const bench = await readyBench();
    bench.modem.store(pduOf(1), { slot: 1, silent: true });
    bench.modem.on(
      /^AT\+CMGL=4$/,
      () => {
        bench.modem.store(pduOf(2), { slot: 2, silent: true });
        return [
          '+CMTI: "ME",2',
          '+CMGL: 1,0,,23',
          '^RSSI:26',
          '+CMTI: "ME",2',
          pduOf(1),
          '*PSUTTZ: 2022',
          'OK',
        ];
      },
      1,
    );
    bench.modem.tell('+CMTI: "ME",1');
    await bench.clock.advance(1_000);
    expect(bench.pdus()).toEqual([pduOf(1), pduOf(2)]);
    expect(deletions(bench)).toEqual(['AT+CMGD=1', 'AT+CMGD=2']);
  });

  it('B4 late-reply: an answer after the deadline answers no other command', async () => {
    const bench = await readyBench();
    bench.modem.store(pduOf(1), { slot: 1, silent: true });
    bench.modem.store(pduOf(2), { slot: 2, silent: true });
    bench.modem.on(/^AT\+CMGD=1$/, { afterMs: 18_000, lines: ['OK'] }, 1);
    bench.modem.tell('+CMTI: "ME",1');
    await bench.clock.advance(120_000);
    // The listing was void: what it showed is deleted after a new one only.
    const { sent } = bench.modem;
    const second = sent.indexOf('AT+CMGL=4', sent.indexOf('AT+CMGD=1'));
    expect(sent.indexOf('AT+CMGD=2')).toBeGreaterThan(second);
    expect(second).toBeGreaterThan(sent.indexOf('AT+CGSN'));
    expect(bench.states[0]).toBe('resyncing line.unanswered');
    expect(bench.line.report().state).toBe('ready');
    expect(bench.modem.opens).toBe(1);
    expect(bench.modem.held.ME?.size).toBe(0);
  });

  it('B4 late-reply: a line never deletes while the dialogue is in doubt', async () => {
    const bench = await readyBench();
    bench.modem.store(pduOf(1), { slot: 1, silent: true });
    bench.modem.on(/^AT\+CMGL=4$/, { afterMs: 40_000, lines: ['+CMGL: 1,0,,23', pduOf(1), 'OK'] }, 1);
    bench.modem.tell('+CMTI: "ME",1');
    await bench.clock.advance(120_000);
    const { sent } = bench.modem;
    expect(sent.indexOf('AT+CMGD=1')).toBeGreaterThan(sent.indexOf('AT+CGSN'));
    expect(bench.pdus()).toEqual([pduOf(1)]);
    expect(bench.modem.held.ME?.size).toBe(0);
  });

  it('B6 line-ends: a line receives despite doubled CR, LF alone and empty lines', async () => {
    const bench = await readyBench();
    bench.modem.store(pduOf(1), { slot: 1, silent: true });
    bench.modem.on(
      /^AT\+CMGL=4$/,
      () => {
        bench.modem.say(`AT+CMGL=4\r\r\n\n\n+CMGL: 1,0,,23\n${pduOf(1)}\r\r\n\r\n\r\nOK\n`);
        return 'silence';
      },
      1,
    );
    bench.modem.say('+CMTI: "ME",1\r\r\n');
    await bench.clock.advance(1_000);
    expect(bench.pdus()).toEqual([pduOf(1)]);
  });

  it('B1 urc-mid-reply: a direct text torn by other lines is found in the memories', async () => {
    const bench = await readyBench({}, { pollIntervalMs: 3_600_000 });
    bench.modem.store(pduOf(1), { silent: true });
    bench.modem.say('\r\n+CMT: ,23\r\n');
    await bench.clock.advance(5_000);
    expect(bench.pdus()).toEqual([pduOf(1)]);
  });

  it('B14 bad-pdu-line: a listing whose second reading is not answered loses no text', async () => {
    const bench = await readyBench();
    bench.modem.store(pduOf(1), { slot: 1, silent: true });
    bench.modem.on(/^AT\+CMGL=4$/, ['+CMGL: 1,0,,23', '0004=', 'OK'], 1);
    bench.modem.on(/^AT\+CMGR=1$/, 'silence', 1);
    bench.modem.tell('+CMTI: "ME",1');
    await bench.clock.advance(60_000);
    expect(bench.pdus()).toEqual([pduOf(1)]);
  });

  it('a memory that refuses to be used is asked three times, not for ever', async () => {
    const bench = startBench({}, { healthIntervalMs: 86_400_000 });
    bench.modem.on(/^AT\+CPMS="SM"/, ['+CMS ERROR: 302']);
    await bench.until('ready');
    await bench.clock.advance(600_000);
    expect(bench.modem.sent.filter((text) => text === 'AT+CPMS="SM"')).toHaveLength(3);
    expect(bench.line.report().state).toBe('ready');
  });

  it('B7 glued-lines: a line receives a PDU with the next header, or an OK, behind it', async () => {
    const bench = await readyBench();
    bench.modem.store(pduOf(1), { slot: 1, silent: true });
    bench.modem.store(pduOf(2), { slot: 2, silent: true });
    const listing = ['+CMGL: 1,0,,23', `${pduOf(1)}+CMGL: 2,0,,23`, `${pduOf(2)}OK`];
    bench.modem.on(/^AT\+CMGL=4$/, listing, 1);
    bench.modem.tell('+CMTI: "ME",1');
    await bench.clock.advance(1_000);
    expect(bench.pdus()).toEqual([pduOf(1), pduOf(2)]);
  });

  it('B10 chopped-reads: a line receives from a port that gives single octets', async () => {
    const chop = (bytes: Uint8Array) => [...bytes].map((octet) => Uint8Array.of(octet));
    const bench = await readyBench({ chop });
    for (let n = 0; n < 5; n += 1) bench.modem.store(pduOf(n));
    await bench.clock.advance(1_000);
    expect(bench.pdus()).toEqual([0, 1, 2, 3, 4].map(pduOf));
  });

  it('B11 slow-list: a full memory is received despite pauses between its lines', async () => {
    const bench = await readyBench();
    bench.modem.on(
      /^AT\+CMGL=4$/,
      () => {
        for (let n = 0; n < 6; n += 1)
          bench.clock.after(25_000 * (n + 1), () =>
            bench.modem.say(`\r\n+CMGL: ${n},0,,23\r\n${pduOf(n)}\r\n`),
          );
        return { afterMs: 160_000, lines: ['OK'] };
      },
      1,
    );
    bench.modem.tell('+CMTI: "ME",0');
    await bench.clock.advance(170_000);
    expect(bench.pdus()).toEqual([0, 1, 2, 3, 4, 5].map(pduOf));
    expect(bench.states).toEqual([]);
  });

  it('B11 slow-list: a listing that comes octet by octet is received', async () => {
    const bench = await readyBench();
    bench.modem.on(
      /^AT\+CMGL=4$/,
      () => {
        [...`+CMGL: 0,0,,23\r\n${pduOf(1)}\r\n\r\nOK\r\n`].forEach((octet, place) => {
          bench.clock.after(3_000 * place, () => bench.modem.say(octet));
        });
        return 'silence';
      },
      1,
    );
    bench.modem.tell('+CMTI: "ME",0');
    await bench.clock.advance(300_000);
    expect(bench.pdus()).toEqual([pduOf(1)]);
    expect(bench.states).toEqual([]);
  });

  it('B15 text-mode-reply: a modem that falls back to text mode is read without a loop', async () => {
    const bench = await readyBench();
    bench.modem.store(pduOf(1), { silent: true });
    bench.modem.on(/^AT\+CMGL=4$/, ['+CMGL: 0,"REC READ","10086",,"26/11/23,14:00:00+36"', 'words', 'OK'], 1);
    bench.modem.set('cmgf', '1');
    bench.modem.tell('+CMTI: "ME",0');
    await bench.clock.advance(10_000);
    expect(bench.pdus()).toEqual([pduOf(1)]);
    expect(bench.modem.sent.slice(0, 3)).toEqual(['AT+CMGL=4', 'AT+CMGF=0', 'AT+CMGL=4']);
    expect(bench.states).toEqual([]);
  });

  it('B15 text-mode-reply: a modem that never leaves text mode is tried with growing waits', async () => {
    const bench = await readyBench();
    bench.modem.on(/^AT\+CMGL=4$/, ['+CMGL: 0,"REC READ","10086",,""', 'words', 'OK']);
    bench.modem.tell('+CMTI: "ME",0');
    await bench.clock.advance(600_000);
    const setUps = bench.modem.sent.filter((text) => text === 'ATE0').length;
    expect(setUps).toBeGreaterThan(5);
    expect(setUps).toBeLessThan(40);
    expect(bench.accepted).toEqual([]);
  });

  it('B16 too-fast: a line learns to wait if commands right after an OK fail with 512', async () => {
    const bench = await readyBench();
    let lastMs = -Infinity;
    bench.modem.on(/^AT\+CMG/, (command) => {
      const tooFast = bench.clock.monotonicMs() - lastMs < 80;
      lastMs = bench.clock.monotonicMs();
      return tooFast && command.startsWith('AT+CMGD') ? ['+CMS ERROR: 512'] : undefined;
    });
    for (let n = 0; n < 8; n += 1) bench.modem.store(pduOf(n), { silent: true });
    bench.modem.tell('+CMTI: "ME",0');
    await bench.clock.advance(10_000);
    expect(bench.modem.held.ME?.size).toBe(0);
    expect(deletions(bench).length).toBeLessThan(8 + 4);
    expect(bench.pdus()).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map(pduOf));
  });

  it('B16 too-fast: a line learns to wait if commands right after an answer get no answer', async () => {
    const bench = startBench();
    let lastMs = -Infinity;
    bench.modem.on(/./, () => {
      const tooFast = bench.clock.monotonicMs() - lastMs < 50;
      if (!tooFast) lastMs = bench.clock.monotonicMs();
      return tooFast ? 'silence' : undefined;
    });
    await bench.until('ready');
    for (let n = 0; n < 8; n += 1) bench.modem.store(pduOf(n));
    await bench.clock.advance(10_000);
    expect(bench.pdus()).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map(pduOf));
    expect(bench.line.report().maker).toBe('Acme');
  });

  it.each([
    ['nothing', ['OK']],
    ['321', ['+CMS ERROR: 321']],
    ['320', ['+CMS ERROR: 320']],
    ['500', ['+CMS ERROR: 500']],
    ['ERROR', ['ERROR']],
    ['a header of nothing', ['+CMGR: 0,,0', 'OK']],
  ])('C8 empty-slot: a slot that is read alone is empty if the modem answers %s', async (_name, empty) => {
    const bench = await readyBench({ memories: { ME: 5 } });
    bench.modem.store(pduOf(1), { slot: 3, silent: true });
    bench.modem.on(/^AT\+CMGL=4$/, ['ERROR']);
    bench.modem.on(/^AT\+CMGR=/, (command) =>
      bench.modem.held.ME?.has(Number(command.slice(8))) ? undefined : empty,
    );
    bench.modem.tell('+CMTI: "ME",-1');
    await bench.clock.advance(1_000);
    expect(bench.pdus()).toEqual([pduOf(1)]);
    expect(bench.line.report().state).toBe('ready');
    expect(bench.modem.held.ME?.size).toBe(0);
  });

  it('C9 cmgl-dead: slots are read if a listing hangs, and only the named one if a notification names one', async () => {
    const bench = await readyBench({ memories: { ME: 5 } });
    bench.modem.store(pduOf(1), { slot: 0, silent: true });
    bench.modem.on(/^AT\+CMGL=4$/, 'silence');
    bench.modem.tell('+CMTI: "ME",0');
    await bench.clock.advance(80_000);
    expect(bench.pdus()).toEqual([pduOf(1)]);
    expect(bench.line.report().state).toBe('ready');
    bench.modem.clearSent();
    bench.modem.store(pduOf(2), { slot: 4 });
    await bench.clock.advance(100);
    expect(bench.modem.sent).toEqual(['AT+CMGR=4', 'AT+CMGD=4']);
    expect(bench.pdus()).toEqual([pduOf(1), pduOf(2)]);
  });

  it('B5 no-final: a pass over the slots goes on where it was, and empties what it has read again', async () => {
    const bench = await readyBench({ memories: { ME: 5 } }, { pollIntervalMs: 3_600_000 });
    for (const slot of [0, 2, 4]) bench.modem.store(pduOf(slot + 1), { slot, silent: true });
    bench.modem.on(/^AT\+CMGL=4$/, ['ERROR']);
    bench.modem.on(/^AT\+CMGR=2$/, [`+CMGR: 0,,${lengthOf(pduOf(3))}`, pduOf(3)], 1);
    bench.modem.tell('+CMTI: "SM",-1');
    await bench.clock.advance(10_000);
    expect(listings(bench)).toEqual([[pduOf(1), pduOf(3)], [pduOf(5)]]);
    const slots = bench.modem.sent.filter((text) => /^AT\+CMG[RD]=\d/.test(text));
    expect(slots).toEqual([
      ...['AT+CMGR=0', 'AT+CMGR=1', 'AT+CMGR=2'],
      ...['AT+CMGR=0', 'AT+CMGD=0', 'AT+CMGR=2', 'AT+CMGD=2'],
      ...[3, 4, 5, 0, 1, 2].map((slot) => `AT+CMGR=${slot}`),
      'AT+CMGD=4',
    ]);
    expect(bench.modem.held.ME?.size).toBe(0);
  });

  it('B5 no-final: a line out of step with its modem records what a slot shows before it deletes the slot', async () => {
    const bench = await readyBench({ memories: { ME: 2 } }, { pollIntervalMs: 3_600_000 });
    bench.modem.store(pduOf(1), { slot: 0, silent: true });
    bench.modem.on(/^AT\+CMGL=4$/, ['ERROR']);
    const recordedAtDeletion: string[][] = [];
    bench.modem.on(/^AT\+CMGD=0$/, () => {
      recordedAtDeletion.push(bench.pdus());
      return undefined;
    });
    bench.modem.on(
      /^AT\+CMGR=0$/,
      () => {
        bench.modem.store(pduOf(2), { slot: 0, silent: true });
        return [`+CMGR: 0,,${lengthOf(pduOf(1))}`, pduOf(1)];
      },
      1,
    );
    bench.modem.tell('+CMTI: "SM",-1');
    await bench.clock.advance(10_000);
    expect(bench.pdus()).toEqual([pduOf(1), pduOf(2)]);
    expect(deletions(bench)).toEqual(['AT+CMGD=0']);
    expect(recordedAtDeletion).toEqual([[pduOf(1), pduOf(2)]]);
  });

  it('C11 cmgd-fails: a listing proves a deletion at once if the register requires it, and later at the next poll', async () => {
    const bench = await readyBench({}, { released: () => true, pollIntervalMs: 30_000 });
    bench.modem.on(/^AT\+CMGD=0$/, ['OK'], 2);
    bench.modem.store(pduOf(1));
    await bench.clock.advance(1_000);
    expect(bench.modem.sent).toEqual(['AT+CMGL=4', 'AT+CMGD=0', 'AT+CMGL=4', 'AT+CMGD=0']);
    await bench.clock.advance(60_000);
    expect(bench.modem.held.ME?.size).toBe(0);
  });

  it('C9 cmgl-dead, B12 hang: a slot that never answers delays none behind it', async () => {
    const bench = await readyBench({ memories: { ME: 5 } });
    for (const slot of [0, 1, 4]) bench.modem.store(pduOf(slot), { slot, silent: true });
    bench.modem.on(/^AT\+CMGL=4$/, ['ERROR']);
    bench.modem.on(/^AT\+CMGR=1$/, 'silence');
    await bench.clock.advance(120_000);
    expect(bench.pdus()).toEqual([pduOf(0), pduOf(4)]);
    expect([...(bench.modem.held.ME?.keys() ?? [])]).toEqual([1]);
  });

  it('B5 no-final: a listing without an end hands over what it has shown whole, and proves nothing of the rest', async () => {
    const bench = await readyBench({ memories: { ME: 5 } }, { pollIntervalMs: 3_600_000 });
    for (const slot of [1, 2]) bench.modem.store(pduOf(slot), { slot, silent: true });
    const shown = ['+CMGL: 1,0,,23', pduOf(1), '+CMGL: 2,0,,23', pduOf(2).slice(0, 20)];
    bench.modem.on(/^AT\+CMGL=4$/, shown, 1);
    bench.modem.tell('+CMTI: "SM",-1');
    await bench.clock.advance(120_000);
    expect(listings(bench)).toEqual([[pduOf(1)], [pduOf(2)]]);
    expect(bench.modem.sent.filter((text) => /^AT\+CMG[LRD]=\d/.test(text)).slice(0, 4)).toEqual([
      'AT+CMGL=4',
      'AT+CMGR=1',
      'AT+CMGD=1',
      'AT+CMGL=4',
    ]);
    expect(bench.modem.held.ME?.size).toBe(0);
  });

  it('C10 cmgl-partial: texts that a listing leaves out are received from their slots', async () => {
    const bench = await readyBench({ memories: { ME: 5 } });
    bench.modem.on(/^AT\+CMGL=4$/, ['OK']);
    bench.modem.store(pduOf(1), { slot: 3 });
    await bench.clock.advance(61_000);
    expect(bench.pdus()).toEqual([pduOf(1)]);
    expect(bench.modem.held.ME?.size).toBe(0);
  });

  it('C5 cpms-count-lies: a wrong count of texts leads to one search', async () => {
    const bench = await readyBench({ memories: { ME: 5 } });
    bench.modem.on(/^AT\+CPMS\?$/, ['+CPMS: "ME",2,5,"ME",2,5,"ME",2,5', 'OK']);
    await bench.clock.advance(600_000);
    expect(bench.modem.sent.filter((text) => text.startsWith('AT+CMGR='))).toHaveLength(6);
    expect(bench.line.report().state).toBe('ready');
  });

  it('A4 first-at-lost: a modem that falls asleep between polls is woken first from then on', async () => {
    const bench = await readyBench();
    let heardMs = bench.clock.monotonicMs();
    bench.modem.on(/./, () => {
      const asleep = bench.clock.monotonicMs() - heardMs > 10_000;
      heardMs = bench.clock.monotonicMs();
      return asleep ? 'silence' : undefined;
    });
    await bench.clock.advance(120_000);
    bench.modem.clearSent();
    bench.modem.store(pduOf(1), { silent: true });
    await bench.clock.advance(60_000);
    expect(bench.pdus()).toEqual([pduOf(1)]);
    expect(bench.modem.sent.filter((text) => text === 'AT').length).toBeGreaterThan(0);
    expect(bench.modem.sent.some((text) => text.startsWith('AT+CMGR='))).toBe(false);
  });

  it('C10 cmgl-partial: texts that a listing leaves out of a memory beside the one in use are found by its count', async () => {
    const bench = await readyBench({ memories: { ME: 5, SM: 5 } });
    bench.modem.on(/^AT\+CMGL=4$/, ['OK']);
    bench.modem.store(pduOf(1), { memory: 'SM', slot: 3, silent: true });
    await bench.clock.advance(31_000);
    expect(bench.accepted).toMatchObject([{ pdu: pduOf(1), memory: 'SM', slot: 3 }]);
    expect(bench.modem.held.SM?.size).toBe(0);
  });

  it('C5 cpms-count-lies: a wrong count of a memory beside the one in use leads to one search', async () => {
    const bench = await readyBench({ memories: { ME: 5, SM: 5 } });
    bench.modem.on(/^AT\+CPMS="SM"$/, () => {
      bench.modem.set('readMemory', 'SM');
      return ['+CPMS: 2,5,0,5,0,5', 'OK'];
    });
    await bench.clock.advance(300_000);
    expect(bench.modem.sent.filter((text) => text === 'AT+CMGR=3')).toHaveLength(1);
    expect(bench.line.report().state).toBe('ready');
  });

  it('C9 cmgl-dead: a line reads the slots that AT+CMGD=? lists, if they are as many as are counted', async () => {
    const bench = await readyBench({ memories: { ME: 50 } });
    bench.modem.on(/^AT\+CMGL=4$/, ['ERROR']);
    let lies = false;
    bench.modem.on(/^AT\+CMGD=\?$/, () => {
      const slots = lies ? [] : [...(bench.modem.held.ME?.keys() ?? [])];
      return [`+CMGD: (${slots.join(',')}),(0-4)`, 'OK'];
    });
    await bench.clock.advance(40_000);
    bench.modem.clearSent();
    bench.modem.store(pduOf(1), { slot: 7, silent: true });
    bench.modem.store(pduOf(2), { slot: 30, silent: true });
    await bench.clock.advance(30_000);
    expect(bench.pdus()).toEqual([pduOf(1), pduOf(2)]);
    expect(bench.modem.sent.filter((text) => text.startsWith('AT+CMGR'))).toEqual([
      'AT+CMGR=7',
      'AT+CMGR=30',
    ]);
    lies = true;
    bench.modem.store(pduOf(3), { slot: 9, silent: true });
    await bench.clock.advance(30_000);
    expect(bench.pdus()).toContain(pduOf(3));
  });

  it('a listing from before foreign traffic leads to no deletion', async () => {
    let strays = 1;
    const bench: LineBench = startBench(
      {},
      {
        accept: async (listing) => {
          if (listing.length === 0 || strays === 0) return;
          strays -= 1;
          bench.modem.clearSent();
          bench.modem.say('\r\nOK\r\n');
          await new Promise((resolve) => bench.clock.after(50, () => resolve(null)));
        },
      },
    );
    await bench.until('ready');
    await bench.clock.advance(1_000);
    bench.modem.store(pduOf(1));
    await bench.clock.advance(10_000);
    const { sent } = bench.modem;
    expect(sent.indexOf('AT+CMGL=4')).toBeGreaterThan(-1);
    expect(sent.indexOf('AT+CMGL=4')).toBeLessThan(sent.indexOf('AT+CMGD=0'));
  });

  it('C9 cmgl-dead: listing is tried again after a while', async () => {
    const bench = await readyBench({ memories: { ME: 5 } });
    bench.modem.on(/^AT\+CMGL=4$/, ['ERROR'], 1);
    await bench.clock.advance(60_000);
    bench.modem.clearSent();
    await bench.clock.advance(600_000);
    expect(bench.modem.sent).toContain('AT+CMGL=4');
  });

  it('a SIM that is busy for a while is asked later', async () => {
    const bench = await readyBench();
    bench.modem.store(pduOf(1), { silent: true });
    bench.modem.on(/^AT\+CMG[LR]=/, ['+CMS ERROR: 314'], 4);
    bench.modem.tell('+CMTI: "ME",0');
    await bench.clock.advance(20_000);
    expect(bench.states).toEqual(['waiting-for-sim sim.busy', 'ready']);
    expect(bench.pdus()).toEqual([pduOf(1)]);
  });

  it.each([
    ['ERROR', ['ERROR']],
    ['OK', ['OK']],
    ['no answer', 'silence'],
  ] as const)(
    'C11 cmgd-fails: a line goes on if a deletion does not free its slot and ends with %s',
    async (_name, answer) => {
      const bench = await readyBench();
      bench.modem.on(/^AT\+CMGD=3(?:,0)?$/, answer);
      bench.modem.store(pduOf(1), { slot: 3 });
      await bench.clock.advance(600_000);
      bench.modem.store(pduOf(2), { slot: 4 });
      await bench.clock.advance(120_000);
      expect(bench.pdus().filter((pdu) => pdu === pduOf(1)).length).toBeLessThanOrEqual(3);
      expect(bench.pdus().filter((pdu) => pdu === pduOf(2))).toHaveLength(1);
      expect(deletions(bench).filter((text) => text !== 'AT+CMGD=4')).toEqual([
        'AT+CMGD=3',
        'AT+CMGD=3',
        'AT+CMGD=3,0',
      ]);
      expect(bench.line.report()).toMatchObject({ state: 'ready', undeletable: 1 });
      const reports = bench.events.filter((event) => event.code === 'line.slot-undeletable');
      expect(reports).toEqual([
        { level: 'error', code: 'line.slot-undeletable', facts: { memory: 'ME', slot: 3 } },
      ]);
    },
  );

  it('C11 cmgd-fails: a line receives a new text in a slot that it had given up', async () => {
    const bench = await readyBench();
    bench.modem.on(/^AT\+CMGD=3/, ['ERROR'], 3);
    bench.modem.store(pduOf(1), { slot: 3 });
    await bench.clock.advance(300_000);
    bench.modem.store(pduOf(2), { slot: 3 });
    await bench.clock.advance(60_000);
    expect(bench.pdus()).toContain(pduOf(2));
    expect(bench.modem.held.ME?.size).toBe(0);
    expect(bench.line.report().undeletable).toBe(0);
  });

  it('C13 slot-reuse: a line deletes nothing of a listing that a reboot has made void', async () => {
    const bench = await readyBench();
    bench.modem.store(pduOf(1), { slot: 1, silent: true });
    bench.modem.store(pduOf(2), { slot: 2, silent: true });
    bench.modem.on(
      /^AT\+CMGD=1$/,
      () => {
        bench.modem.held.ME?.clear();
        bench.modem.store(pduOf(7), { slot: 2, silent: true });
        bench.modem.forget();
        bench.modem.tell('RDY');
        return 'silence';
      },
      1,
    );
    bench.modem.tell('+CMTI: "ME",1');
    await bench.clock.advance(60_000);
    expect(bench.pdus()).toContain(pduOf(7));
    const { sent } = bench.modem;
    expect(sent.indexOf('AT+CMGD=2')).toBeGreaterThan(sent.indexOf('ATE0'));
  });

  it('C13 slot-reuse: a line deletes nothing if the modem reboots while the register commits', async () => {
    let commit: () => void = () => {};
    const accept = (listing: readonly Arrival[]) =>
      listing.length === 0
        ? Promise.resolve(undefined)
        : new Promise<undefined>((resolve) => (commit = () => resolve(undefined)));
    const bench = startBench({}, { accept });
    await bench.until('ready');
    await bench.clock.advance(1_000);
    bench.modem.store(pduOf(1), { slot: 1 });
    await bench.clock.advance(100);
    bench.modem.clearSent();
    bench.modem.tell('RDY');
    await bench.clock.advance(100);
    commit();
    await bench.clock.advance(100);
    expect(deletions(bench)).toEqual([]);
    await bench.clock.advance(5_000);
    expect(bench.modem.sent).toContain('AT+CMGL=4');
  });

  it('C15 direct-cmt: a text that comes both directly and into the memory is received once', async () => {
    const bench = await readyBench();
    bench.modem.say(`\r\n+CMT: ,23\r\n${pduOf(1)}\r\n`);
    bench.modem.store(pduOf(1), { slot: 2 });
    await bench.clock.advance(1_000);
    expect(bench.accepted).toMatchObject([{ slot: null }, { slot: 2 }]);
    expect(bench.modem.held.ME?.size).toBe(0);
  });

  it('C17 cdsi-trap: a report that is announced in one memory is found in another', async () => {
    const bench = await readyBench({ memories: { ME: 23, SM: 20, SR: 10 } });
    bench.modem.store(pduOf(1), { memory: 'SR', slot: 8, silent: true });
    bench.modem.store(pduOf(2), { memory: 'SM', slot: 8, silent: true });
    bench.modem.tell('+CDSI: "SM",8');
    await bench.clock.advance(1_000);
    expect(bench.accepted).toMatchObject([
      { memory: 'SM', pdu: pduOf(2), report: false },
      { memory: 'SR', pdu: pduOf(1), report: true },
    ]);
  });

  it('C18 poison-pdu: an unreadable text delays no others', async () => {
    const bench = await readyBench();
    bench.modem.store('zz no pdu at all', { slot: 1, silent: true });
    bench.modem.store(pduOf(2), { slot: 2 });
    await bench.clock.advance(1_000);
    expect(bench.pdus()).toEqual(['zz no pdu at all', pduOf(2)]);
    expect(bench.modem.held.ME?.size).toBe(0);
  });

  it('C20 ack-before-save: a line deletes after the register has resolved, not before', async () => {
    const order: string[] = [];
    const bench = startBench(
      {},
      {
        accept: async (listing) => {
          if (listing.length === 0) return;
          await new Promise((resolve) => bench.clock.after(5_000, () => resolve(null)));
          order.push('on disk');
        },
      },
    );
    bench.modem.on(/^AT\+CMGD/, () => {
      order.push('deleted');
      return undefined;
    });
    await bench.until('ready');
    bench.modem.store(pduOf(1));
    await bench.clock.advance(10_000);
    expect(order).toEqual(['on disk', 'deleted']);
  });

  it('B3 noise-flood: URCs without end hide no text', async () => {
    const bench = await readyBench();
    for (let i = 0; i < 500; i += 1) {
      bench.modem.tell('^RSSI:31');
      if (i === 250) bench.modem.store(pduOf(1));
      await bench.clock.advance(20);
    }
    expect(bench.pdus()).toEqual([pduOf(1)]);
    expect(bench.events.filter((event) => event.code === 'line.unasked')).toHaveLength(1);
  });
});
