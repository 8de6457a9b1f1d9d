import { describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../src/base/amounts.ts';
import { isSweepDue, nextSweepMs } from '../../src/daemon/sweep-loop.ts';

const minuteMs = 60_000;
/** A full hour. */
const fullMs = Date.UTC(2026, 10, 23, 5, 0, 0);

describe('the next sweep', () => {
  it.each([
    ['on the next full hour, of an hourly sweep', 20 * minuteMs, hourMs, hourMs],
    ['an hour later, on a full hour', 0, hourMs, hourMs],
    ['in a millisecond, just before', hourMs - 1, hourMs, hourMs],
    ['on the next quarter', 20 * minuteMs, 15 * minuteMs, 30 * minuteMs],
    ['on the full hour, of an interval that misses it', 50 * minuteMs, 25 * minuteMs, hourMs],
    ['in the next second', 400, 1_000, 1_000],
    ['at midnight UTC, of a daily sweep', 20 * minuteMs, dayMs, 19 * hourMs],
  ])('the next sweep is %s', (_, atMs, intervalMs, nextMs) => {
    expect(nextSweepMs(fullMs + atMs, intervalMs) - fullMs).toBe(nextMs);
  });
});

describe('a sweep', () => {
  const last = { wallMs: fullMs + 20 * minuteMs, monotonicMs: 0 };
  it.each([
    ['not due before its time', 59 * minuteMs, 39 * minuteMs, false],
    ['due on the full hour', hourMs, 40 * minuteMs, true],
    ['due when the clock leapt beyond it', 30 * dayMs, minuteMs, true],
    ['due when the clock was set back', -30 * dayMs, minuteMs, true],
    ['due when the interval has passed by the uptime, whatever the clock says', 21 * minuteMs, hourMs, true],
  ])('a sweep is %s', (_, wallMs, monotonicMs, due) => {
    expect(isSweepDue(last, { wallMs: fullMs + wallMs, monotonicMs }, hourMs)).toBe(due);
  });
});
