import { describe, expect, it } from 'vitest';
import { rateToTry } from '../../../src/modem/port/baud-search.ts';

describe('the rate of a port that never answers', () => {
  it('a port that never answers is tried at the configured rate twice, then at each usual one, then at the configured one again', () => {
    const tried = Array.from({ length: 7 }, (_, opens) => rateToTry(9_600, [115_200, 9_600, 19_200], opens));
    expect(tried).toEqual([null, null, 115_200, 19_200, null, 115_200, 19_200]);
    expect(rateToTry(9_600, [9_600], 10)).toBeNull();
  });
});
