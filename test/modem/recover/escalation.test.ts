import { describe, expect, it } from 'vitest';
import { dayMs, hourMs, minuteMs } from '../../../src/base/amounts.ts';
import {
  type AllowedSteps,
  adviseOn,
  dailyCaps,
  type Episode,
  type TakenStep,
  type Trouble,
} from '../../../src/modem/recover/escalation.ts';

const everything: AllowedSteps = { radio: true, restart: true, hook: true };

/** Sees the trouble every ten seconds and writes down which steps were taken, in minutes. */
function escalate(trouble: Trouble, forMs: number, allowed = everything, isSeen = (_ms: number) => true) {
  let known: Episode | null = null;
  let taken: TakenStep[] = [];
  const log: string[] = [];
  for (let nowMs = 0; nowMs <= forMs; nowMs += 10_000) {
    if (!isSeen(nowMs)) continue;
    const { episode, due } = adviseOn(trouble, known, taken, allowed, nowMs);
    known = episode;
    if (due === null) continue;
    taken = [...taken.filter(({ atMs }) => nowMs - atMs < dayMs), { step: due, atMs: nowMs }];
    log.push(`${nowMs / minuteMs} ${due}`);
  }
  return log;
}

describe('reset escalation', () => {
  it.each<[Trouble, string[]]>([
    ['silent', ['5 radio', '10 restart', '15 hook', '60 restart', '65 hook', '360 restart', '365 hook']],
    ['sim-failed', ['0.5 radio', '5 radio', '15 restart', '30 hook', '60 radio', '360 restart', '365 hook']],
    ['sim-busy', ['5 radio', '20 restart', '60 hook', '360 radio', '365 restart']],
    ['sim-absent', ['10 radio', '60 radio', '360 radio']],
    ['service', ['5 radio', '20 restart', '60 hook', '360 restart', '365 hook']],
    ['denied', ['10 radio', '60 radio', '360 radio']],
    ['searching', ['60 radio', '360 radio']],
    ['unregistered', ['1 radio', '10 radio', '30 restart', '60 radio', '360 radio', '365 restart']],
  ])('reset escalation resets a modem in the trouble %s with growing waits', (trouble, log) => {
    expect(escalate(trouble, 7 * hourMs)).toEqual(log);
  });

  it('reset escalation goes on without end, and slowly', () => {
    expect(escalate('denied', 3 * dayMs)).toHaveLength(2 + 12);
  });

  it('reset escalation leaves out the steps that this modem or this host does not allow', () => {
    expect(escalate('silent', 7 * hourMs, { radio: true, restart: false, hook: false })).toEqual(['5 radio']);
    expect(escalate('sim-failed', hourMs, { radio: true, restart: false, hook: true })).toEqual([
      '0.5 radio',
      '5 radio',
      '30 hook',
      '60 radio',
    ]);
    expect(escalate('silent', dayMs, { radio: false, restart: false, hook: false })).toEqual([]);
  });

  it('reset escalation begins anew if a trouble was absent for more than ten minutes, and goes on otherwise', () => {
    const away = (fromMin: number, toMin: number) => (ms: number) =>
      ms < fromMin * minuteMs || ms > toMin * minuteMs;
    expect(escalate('silent', 25 * minuteMs, everything, away(11, 20)).slice(0, 3)).toEqual([
      '5 radio',
      '10 restart',
      `${(20 * 60 + 10) / 60} hook`,
    ]);
    expect(escalate('silent', 35 * minuteMs, everything, away(11, 22))).toEqual([
      '5 radio',
      '10 restart',
      `${(27 * 60 + 10) / 60} radio`,
      `${(32 * 60 + 10) / 60} restart`,
    ]);
  });

  it('B12, G12: reset escalation never exceeds the daily cap of each step within 24 hours', () => {
    const log = escalate('silent', 4 * dayMs);
    for (const step of ['restart', 'hook'] as const) {
      const minutes = log.filter((each) => each.endsWith(step)).map((each) => Number.parseFloat(each));
      for (const [place, minute] of minutes.entries()) {
        const earlier = minutes[place - dailyCaps[step]];
        if (earlier !== undefined) expect(minute - earlier).toBeGreaterThanOrEqual(24 * 60);
      }
    }
  });

  it('reset escalation leaves a modem alone for two minutes after every reset, whatever it was for', () => {
    const taken = [{ step: 'hook', atMs: 1_000_000 }] as const;
    const earlier = { sinceMs: 0, seenMs: 1_000_000, place: 0 };
    const advice = adviseOn('silent', earlier, taken, everything, 1_060_000);
    expect(advice).toMatchObject({ due: null, next: { step: 'radio', atMs: 1_120_000 } });
  });

  it('reset escalation says which step comes next', () => {
    expect(adviseOn('denied', null, [], everything, 5_000)).toEqual({
      episode: { sinceMs: 5_000, seenMs: 5_000, place: 0 },
      due: null,
      next: { place: 0, step: 'radio', atMs: 605_000 },
    });
  });
});
