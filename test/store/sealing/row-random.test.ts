import { describe, expect, it } from 'vitest';
import { RowRandom } from '../../../src/store/sealing/row-random.ts';

/** What rows of one transaction get, as many as are asked for. */
function taken(random: RowRandom, rows: number): string[] {
  return Array.from({ length: rows }, () => {
    const octets = Buffer.alloc(16);
    random.fill(octets.subarray(0, 4));
    random.fill(octets.subarray(4));
    return octets.toString('hex');
  });
}

describe('random octets of rows', () => {
  it('random octets of rows are never given twice, in one transaction or the next', () => {
    const random = new RowRandom();
    const all: string[] = [];
    for (const rows of [1, 2, 3, 64, 65, 500]) {
      all.push(...taken(random, rows));
      random.committed();
    }
    expect(new Set(all).size).toBe(635);
  });

  it.each(['committed', 'rolledBack'] as const)(
    'random octets of rows do not outlive a transaction that is %s: two who resume one snapshot draw anew',
    (ended) => {
      const random = new RowRandom();
      taken(random, 4);
      expect(random.waiting).toBeGreaterThan(0);
      random[ended]();
      expect(random.waiting).toBe(0);
    },
  );

  it('random octets of rows are random: each bit is set in about half of 20,000 rows', () => {
    const set = new Array<number>(128).fill(0);
    for (const row of taken(new RowRandom(), 20_000))
      for (const [index, octet] of Buffer.from(row, 'hex').entries())
        for (let bit = 0; bit < 8; bit += 1)
          set[index * 8 + bit] = (set[index * 8 + bit] ?? 0) + ((octet >> bit) & 1);
    // Six standard deviations of a fair coin.
    for (const count of set) expect(Math.abs(count - 10_000)).toBeLessThan(425);
  });
});
