import { describe, expect, it } from 'vitest';
import { bar, columnsOf } from '../../../src/cli/counts/counts-table.ts';

describe('bars', () => {
  it.each([
    [0, 100, 8, ''],
    [100, 100, 8, '████████'],
    [50, 100, 8, '████'],
    [1, 100_000, 8, '▏'],
    [9, 16, 8, '████▌'],
    [5, 0, 8, ''],
  ])('a bar of %d of %d in %d columns is "%s"', (value, most, width, expected) =>
    expect(bar(value, most, width)).toBe(expected),
  );

  it('columns stand side by side, and the smallest can still be seen', () => {
    expect(columnsOf([0, 1, 2, 3, 4, 5, 6, 7, 8], 8)).toBe(' ▁▂▃▄▅▆▇█');
    expect(columnsOf([1, 100_000], 100_000)).toBe('▁█');
    expect(columnsOf([0, 0], 0)).toBe('  ');
  });
});
