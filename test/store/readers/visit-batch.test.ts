import { describe, expect, it } from 'vitest';
import { arrivedBatch, comesBefore, decodeRow, encodeBatch } from '../../../src/store/readers/visit-batch.ts';
import type { OpenRow } from '../../../src/store/visit-stream.ts';

const row = (visitor: string, atMs: number, id: number): OpenRow => [
  '0313242114',
  atMs,
  id,
  visitor,
  atMs + 3_000,
  1,
  5,
];

function arrived(rows: readonly OpenRow[]): OpenRow[] {
  const batch = arrivedBatch(structuredClone(encodeBatch(rows)));
  return Array.from({ length: batch.rows }, (_, index) => decodeRow(batch, index, ['', 0, 0, '', 0, 0, 0]));
}

describe('a batch between threads', () => {
  it.each([
    ['numbers', [row('01055500123', 7, 1), row('+8613055500123', 8, 2)]],
    [
      'names, whatever is in them',
      [row('카카오', 7, 1), row('a\0b', 8, 2), row('', 9, 3), row('\0', 9, 4), row('x\n"', 9, 5)],
    ],
    ['nothing', []],
  ])('brings %s as they were', (_, rows) => expect(arrived(rows)).toEqual(rows));

  it('is in order by time, then by id', () => {
    const one = encodeBatch([row('0101', 7, 5), row('0102', 9, 6)]);
    const other = encodeBatch([row('0103', 7, 8), row('0104', 8, 2)]);
    expect(comesBefore(one, 0, other, 0)).toBe(true);
    expect(comesBefore(other, 0, one, 0)).toBe(false);
    expect(comesBefore(one, 1, other, 1)).toBe(false);
    expect(comesBefore(other, 1, one, 1)).toBe(true);
  });
});
