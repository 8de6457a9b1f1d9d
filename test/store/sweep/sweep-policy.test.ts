import { describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../../src/base/amounts.ts';
import { expiredHours, nextStepRows, partlyPastHourAt } from '../../../src/store/sweep/sweep-start.ts';

const retentionMs = 28 * dayMs;
/** The hour from 05:00 to 06:00 UTC of some day. */
const hour = 494_621;
const startMs = hour * hourMs;
const expiryMs = startMs + hourMs + retentionMs;
const hours = [hour - 700, hour - 1, hour, hour + 1, hour + 671];

describe('the hours that have ended', () => {
  it.each([
    ['a millisecond before its last row could be past', expiryMs - 1, [hour - 700, hour - 1]],
    ['when its last row could be past', expiryMs, [hour - 700, hour - 1, hour]],
    ['an hour later', expiryMs + hourMs, [hour - 700, hour - 1, hour, hour + 1]],
    ['after years', expiryMs + 2_000 * dayMs, hours],
    ['in 1970', 60_000, []],
  ])('the hours that have ended are, %s', (_, nowMs, ended) => {
    expect(expiredHours(nowMs, retentionMs, hours)).toEqual(ended);
  });

  it.each([hourMs, 90 * 60_000, 366 * dayMs])(
    'the hours that have ended are right for a retention of %i ms',
    (otherMs) => {
      expect(expiredHours(startMs + hourMs + otherMs, otherMs, [hour, hour + 1])).toEqual([hour]);
      expect(expiredHours(startMs + hourMs + otherMs - 1, otherMs, [hour, hour + 1])).toEqual([]);
    },
  );

  it('the hours that have ended are by their corrected end where their date is wrong', () => {
    const ends = new Map([
      [hour, expiryMs + dayMs],
      [hour + 671, expiryMs],
    ]);
    expect(expiredHours(expiryMs, retentionMs, hours, ends)).toEqual([hour - 700, hour - 1, hour + 671]);
  });
});

describe('the edge between past and living', () => {
  it.each([
    [startMs + retentionMs - 1, hour - 1, startMs - 1],
    [startMs + retentionMs, hour, startMs],
    [startMs + retentionMs + 1_000, hour, startMs + 1_000],
  ])('the edge between past and living lies, at %i, in the hour %i', (nowMs, edgeHour, lastPastMs) => {
    expect(partlyPastHourAt(nowMs, retentionMs)).toEqual({ hour: edgeHour, lastPastMs });
  });
});

describe('the rows of a step', () => {
  it.each([
    ['stay where it took its time', 200, 10, 200],
    ['double at most', 200, 0.01, 400],
    ['are a quarter at least', 200, 5_000, 50],
    ['follow the time in between', 200, 16, 125],
    ['are never none', 10, 10_000, 8],
    ['are never too many', 3_000, 1, 4_000],
  ])('the rows of a step %s', (_, rows, tookMs, next) => {
    expect(nextStepRows(rows, tookMs, 10)).toBe(next);
  });
});
