import { describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../../src/base/amounts.ts';
import { hourOf } from '../../../src/store/hour.ts';
import {
  type ClockReading,
  chooseCut,
  isOfTheFuture,
  judgeTime,
  type Mark,
  misdatedHours,
  type NetworkTime,
  nextMark,
  type Opinions,
  type Standing,
  type TimeJudgement,
} from '../../../src/store/sweep/clock-rule.ts';

const markMs = Date.UTC(2026, 10, 23, 5, 0, 0);
const epochMs = Date.UTC(1970, 0, 1, 0, 1, 0);
const minuteMs = 60_000;
const weekMs = 7 * dayMs;

const mark: Mark = {
  atMs: markMs,
  boot: 'one',
  uptimeMs: 100 * hourMs,
  stampedMs: markMs,
  sinceMs: markMs - 50 * hourMs,
  confirmed: true,
};
const noOpinions: Opinions = { network: null, synchronisedAtMs: null, forced: false };

/** The machine a while after the mark, in the same boot. */
const later = (wallMs: number, passedMs: number = hourMs): ClockReading => {
  return { wallMs, boot: 'one', uptimeMs: mark.uptimeMs + passedMs };
};
/** The machine ten minutes after it was started again. */
const restarted = (wallMs: number): ClockReading => ({ wallMs, boot: 'two', uptimeMs: 10 * minuteMs });
const networkAt = (sentAtMs: number, { boot, uptimeMs }: ClockReading): NetworkTime => {
  return { sentAtMs, boot, uptimeMs };
};

interface Case {
  readonly name: string;
  readonly reading: ClockReading;
  readonly mark?: Mark | null;
  readonly opinions?: Partial<Opinions>;
  readonly standing: Standing;
  readonly claimedMs: number;
  /** In what order a sweep tries what one witness alone says; what two agree on needs no trying. */
  readonly claimsMs?: readonly number[];
  /** As claimed if nothing is claimed by one alone, else nothing. */
  readonly certainMs?: number;
}

const nowMs = markMs + hourMs;
const fiveWeeksOn = markMs + 5 * weekMs;
const cases: readonly Case[] = [
  {
    name: 'an hour later by clock and uptime',
    reading: later(nowMs),
    standing: 'sound',
    claimedMs: nowMs,
  },
  {
    name: 'a register that holds nothing, whatever the date',
    mark: null,
    reading: later(epochMs),
    standing: 'sound',
    claimedMs: epochMs,
  },
  {
    name: 'set right by half an hour, forward',
    reading: later(nowMs + 30 * minuteMs),
    standing: 'sound',
    claimedMs: nowMs + 30 * minuteMs,
  },
  {
    name: 'set right by half an hour, back',
    reading: later(nowMs - 30 * minuteMs),
    standing: 'sound',
    claimedMs: nowMs - 30 * minuteMs,
  },
  {
    name: 'set years back while it runs: time goes on by the uptime',
    reading: later(epochMs),
    standing: 'behind',
    claimedMs: nowMs,
    claimsMs: [nowMs],
  },
  {
    name: 'started years back, no battery: time goes on, and rows are stamped from the next full hour',
    reading: restarted(epochMs),
    standing: 'behind',
    claimedMs: markMs + hourMs,
    claimsMs: [markMs],
  },
  {
    name: 'started minutes after it went off',
    reading: restarted(markMs + 5 * minuteMs),
    standing: 'sound',
    claimedMs: markMs + 5 * minuteMs,
  },
  {
    name: 'started with the time of its last shutdown, as a saved clock has it',
    reading: restarted(markMs - 20 * minuteMs),
    standing: 'sound',
    claimedMs: markMs - 20 * minuteMs,
  },
  {
    name: 'that time, but texts say that five weeks have passed',
    reading: restarted(markMs + minuteMs),
    opinions: { network: networkAt(fiveWeeksOn, restarted(0)) },
    standing: 'behind',
    claimedMs: markMs + minuteMs,
  },
  {
    name: 'started five weeks later, nobody to ask',
    reading: restarted(fiveWeeksOn),
    standing: 'leapt',
    claimedMs: fiveWeeksOn,
    claimsMs: [fiveWeeksOn, markMs],
  },
  {
    name: 'started five weeks later, and a text has come',
    reading: restarted(fiveWeeksOn),
    opinions: { network: networkAt(fiveWeeksOn - 2 * minuteMs, restarted(0)) },
    standing: 'corrected',
    claimedMs: fiveWeeksOn,
  },
  {
    name: 'started five weeks later, and a text has come that had waited for three days',
    reading: restarted(fiveWeeksOn),
    opinions: { network: networkAt(fiveWeeksOn - 3 * dayMs, restarted(0)) },
    standing: 'leapt',
    claimedMs: fiveWeeksOn,
    claimsMs: [fiveWeeksOn, markMs],
    certainMs: fiveWeeksOn - 3 * dayMs,
  },
  {
    name: 'started five weeks later, and the time service has set the clock',
    reading: restarted(fiveWeeksOn),
    opinions: { synchronisedAtMs: fiveWeeksOn - 5 * minuteMs },
    standing: 'corrected',
    claimedMs: fiveWeeksOn,
  },
  {
    name: 'started five weeks later, and somebody says so',
    reading: restarted(fiveWeeksOn),
    opinions: { forced: true },
    standing: 'corrected',
    claimedMs: fiveWeeksOn,
  },
  {
    name: 'set to 2099 while it runs',
    reading: later(Date.UTC(2099, 0, 1)),
    standing: 'leapt',
    claimedMs: Date.UTC(2099, 0, 1),
    claimsMs: [Date.UTC(2099, 0, 1), nowMs],
  },
  {
    name: 'set to 2099 while it runs, and texts still say 2026',
    reading: later(Date.UTC(2099, 0, 1)),
    opinions: { network: networkAt(nowMs - minuteMs, later(0)) },
    standing: 'ahead',
    claimedMs: nowMs,
    claimsMs: [nowMs],
  },
  {
    name: 'set to 2099 after the time service had set it right',
    reading: later(Date.UTC(2099, 0, 1)),
    opinions: { synchronisedAtMs: nowMs - 20 * minuteMs },
    standing: 'leapt',
    claimedMs: Date.UTC(2099, 0, 1),
    claimsMs: [Date.UTC(2099, 0, 1), nowMs],
  },
  {
    name: 'a single text from 2099, and a clock that is right',
    reading: later(nowMs),
    opinions: { network: networkAt(Date.UTC(2099, 0, 1), later(0)) },
    standing: 'behind',
    claimedMs: nowMs,
  },
  {
    name: 'set forward by two weeks, and a text from 2099 comes',
    reading: later(markMs + 2 * weekMs),
    opinions: { network: networkAt(Date.UTC(2099, 0, 1), later(0)) },
    standing: 'leapt',
    claimedMs: markMs + 2 * weekMs,
    claimsMs: [markMs + 2 * weekMs, nowMs],
  },
  {
    name: 'started five weeks later, and the modem still shows a text from before',
    reading: restarted(fiveWeeksOn),
    opinions: { network: networkAt(markMs - dayMs, restarted(0)) },
    standing: 'leapt',
    claimedMs: fiveWeeksOn,
    claimsMs: [fiveWeeksOn, markMs],
  },
  {
    name: 'a text from the boot before says nothing',
    reading: restarted(fiveWeeksOn),
    opinions: { network: networkAt(markMs, later(0, 0)) },
    standing: 'leapt',
    claimedMs: fiveWeeksOn,
    claimsMs: [fiveWeeksOn, markMs],
  },
  {
    name: 'a mark that was ahead, and a text that agrees with the clock',
    mark: { ...mark, atMs: Date.UTC(2099, 0, 1), stampedMs: Date.UTC(2099, 0, 1) },
    reading: later(nowMs),
    opinions: { network: networkAt(nowMs - minuteMs, later(0)) },
    standing: 'corrected',
    claimedMs: nowMs,
  },
  {
    name: 'a mark that was ahead, and nobody to ask',
    mark: { ...mark, atMs: markMs + weekMs },
    reading: later(nowMs),
    standing: 'behind',
    claimedMs: nowMs + weekMs,
    claimsMs: [nowMs + weekMs],
  },
  {
    name: 'a system that does not tell its boots apart: no time has passed for certain',
    mark: { ...mark, boot: null },
    reading: { ...later(markMs + dayMs), boot: null },
    standing: 'leapt',
    claimedMs: markMs + dayMs,
    claimsMs: [markMs + dayMs, markMs],
  },
  {
    name: 'an uptime that leapt by decades: the clock, which speaks against it, dates the rows',
    reading: later(nowMs, 57 * 365 * dayMs),
    standing: 'contradicted',
    claimedMs: nowMs,
    claimsMs: [markMs + 57 * 365 * dayMs, nowMs],
  },
  {
    name: 'an uptime that runs backwards measures nothing',
    reading: later(nowMs, -50 * hourMs),
    standing: 'sound',
    claimedMs: nowMs,
  },
  {
    name: 'started five weeks later, and a text has come that is four days older: too old to have waited',
    reading: restarted(fiveWeeksOn),
    opinions: { network: networkAt(fiveWeeksOn - 4 * dayMs, restarted(0)) },
    standing: 'leapt',
    claimedMs: fiveWeeksOn,
    claimsMs: [fiveWeeksOn, markMs],
  },
];

describe('what time it is', () => {
  it.each(cases)('$name', (entry) => {
    const { mark: before = mark, reading, opinions, claimsMs = [] } = entry;
    const { certainMs = claimsMs.length === 0 ? entry.claimedMs : null } = entry;
    const { standing, claimedMs } = entry;
    const judged = judgeTime(before, reading, { ...noOpinions, ...opinions });
    expect(judged).toMatchObject({ standing, claimedMs, certainMs, claimsMs });
  });

  it('what time it is goes on by the uptime as long as the clock stays behind', () => {
    const first = judgeTime(mark, restarted(epochMs), noOpinions);
    const since = nextMark(mark, restarted(epochMs), first, chooseCut(first, [], 0.25).atMs);
    const dayLater = { wallMs: epochMs + dayMs, boot: 'two', uptimeMs: restarted(0).uptimeMs + dayMs };
    const second = judgeTime(since, dayLater, noOpinions);
    expect(second).toMatchObject({ claimedMs: markMs + hourMs + dayMs, claimsMs: [markMs + dayMs] });
    expect(chooseCut(second, [], 0.25).atMs).toBe(markMs + dayMs);
  });
});

/** Four weeks of hours, the oldest of which has just ended at the mark. */
const endsMs = Array.from({ length: 672 }, (_, index) => markMs + index * hourMs);
const cutAt = (reading: ClockReading, opinions: Partial<Opinions> = {}, maxShare = 0.25) =>
  chooseCut(judgeTime(mark, reading, { ...noOpinions, ...opinions }), endsMs, maxShare);

describe('how far a sweep goes', () => {
  it('a sweep goes as far as the clock, hour by hour', () => {
    expect(cutAt(later(nowMs))).toEqual({ atMs: nowMs, doubtful: 0, living: 670, waiting: false });
  });

  it('a sweep goes as far as the clock after a weekend off', () => {
    const monday = markMs + 2.5 * dayMs;
    expect(cutAt(restarted(monday))).toMatchObject({ atMs: monday, doubtful: 61, waiting: false });
  });

  it('a sweep goes as far as is certain after five weeks off, until there is a second opinion', () => {
    const off = restarted(fiveWeeksOn);
    expect(cutAt(off)).toEqual({ atMs: markMs, doubtful: 672, living: 672, waiting: true });
    expect(cutAt(off, { synchronisedAtMs: fiveWeeksOn })).toMatchObject({
      atMs: fiveWeeksOn,
      waiting: false,
    });
    expect(cutAt(off, { network: networkAt(fiveWeeksOn, off) })).toMatchObject({ atMs: fiveWeeksOn });
    expect(cutAt(off, { forced: true })).toMatchObject({ atMs: fiveWeeksOn, waiting: false });
  });

  it('a sweep goes as far as the clock where a text came that had waited for less than the share', () => {
    const off = restarted(fiveWeeksOn);
    // Of five weeks all but the last are past for certain: four weeks of hours, and more, are gone by both.
    const network = networkAt(fiveWeeksOn - 3 * dayMs, off);
    expect(cutAt(off, { network })).toMatchObject({ atMs: fiveWeeksOn, doubtful: 0, waiting: false });
    const twentyDays = restarted(markMs + 20 * dayMs);
    const waited = { network: networkAt(markMs + 17 * dayMs, twentyDays) };
    expect(cutAt(twentyDays)).toMatchObject({ waiting: true });
    expect(cutAt(twentyDays, waited, 0.3)).toMatchObject({ atMs: markMs + 20 * dayMs, doubtful: 72 });
  });

  it('how far a sweep goes changes with the share that is configured, to the hour', () => {
    const tenDays = restarted(markMs + 10 * dayMs);
    expect(cutAt(tenDays, {}, 241 / 672)).toMatchObject({ doubtful: 241, waiting: false });
    expect(cutAt(tenDays, {}, 240 / 672)).toMatchObject({ doubtful: 241, waiting: true, atMs: markMs });
    expect(cutAt(tenDays, {}, 1)).toMatchObject({ waiting: false });
  });

  it('a sweep goes not a minute further than is certain while the network says that the clock is ahead', () => {
    const reading = later(markMs + 3 * dayMs);
    const cut = cutAt(reading, { network: networkAt(nowMs, reading) });
    expect(cut).toMatchObject({ atMs: nowMs, waiting: true });
  });

  it('G5: a sweep destroys nothing when the clock is set years back', () => {
    expect(cutAt(restarted(epochMs))).toMatchObject({ atMs: markMs, waiting: false });
    expect(cutAt(later(epochMs))).toMatchObject({ atMs: nowMs, waiting: false });
  });
});

/** What each witness says beyond the truth. */
type Lies = Readonly<Record<'clock' | 'uptime' | 'mark' | 'network' | 'service', number>>;
const witnesses = ['clock', 'uptime', 'mark', 'network', 'service'] as const;
const truth: Lies = { clock: 0, uptime: 0, mark: 0, network: 0, service: 0 };

interface Scene {
  readonly name: string;
  readonly restarted: boolean;
  /** Whether a text has come and the time service is there. */
  readonly heard: boolean;
}

/** The cut of a sweep one hour after the last, in a register of four weeks of hours that are all alive at that time. */
function cutOf(lies: Lies, scene: Scene) {
  const told: Mark = { ...mark, atMs: markMs + lies.mark, stampedMs: markMs + lies.mark };
  const uptimeMs = (scene.restarted ? 10 * minuteMs : mark.uptimeMs + hourMs) + lies.uptime;
  const reading: ClockReading = {
    wallMs: nowMs + lies.clock,
    boot: scene.restarted ? 'two' : 'one',
    uptimeMs,
  };
  const opinions: Opinions = scene.heard
    ? {
        network: { ...reading, uptimeMs: uptimeMs - lies.uptime, sentAtMs: nowMs + lies.network },
        synchronisedAtMs: nowMs + lies.service,
        forced: false,
      }
    : noOpinions;
  const alive = Array.from({ length: 672 }, (_, index) => nowMs + (index + 1) * hourMs);
  const cut = chooseCut(judgeTime(told, reading, opinions), alive, 0.25);
  return { ...cut, destroyed: alive.filter((endMs) => endMs <= cut.atMs).length };
}

const lengths = [10 * minuteMs, 2 * hourMs, dayMs, 5 * dayMs, 20 * dayMs, 27 * dayMs, 57 * 365 * dayMs];
const anyLie = [0, ...lengths.flatMap((lengthMs) => [lengthMs, -lengthMs])];
const scenes: readonly Scene[] = [
  { name: 'while the machine runs, with texts and a time service', restarted: false, heard: true },
  { name: 'while the machine runs, and nobody else speaks', restarted: false, heard: false },
  { name: 'after a restart, with texts and a time service', restarted: true, heard: true },
  { name: 'after a restart, and nobody else speaks', restarted: true, heard: false },
];

/** Two who say the same by more than chance: within what one of them may lag behind the other. */
const agree = (oneMs: number, otherMs: number) => Math.abs(oneMs - otherMs) <= 3 * dayMs;

/** Each two of them with each two lies. Two that tell the same lie are two witnesses, and left out. */
const pairsOfLies: readonly Partial<Lies>[] = witnesses.flatMap((one, index) =>
  witnesses
    .slice(index + 1)
    .flatMap((other) =>
      anyLie.flatMap((first) =>
        anyLie
          .filter((second) => !(first > dayMs && second > dayMs && agree(first, second)))
          .map((second) => ({ [one]: first, [other]: second })),
      ),
    ),
);

describe('a register whose hours are all alive', () => {
  it.each(scenes)('loses no more than the share and a day, whichever two witnesses lie, $name', (scene) => {
    const lost = pairsOfLies.map((lies) => ({
      ...lies,
      lost: cutOf({ ...truth, ...lies }, scene).destroyed,
    }));
    expect(lost.length).toBeGreaterThan(2_000);
    expect(lost.filter(({ lost: hours }) => hours > 672 / 4 + 24)).toEqual([]);
    // The share is used: the test does not look at a sweep that never moves.
    expect(lost.some(({ lost: hours }) => hours > 20)).toBe(true);
  });

  it.each(scenes)('loses at most a day by one lie of hours, $name', (scene) => {
    for (const witness of witnesses)
      for (const lie of anyLie)
        if (Math.abs(lie) <= dayMs)
          expect(cutOf({ ...truth, [witness]: lie }, scene).destroyed).toBeLessThanOrEqual(24);
  });

  it('goes when two agree: that the clock and the network lie together is not known', () => {
    const both = { ...truth, clock: 27 * dayMs, network: 27 * dayMs };
    expect(cutOf(both, scenes[0] as Scene).destroyed).toBe(27 * 24);
  });
});

describe('hours with wrong dates', () => {
  const firstStart = Date.UTC(1970, 0, 1, 0, 0, 30);
  const started: ClockReading = { wallMs: firstStart, boot: 'one', uptimeMs: 30_000 };
  const begun = nextMark(null, started, judgeTime(null, started, noOpinions), firstStart);
  const setRight: ClockReading = { wallMs: markMs, boot: 'one', uptimeMs: 30_000 + 2 * hourMs };
  const synchronised: Opinions = { ...noOpinions, synchronisedAtMs: markMs };
  const judged = (before: Mark, opinions = synchronised): TimeJudgement =>
    judgeTime(before, setRight, opinions);

  it('hours with wrong dates are those from the start of the machine until the time service set its clock', () => {
    expect(misdatedHours(begun, setRight, judged(begun), false)).toEqual({
      firstHour: 0,
      lastHour: 2,
      shiftMs: markMs - firstStart - 2 * hourMs,
    });
  });

  it.each([
    ['the dates had been confirmed', { ...begun, confirmed: true }, synchronised, false],
    ['nobody confirms the new date', begun, noOpinions, false],
    ['it is somebody who says so', begun, { ...noOpinions, forced: true }, true],
    ['the machine was restarted in between', { ...begun, boot: 'zero' }, synchronised, false],
    ['the clock had been right', { ...begun, stampedMs: markMs - 2 * hourMs }, synchronised, false],
  ])('hours with wrong dates are none when %s', (_, before, opinions, forced) => {
    expect(misdatedHours(before, setRight, judged(before, opinions), forced)).toBeNull();
  });

  it('hours with wrong dates begin anew with each leap of the time that rows are stamped with', () => {
    const leapt = nextMark(begun, setRight, judged(begun), markMs);
    expect(leapt).toMatchObject({ sinceMs: markMs, confirmed: true });
    const on: ClockReading = { ...setRight, wallMs: markMs + dayMs, uptimeMs: setRight.uptimeMs + dayMs };
    const next = nextMark(leapt, on, judgeTime(leapt, on, noOpinions), on.wallMs);
    expect(next).toMatchObject({ sinceMs: markMs, confirmed: true });
  });

  it('hours with wrong dates are not those before five weeks off, although the sweep had to wait for the second opinion', () => {
    const off = restarted(fiveWeeksOn);
    const waiting = nextMark(mark, off, judgeTime(mark, off, noOpinions), markMs);
    const told: ClockReading = { ...off, wallMs: off.wallMs + hourMs, uptimeMs: off.uptimeMs + hourMs };
    const opinions = { ...noOpinions, synchronisedAtMs: told.wallMs };
    expect(misdatedHours(waiting, told, judgeTime(waiting, told, opinions), false)).toBeNull();
  });

  it('hours with wrong dates are those, too, that begin more than a day from now', () => {
    const sound = judgeTime(mark, later(nowMs), noOpinions);
    expect(isOfTheFuture(hourOf(nowMs + dayMs), sound)).toBe(false);
    expect(isOfTheFuture(hourOf(nowMs + dayMs) + 1, sound)).toBe(true);
    const behind = judgeTime(mark, later(epochMs), noOpinions);
    expect(isOfTheFuture(hourOf(nowMs + 2 * dayMs), behind)).toBe(false);
  });
});
