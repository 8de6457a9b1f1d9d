import { describe, expect, it } from 'vitest';
import { hourMs } from '../../../src/base/amounts.ts';
import { openZone } from '../../../src/base/zone.ts';
import { countCells, type Dimension, isHidden, shownCount } from '../../../src/export/counts/count-groups.ts';
import type { Covered } from '../../../src/export/covered.ts';

/** Midnight in Korea. */
const midnightMs = Date.parse('2026-11-23T00:00:00+09:00');
const hall = '0313242114';
const market = '0313242115';
const counts = [
  { hourStartMs: midnightMs + 12 * hourMs, venue: hall, visits: 3 },
  { hourStartMs: midnightMs + 12 * hourMs, venue: market, visits: 10 },
  { hourStartMs: midnightMs + 13 * hourMs, venue: hall, visits: 4 },
  { hourStartMs: midnightMs + 36 * hourMs, venue: hall, visits: 100 },
];
const window = { fromMs: midnightMs, toMs: midnightMs + 48 * hourMs };
const covered: Covered = { ...window, before: 'destroyed' };
const seoul = openZone('Asia/Seoul');

async function* batches<T>(rows: readonly T[]) {
  yield rows;
}

it('counts by place have the names of places, and no number of a person', async () => {
  const person = '01055500123';
  const cells = await countCells(
    batches([...counts, { hourStartMs: midnightMs, venue: person, visits: 1 }]),
    {
      ...{ by: ['venue'], zone: seoul, window, covered },
      places: new Map([[hall, { name: '용인시청', address: null }]]),
    },
  );
  expect(cells.map(({ venue, venueName }) => [venue, venueName])).toEqual([
    ['010-****-**23', null],
    [hall, '용인시청'],
    [market, null],
  ]);
});

async function rows(...by: Dimension[]) {
  const cells = await countCells(batches(counts), { by, zone: seoul, window, covered });
  return cells
    .filter(({ visits }) => visits !== 0)
    .map(({ day, hour, venue, visits }) => [day, hour, venue, visits]);
}

describe('visits are counted', () => {
  it.each([
    [
      ['day'],
      [
        ['2026-11-23', null, null, 17],
        ['2026-11-24', null, null, 100],
      ],
    ],
    [
      ['hour'],
      [
        [null, 12, null, 113],
        [null, 13, null, 4],
      ],
    ],
    [
      ['venue'],
      [
        [null, null, hall, 107],
        [null, null, market, 10],
      ],
    ],
    [
      ['day', 'hour'],
      [
        ['2026-11-23', 12, null, 13],
        ['2026-11-23', 13, null, 4],
        ['2026-11-24', 12, null, 100],
      ],
    ],
    [
      ['day', 'venue'],
      [
        ['2026-11-23', null, hall, 7],
        ['2026-11-23', null, market, 10],
        ['2026-11-24', null, hall, 100],
      ],
    ],
    [
      ['venue', 'hour'],
      [
        [null, 12, hall, 103],
        [null, 12, market, 10],
        [null, 13, hall, 4],
      ],
    ],
  ] as [Dimension[], unknown[]][])('visits are counted by %j', async (by, expected) =>
    expect(await rows(...by)).toEqual(expected),
  );

  it('visits are counted with every day and hour of the window, also those without a visit', async () => {
    const cells = (by: Dimension[]) => countCells(batches(counts), { by, zone: seoul, window, covered });
    expect(await cells(['day'])).toHaveLength(2);
    expect(await cells(['hour'])).toHaveLength(24);
    expect(await cells(['day', 'hour'])).toHaveLength(48);
    const none = await countCells(batches([]), { by: ['day'], zone: seoul, window, covered });
    expect(none.map(({ visits }) => visits)).toEqual([0, 0]);
  });

  it('visits are counted by the days of the zone, not of UTC', async () => {
    const late = [{ hourStartMs: midnightMs + 8 * hourMs, venue: hall, visits: 1 }];
    const days = async (name: string) =>
      (await countCells(batches(late), { by: ['day', 'venue'], zone: openZone(name), window, covered })).map(
        ({ day }) => day,
      );
    expect([await days('Asia/Seoul'), await days('UTC')]).toEqual([['2026-11-23'], ['2026-11-22']]);
  });

  it('what was destroyed or has not come is never counted as 0', async () => {
    const seen = async (by: Dimension[], known: Partial<Covered>) =>
      (await countCells(batches(counts), { by, zone: seoul, window, covered: { ...covered, ...known } })).map(
        ({ visits, state }) => [visits, state],
      );
    const noon = midnightMs + 12 * hourMs;
    expect(await seen(['day'], { fromMs: midnightMs + 24 * hourMs })).toEqual([
      [17, 'part'],
      [100, 'whole'],
    ]);
    expect(await seen(['day'], { toMs: noon })).toEqual([
      [17, 'part'],
      [100, 'part'],
    ]);
    const byHour = await seen(['day', 'hour'], { fromMs: noon, toMs: noon + 90 * 60_000, before: 'before' });
    expect(byHour.slice(10, 16)).toEqual([
      [null, 'before'],
      [null, 'before'],
      [13, 'whole'],
      [4, 'part'],
      [null, 'ahead'],
      [null, 'ahead'],
    ]);
    const emptied = await countCells(batches([]), {
      by: ['day'],
      zone: seoul,
      window,
      covered: { ...covered, fromMs: midnightMs + 24 * hourMs },
    });
    expect(emptied.map(({ visits, state }) => [visits, state])).toEqual([
      [null, 'destroyed'],
      [0, 'whole'],
    ]);
  });
});

describe('a small number', () => {
  it.each([
    [0, 5, '0'],
    [1, 5, '<5'],
    [4, 5, '<5'],
    [5, 5, '5'],
    [12_345, 5, '12345'],
    [2, 1, '2'],
    [9, 10, '<10'],
  ])('the number %d is written %3$s if numbers below %2$d are hidden', (visits, smallest, shown) => {
    expect(shownCount(visits, smallest)).toBe(shown);
    expect(isHidden(visits, smallest)).toBe(shown.startsWith('<'));
  });
});
