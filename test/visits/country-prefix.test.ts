import { describe, expect, it } from 'vitest';
import { countryPrefixLength, nationalFromAbroad } from '../../src/visits/numbering-plan.ts';

describe('The country code of Korea', () => {
  it.each([
    ['82313242114', false, 2],
    ['82313242114', true, 2],
    ['823', true, 2],
    ['82313242', false, 0],
    ['8215771122', false, 2],
    ['0082313242114', false, 4],
    ['00182313242114', false, 5],
    ['0070082313242114', false, 7],
    ['0034582313242114', false, 7],
    ['0086138', false, 0],
    ['0313242114', false, 0],
    ['8613800000000', true, 0],
    ['0082313242114', true, 0],
    ['', false, 0],
  ])('the prefix of Korea in %j (plus sign: %j) takes %d digits', (digits, plus, length) => {
    expect(countryPrefixLength(digits, plus)).toBe(length);
  });

  it.each([
    ['313242114', '0313242114'],
    ['0313242114', '0313242114'],
    ['15771122', '15771122'],
    ['1055500123', '01055500123'],
  ])('after the prefix of Korea, %j is %j', (rest, national) => {
    expect(nationalFromAbroad(rest)).toBe(national);
  });
});
