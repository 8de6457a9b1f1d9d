import { describe, expect, it } from 'vitest';
import { traceWindows } from '../../../src/export/trace/case-visits.ts';
import { caseVisit, minuteMs, noonMs } from './case-rows.ts';

const one = '0313242114';
const other = '0313242115';

/** The windows in minutes; the end as the last minute that is inside. */
function spans(visits: [minutes: number, venue: string][], margin: number) {
  const windows = traceWindows(
    visits.map(([minutes, venue]) => caseVisit(minutes, { venue })),
    { beforeMs: margin * minuteMs, afterMs: margin * minuteMs },
  );
  return windows.map(({ venue, fromMs, toMs }) => [
    venue,
    (fromMs - noonMs) / minuteMs,
    (toMs - 1 - noonMs) / minuteMs,
  ]);
}

describe('the windows of a trace', () => {
  it.each([
    ['one visit, both ends included', [[0, one]], 30, [[one, -30, 30]]],
    ['none at all', [], 30, []],
    [
      'visits far apart',
      [
        [0, one],
        [90, one],
      ],
      30,
      [
        [one, -30, 30],
        [one, 60, 120],
      ],
    ],
    [
      'visits that overlap',
      [
        [0, one],
        [20, one],
        [45, one],
      ],
      30,
      [[one, -30, 75]],
    ],
    [
      'visits in any order',
      [
        [45, one],
        [0, one],
        [20, one],
      ],
      30,
      [[one, -30, 75]],
    ],
    [
      'one inside the other',
      [
        [0, one],
        [0, one],
      ],
      30,
      [[one, -30, 30]],
    ],
    [
      'two venues at the same time',
      [
        [0, one],
        [5, other],
      ],
      30,
      [
        [one, -30, 30],
        [other, -25, 35],
      ],
    ],
    ['no margin', [[0, one]], 0, [[one, 0, 0]]],
  ] as [string, [number, string][], number, [string, number, number][]][])(
    'the windows of a trace are right for %s',
    (_, visits, margin, expected) => expect(spans(visits, margin)).toEqual(expected),
  );

  it('the windows of a trace leave out no millisecond between two that touch, and include none twice', () => {
    const windows = traceWindows([caseVisit(0), caseVisit(60)], {
      beforeMs: 30 * minuteMs,
      afterMs: 30 * minuteMs,
    });
    expect(windows).toEqual([
      { venue: one, fromMs: noonMs - 30 * minuteMs, toMs: noonMs + 90 * minuteMs + 1 },
    ]);
  });
});
