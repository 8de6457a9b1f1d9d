import { describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../../src/base/amounts.ts';
import { type HolderSituation, planHours } from '../../../src/store/holder/plan-hours.ts';
import { hourOf } from '../../../src/store/hour.ts';
import type { Mark, Opinions } from '../../../src/store/sweep/clock-rule.ts';
import { nowMs, retentionMs } from '../temp-register.ts';

const aheadMs = 72 * hourMs;
const silent: Opinions = { network: null, synchronisedAtMs: null, forced: false };
const now = hourOf(nowMs);
const first = hourOf(nowMs - retentionMs);
const all = Array.from({ length: now + 72 - first + 1 }, (_, index) => first + index);

const markAt = (atMs: number): Mark => ({
  ...{ atMs, stampedMs: atMs, sinceMs: atMs },
  ...{ boot: 'one', uptimeMs: 0, confirmed: false },
});

/** A holder that ran until now, and is looked at when its clock says this. */
function plan(wallMs: number, changes: Partial<HolderSituation> = {}) {
  return planHours({
    mark: markAt(nowMs),
    reading: { wallMs, boot: 'one', uptimeMs: 0 },
    opinions: silent,
    hours: all,
    ...{ retentionMs, aheadMs, maxShare: 0.25 },
    ...changes,
  });
}

describe("the plan of a holder's hours", () => {
  it('a new holder has a secret for each hour of the retention and for those ahead', () => {
    const { wanted, ending, clock } = plan(nowMs, { mark: null, hours: [] });
    expect(wanted).toEqual(all);
    expect({ ending, standing: clock.standing }).toEqual({ ending: [], standing: 'sound' });
  });

  it('an hour later one hour ends and one is added', () => {
    const reading = { wallMs: nowMs + hourMs, boot: 'one', uptimeMs: hourMs };
    const { ending, wanted } = plan(0, { reading });
    expect(ending).toEqual([first]);
    expect(wanted).toEqual(all.map((hour) => hour + 1));
  });

  it('an hour ends when the last instant of it is past by the whole retention, and not before', () => {
    const endMs = (first + 1) * hourMs + retentionMs;
    expect(plan(endMs - 1).ending).toEqual([]);
    expect(plan(endMs).ending).toEqual([first]);
  });

  it('a clock that leapt a year ahead ends nothing and publishes nothing until something confirms it', () => {
    const later = nowMs + 365 * dayMs;
    expect(plan(later)).toMatchObject({
      clock: { standing: 'leapt', waiting: true },
      ending: [],
      wanted: [],
    });
    const forced = plan(later, { opinions: { ...silent, forced: true } });
    expect(forced).toMatchObject({ clock: { standing: 'corrected', waiting: false }, ending: all });
    expect(forced.wanted[0]).toBe(hourOf(later - retentionMs));
  });

  it('hours ahead do not let a clock that leapt end more of those that were written to', () => {
    // 169 of 673 hours of the retention are more than a quarter, and would be less of all 745.
    expect(plan(nowMs + 169 * hourMs).ending).toEqual([]);
    expect(plan(nowMs + 160 * hourMs).ending).toHaveLength(160);
  });

  it('a clock of 1970 ends nothing, publishes nothing, and is not believed afterwards', () => {
    const { mark, ...rest } = plan(0);
    expect(rest).toMatchObject({ clock: { standing: 'behind' }, ending: [], wanted: [] });
    expect(mark.atMs).toBe(nowMs);
  });

  it('a holder that lost its mark takes it from its newest secret, and not as the time of that', () => {
    expect(plan(nowMs, { mark: null })).toMatchObject({
      clock: { standing: 'sound' },
      ending: [],
      wanted: all,
    });
    expect(plan(nowMs + 365 * dayMs, { mark: null })).toMatchObject({ ending: [], wanted: [] });
  });
});
