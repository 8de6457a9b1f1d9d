import { describe, expect, it } from 'vitest';
import { minuteMs } from '../../../src/base/amounts.ts';
import {
  budgetAtOpen,
  earn,
  fullBudget,
  LineBudget,
  lineLimits,
  spend,
} from '../../../src/modem/port/line-budget.ts';
import type { Transport } from '../../../src/modem/port/transport.ts';
import type { Arrival } from '../../../src/modem/receive/arrival.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { startBench } from '../../support/line-bench.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const notice = '\r\n+CMTI: "SM",1\r\n';
/** The longest text that a network delivers: a service centre, a header and 140 octets, with its line of the listing. */
const listed = `\r\n+CMGL: 9999,1,,177\r\n${'0'.repeat(2 * (12 + 177))}\r\n`;

describe('the budget of a line', () => {
  it.each([
    ['three listings of the largest memory, all at once', listed.repeat(10_000), 3, 0],
    [
      'a memory of 255 texts every second for an hour',
      `${notice}${listed}\r\nOK\r\n`.repeat(255),
      3_600,
      1_000,
    ],
    ['a serial port of 921,600 baud that never rests', 'F'.repeat(92_160), 3_600, 1_000],
  ])('the budget of a line allows %s', (_name, piece, times, apartMs) => {
    const octets = bytes(piece);
    let budget = fullBudget(0);
    for (let i = 0; i < Math.min(times, 100); i += 1) {
      const { after, flood } = spend(budget, octets, i * apartMs);
      expect(flood).toBeNull();
      budget = after;
    }
    // What it allows for a while it allows for ever: nothing was used up.
    if (apartMs > 0) expect(budget.octets.left).toBeGreaterThan(lineLimits.octets.burst - 2 * octets.length);
  });

  it('the budget of a line never ends while its texts are taken, however fast they come', () => {
    const text = bytes(`${notice}${listed}\r\nOK\r\n`);
    let budget = fullBudget(0);
    for (let i = 0; i < 50_000; i += 1) {
      const { after, flood } = spend(budget, text, 0);
      expect(flood).toBeNull();
      budget = earn(after, 1);
    }
    expect(budget.lines.left).toBe(lineLimits.lines.burst);
  });

  it.each([
    ['lines', bytes(notice.repeat(4_000))],
    ['octets', bytes('F'.repeat(65_536))],
  ] as const)('the budget of a line ends at too many %s, and what was within it counts', (what, chunk) => {
    let budget = fullBudget(0);
    let passed = 0;
    for (let i = 0; i < 1_000; i += 1) {
      const { after, within, flood } = spend(budget, chunk, 0);
      budget = after;
      passed += within;
      if (flood === null) continue;
      expect(flood).toBe(what);
      break;
    }
    const { burst } = lineLimits[what];
    const most = what === 'octets' ? burst : (burst / 4_000) * chunk.length;
    expect(passed).toBeGreaterThan(most * 0.99);
    expect(passed).toBeLessThan(most * 1.01 + 20);
  });

  it('a port that was flooded saves nothing up while it is closed, and has enough for a set-up and a listing', () => {
    const spent = spend(fullBudget(0), bytes(notice.repeat(80_000)), 0).after;
    const opened = budgetAtOpen(spent, minuteMs);
    expect(opened.lines.left).toBe(lineLimits.lines.atOpen);
    expect(spend(opened, bytes(listed.repeat(10_000)), minuteMs).flood).toBeNull();
  });

  it('a port that is closed for a flood passes nothing on any more, and says why', () => {
    let receive: (octets: Uint8Array) => void = () => {};
    let closes = 0;
    const peer: Transport = {
      write: async () => {},
      onBytes: (to) => {
        receive = to;
      },
      onClose: () => {},
      close: async () => {
        closes += 1;
      },
    };
    const alarms: unknown[] = [];
    const status = { setAlarm: (...given: unknown[]) => alarms.push(given) };
    const budget = new LineBudget(new FakeClock(), status);
    const port = budget.on(peer);
    let passed = 0;
    const ends: unknown[] = [];
    port.onBytes((octets) => {
      passed += octets.length;
    });
    port.onClose((why) => ends.push(why));
    for (let i = 0; i < 100; i += 1) receive(bytes(notice.repeat(4_000)));
    expect(closes).toBe(1);
    expect(ends).toEqual([expect.objectContaining({ code: 'line.flooded', facts: { what: 'lines' } })]);
    expect(alarms).toEqual([['line.flooded', true, { what: 'lines' }]]);
    expect(passed).toBeLessThan(lineLimits.lines.burst * notice.length);
  });
});

describe('a line that brings more rubbish than the register takes', () => {
  it('a line keeps on its modem what the register leaves, delivers the rest, backs off and goes on', async () => {
    let mayTake = 3;
    const taken: string[] = [];
    const accept = async (listing: readonly Arrival[]) => {
      const rubbish = listing.filter(({ pdu }) => pdu.startsWith('FF'));
      const left = new Set(rubbish.slice(mayTake));
      mayTake -= rubbish.length - left.size;
      taken.push(...listing.filter((arrival) => !left.has(arrival)).map(({ pdu }) => pdu));
      return { left, known: 0 };
    };
    const bench = startBench({ memories: { ME: 20 } }, { accept }, (modem) => {
      for (let i = 0; i < 8; i += 1) modem.store(`FF${`${i}`.repeat(30)}`, { silent: true });
      modem.store('0001000291', { silent: true });
    });
    for (let ms = 0; !bench.states.includes('recovering line.flooded'); ms += 100) {
      expect(ms).toBeLessThan(minuteMs);
      await bench.clock.advance(100);
    }
    expect(taken).toHaveLength(4);
    expect(taken).toContain('0001000291');
    expect(bench.line.report()).toMatchObject({ alarms: ['line.flooded'], waiting: 5 });
    mayTake = 100;
    await bench.clock.advance(5 * minuteMs);
    expect(bench.line.report()).toMatchObject({ state: 'ready', waiting: 0 });
    expect(new Set(taken).size).toBe(9);
    expect(taken).toHaveLength(9);
    await bench.clock.advance(10 * minuteMs);
    expect(bench.line.report().alarms).toEqual([]);
    await Promise.all([bench.line.stop(), bench.clock.advance(5_000)]);
  });
});
