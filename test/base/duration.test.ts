import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../src/base/amounts.ts';

describe('durations', () => {
  it.each([
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['1h', 3_600_000],
    ['28d', 2_419_200_000],
    [' 5s ', 5_000],
    ['0s', 0],
  ])('the duration %j is %d ms', (text, durationMs) => expect(parseDuration(text)).toBe(durationMs));

  it.each(['', '5', 's', '5 s', '-5s', '1.5h', '5w', '5S', '1h30m', '10000000000s'])(
    '%j is not a duration',
    (text) => expect(parseDuration(text)).toBeNull(),
  );

  it.each([
    [90_000, '90s'],
    [3_600_000, '1h'],
    [86_400_000, '1d'],
    [5_400_000, '90m'],
    [0, '0s'],
  ])('the duration of %d ms is written %s', (durationMs, text) =>
    expect(formatDuration(durationMs)).toBe(text),
  );
});
