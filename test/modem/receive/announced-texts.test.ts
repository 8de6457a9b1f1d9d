import { describe, expect, it } from 'vitest';
import { hourMs, minuteMs } from '../../../src/base/amounts.ts';
import { type LineBench, startBench } from '../../support/line-bench.ts';
import { pduOf } from '../../support/scripted-modem.ts';

async function readyBench(...args: Parameters<typeof startBench>): Promise<LineBench> {
  const bench = startBench(...args);
  await bench.until('ready');
  await bench.clock.advance(1_000);
  bench.modem.clearSent();
  return bench;
}

const told = ({ events }: LineBench) =>
  events.filter(({ code }) => code === 'line.text-missing').map(({ facts }) => facts);

describe('a text that was announced', () => {
  it('C23 text-lost: a text that was announced and cannot be found is sought in its slot and in every memory, counted and told', async () => {
    const bench = await readyBench();
    bench.modem.tell('+CMTI: "SM",3');
    await bench.clock.advance(5_000);
    const { sent } = bench.modem;
    expect(sent).toContain('AT+CMGR=3');
    // The other memory was read as well, and the line is back in its own.
    const memories = sent.flatMap((command) => /^AT\+CPMS="(\w+)"/.exec(command)?.[1] ?? []);
    expect(memories).toContain('SM');
    expect(memories.at(-1)).toBe('ME');
    expect(told(bench)).toEqual([]);
    await bench.clock.advance(minuteMs);
    expect(told(bench)).toEqual([{ memory: 'SM', slot: 3 }]);
    expect(bench.line.report()).toMatchObject({ state: 'ready', missing: 1, alarms: [] });
  });

  it('C23: a text that was announced and cannot be found is an alarm if it happens again, for an hour', async () => {
    const bench = await readyBench();
    for (const slot of [3, 4]) {
      bench.modem.tell(`+CMTI: "ME",${slot}`);
      await bench.clock.advance(minuteMs);
    }
    expect(bench.line.report()).toMatchObject({
      state: 'unproven',
      reason: 'memory.unproven',
      missing: 2,
      alarms: ['texts.missing'],
    });
    // A memory that shows a text can be read.
    bench.modem.store(pduOf(1));
    await bench.clock.advance(5_000);
    expect(bench.line.report()).toMatchObject({ state: 'ready', reason: 'texts.missing', missing: 2 });
    await bench.clock.advance(hourMs);
    expect(bench.line.report()).toMatchObject({ state: 'ready', missing: 2, alarms: [] });
    expect(bench.pdus()).toEqual([pduOf(1)]);
  });

  it('C23: a text that was announced and cannot be found is told although the same slot is announced again and again', async () => {
    const bench = await readyBench();
    for (let n = 0; n < 12; n += 1) {
      bench.modem.tell('+CMTI: "ME",3');
      await bench.clock.advance(8_000);
    }
    expect(told(bench).length).toBeGreaterThanOrEqual(2);
    expect(bench.line.report().alarms).toEqual(['texts.missing']);
  });

  it('C23: an empty memory proves itself again an hour after the last text that could not be found', async () => {
    const bench = await readyBench();
    for (const slot of [3, 4]) {
      bench.modem.tell(`+CMTI: "ME",${slot}`);
      await bench.clock.advance(minuteMs);
    }
    await bench.clock.advance(hourMs);
    expect(bench.line.report()).toMatchObject({ state: 'ready', alarms: [] });
  });

  it('C23, C10: a text that was announced is read in its slot if no listing shows it', async () => {
    const bench = await readyBench({}, {}, (modem) => {
      modem.on(/^AT\+CMGL/, ['OK']);
      // The count agrees with the listing.
      modem.on(/^AT\+CPMS\?$/, ['+CPMS: "ME",0,23,"ME",0,23,"ME",0,23', 'OK']);
    });
    bench.modem.store(pduOf(1));
    await bench.clock.advance(2_000);
    expect(bench.pdus()).toEqual([pduOf(1)]);
    await bench.clock.advance(5 * minuteMs);
    expect(bench.line.report()).toMatchObject({ state: 'ready', missing: 0 });
  });

  it('C23: a text that was announced without a slot is missing only if no text at all comes within ten minutes', async () => {
    const bench = await readyBench();
    bench.modem.tell('+CMTI: "ME",-1');
    await bench.clock.advance(5 * minuteMs);
    bench.modem.store(pduOf(1));
    await bench.clock.advance(10 * minuteMs);
    expect(told(bench)).toEqual([]);
    bench.modem.tell('+CMTI: ,-1');
    await bench.clock.advance(12 * minuteMs);
    expect(told(bench)).toEqual([{ memory: null, slot: null }]);
  });
});

describe('no text is called missing', () => {
  const honest: [string, (bench: LineBench) => Promise<void> | void][] = [
    [
      'that is announced twice at once',
      ({ modem }) => {
        const slot = modem.store(pduOf(1));
        modem.tell(`+CMTI: "ME",${slot}`);
      },
    ],
    [
      'that is announced once more after it was taken',
      async ({ modem, clock }) => {
        const slot = modem.store(pduOf(1));
        await clock.advance(5_000);
        modem.tell(`+CMTI: "ME",${slot}`);
      },
    ],
    [
      'that a poll has taken before it is announced',
      async ({ modem, clock }) => {
        const slot = modem.store(pduOf(1), { silent: true });
        await clock.advance(40_000);
        modem.tell(`+CMTI: "ME",${slot}`);
      },
    ],
    [
      'that is announced between its listing and its deletion',
      ({ modem }) => {
        const slot = modem.store(pduOf(1), { silent: true });
        modem.on(
          /^AT\+CMGD=/,
          () => {
            modem.tell(`+CMTI: "ME",${slot}`);
            return undefined;
          },
          1,
        );
        modem.tell('+CMTI: "ME",22');
        modem.store(pduOf(2), { slot: 22, silent: true });
      },
    ],
    [
      'that lies in another memory than the announced one',
      ({ modem }) => {
        modem.store(pduOf(1), { memory: 'SM', slot: 7, silent: true });
        modem.tell('+CMTI: "ME",7');
      },
    ],
    [
      'that lies in another slot than the announced one',
      ({ modem }) => {
        modem.store(pduOf(1), { slot: 0, silent: true });
        modem.tell('+CMTI: "ME",1');
      },
    ],
    [
      'that comes directly as well',
      ({ modem }) => {
        modem.tell('+CMTI: "ME",1');
        modem.say(`\r\n+CMT: ,24\r\n${pduOf(1)}\r\n`);
      },
    ],
    [
      'that shows in its slot only some seconds after it was announced',
      async ({ modem, clock }) => {
        modem.tell('+CMTI: "ME",1');
        await clock.advance(8_000);
        modem.store(pduOf(1), { slot: 1, silent: true });
      },
    ],
    [
      'while the register refuses',
      async ({ modem, clock, refuseWith }) => {
        refuseWith(new Error('full'));
        modem.store(pduOf(1));
        await clock.advance(3 * minuteMs);
        refuseWith(null);
      },
    ],
  ];

  it.each(honest)('C23: no text is called missing %s', async (_how, act) => {
    const bench = await readyBench();
    await act(bench);
    await bench.clock.advance(5 * minuteMs);
    expect(told(bench)).toEqual([]);
    expect(bench.pdus()).toContain(pduOf(1));
    expect(bench.line.report()).toMatchObject({ state: 'ready', missing: 0, alarms: [] });
  });

  it('C23: no text is called missing that another SIM was said to hold', async () => {
    const bench = await readyBench();
    bench.modem.on(/^AT\+CMG[LR]/, 'silence', 1);
    bench.modem.tell('+CMTI: "SM",3');
    await bench.clock.advance(100);
    bench.modem.on(/^AT\+CIMI$/, ['450000000000099', 'OK']);
    bench.modem.on(/^AT\+CCID$/, ['+CCID: "8982000000000000099"', 'OK']);
    bench.modem.tell('+CPIN: NOT READY');
    await bench.clock.advance(5 * minuteMs);
    expect(bench.events.map(({ code }) => code)).toContain('line.sim-changed');
    expect(bench.line.report()).toMatchObject({ state: 'ready', missing: 0 });
  });
});
