import { describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../../src/base/amounts.ts';
import {
  type Climb,
  dailyCaps,
  lookAt,
  type Means,
  type Taken,
  type Trouble,
} from '../../../src/modem/recover/ladder.ts';

const everything: Means = { radio: true, restart: true, hook: true };
const minuteMs = 60_000;

/** Looks every ten seconds and writes down what was taken, in minutes. */
function climb(trouble: Trouble, forMs: number, means: Means = everything, seen = (_ms: number) => true) {
  let known: Climb | null = null;
  let taken: Taken[] = [];
  const log: string[] = [];
  for (let nowMs = 0; nowMs <= forMs; nowMs += 10_000) {
    if (!seen(nowMs)) continue;
    const look = lookAt(trouble, known, taken, means, nowMs);
    known = look.climb;
    if (look.due === null) continue;
    taken = [...taken.filter(({ atMs }) => nowMs - atMs < dayMs), { rung: look.due, atMs: nowMs }];
    log.push(`${nowMs / minuteMs} ${look.due}`);
  }
  return log;
}

describe('the reset ladder', () => {
  it.each<[Trouble, string[]]>([
    ['silent', ['5 radio', '10 restart', '15 hook', '60 restart', '65 hook', '360 restart', '365 hook']],
    ['sim-failed', ['0.5 radio', '5 radio', '15 restart', '30 hook', '60 radio', '360 restart', '365 hook']],
    ['sim-busy', ['5 radio', '20 restart', '60 hook', '360 radio', '365 restart']],
    ['sim-absent', ['10 radio', '60 radio', '360 radio']],
    ['service', ['5 radio', '20 restart', '60 hook', '360 restart', '365 hook']],
    ['denied', ['10 radio', '60 radio', '360 radio']],
    ['searching', ['60 radio', '360 radio']],
    ['unregistered', ['1 radio', '10 radio', '30 restart', '60 radio', '360 radio', '365 restart']],
  ])('of a modem that is %s is climbed with growing waits', (trouble, log) => {
    expect(climb(trouble, 7 * hourMs)).toEqual(log);
  });

  it('goes on for ever, and slowly', () => {
    expect(climb('denied', 3 * dayMs)).toHaveLength(2 + 12);
  });

  it('leaves out what this modem or this host has not', () => {
    expect(climb('silent', 7 * hourMs, { radio: true, restart: false, hook: false })).toEqual(['5 radio']);
    expect(climb('sim-failed', hourMs, { radio: true, restart: false, hook: true })).toEqual([
      '0.5 radio',
      '5 radio',
      '30 hook',
      '60 radio',
    ]);
    expect(climb('silent', dayMs, { radio: false, restart: false, hook: false })).toEqual([]);
  });

  it('begins anew when a trouble was away for more than ten minutes, and goes on when it was not', () => {
    const away = (fromMin: number, toMin: number) => (ms: number) =>
      ms < fromMin * minuteMs || ms > toMin * minuteMs;
    expect(climb('silent', 25 * minuteMs, everything, away(11, 20)).slice(0, 3)).toEqual([
      '5 radio',
      '10 restart',
      `${(20 * 60 + 10) / 60} hook`,
    ]);
    expect(climb('silent', 35 * minuteMs, everything, away(11, 22))).toEqual([
      '5 radio',
      '10 restart',
      `${(27 * 60 + 10) / 60} radio`,
      `${(32 * 60 + 10) / 60} restart`,
    ]);
  });

  it('B12, G12: is capped: no more resets of a kind in 24 hours, whatever happens', () => {
    const log = climb('silent', 4 * dayMs);
    for (const rung of ['restart', 'hook'] as const) {
      const minutes = log.filter((each) => each.endsWith(rung)).map((each) => Number.parseFloat(each));
      for (const [place, minute] of minutes.entries()) {
        const earlier = minutes[place - dailyCaps[rung]];
        if (earlier !== undefined) expect(minute - earlier).toBeGreaterThanOrEqual(24 * 60);
      }
    }
  });

  it('leaves a modem two minutes after every reset, whatever it was for', () => {
    const taken = [{ rung: 'hook', atMs: 1_000_000 }] as const;
    const earlier = { sinceMs: 0, seenMs: 1_000_000, step: 0 };
    const look = lookAt('silent', earlier, taken, everything, 1_060_000);
    expect(look).toMatchObject({ due: null, next: { rung: 'radio', atMs: 1_120_000 } });
  });

  it('says what comes next', () => {
    expect(lookAt('denied', null, [], everything, 5_000)).toEqual({
      climb: { sinceMs: 5_000, seenMs: 5_000, step: 0 },
      due: null,
      next: { step: 0, rung: 'radio', atMs: 605_000 },
    });
  });
});
