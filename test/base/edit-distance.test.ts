import { describe, expect, it } from 'vitest';
import { editDistance } from '../../src/base/edit-distance.ts';

describe('the distance of two words', () => {
  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['port', 'port', 0],
    ['prot', 'port', 1],
    ['por', 'port', 1],
    ['portt', 'port', 1],
    ['part', 'port', 1],
    ['kitten', 'sitting', 3],
    ['abcd', 'badc', 2],
  ])('the distance from %s to %s is %i', (from, to, expected) => {
    expect(editDistance(from, to)).toBe(expected);
    expect(editDistance(to, from)).toBe(expected);
  });
});
