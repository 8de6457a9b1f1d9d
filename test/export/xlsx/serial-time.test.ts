import { describe, expect, it } from 'vitest';
import { openZone } from '../../../src/base/zone.ts';
import { columnName, serialFormat } from '../../../src/export/xlsx/sheet-row.ts';

describe('the serial number of a time', () => {
  it.each([
    ['1970-01-01T00:00:00Z', 'UTC', 25_569],
    ['2026-11-23T05:05:09Z', 'Asia/Seoul', 46_349 + 50_709 / 86_400],
    ['2026-11-23T14:59:59.999Z', 'Asia/Seoul', 46_349 + 86_399 / 86_400],
    ['2026-11-23T15:00:00Z', 'Asia/Seoul', 46_350],
    // Half past one comes twice in New York on that day, and is the same number twice.
    ['2026-11-01T05:30:00Z', 'America/New_York', 46_327 + 5_400 / 86_400],
    ['2026-11-01T06:30:00Z', 'America/New_York', 46_327 + 5_400 / 86_400],
  ])('the serial number of %s in %s is the one that spreadsheets use', (at, timeZone, expected) => {
    expect(Number(serialFormat(openZone(timeZone))(Date.parse(at)))).toBeCloseTo(expected, 10);
  });

  it('the serial number of a time is exact enough for a reader that truncates to seconds', () => {
    const format = serialFormat(openZone('UTC'));
    const errors = Array.from({ length: 86_400 }, (_, second) =>
      Math.abs((Number(format(second * 1_000)) % 1) * 86_400 - second),
    );
    expect(errors.filter((error) => !(error < 0.000_01))).toEqual([]);
  });
});

it.each([
  [0, 'A'],
  [25, 'Z'],
  [26, 'AA'],
  [701, 'ZZ'],
  [702, 'AAA'],
])('column %i is called %s', (index, name) => {
  expect(columnName(index)).toBe(name);
});
