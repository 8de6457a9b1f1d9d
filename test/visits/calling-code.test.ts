import { getCountries, getCountryCallingCode } from 'libphonenumber-js/min';
import { describe, expect, it } from 'vitest';
import { callingCodeOf } from '../../src/visits/phone-number.ts';

describe('the country code of a foreign number', () => {
  it('the country code is read from a number of every country', () => {
    const countries = getCountries();
    expect(countries.length).toBeGreaterThan(200);
    const wrong = countries.filter((country) => {
      const code = getCountryCallingCode(country);
      return callingCodeOf(`+${code}5550100000`) !== code;
    });
    expect(wrong).toEqual([]);
  });

  it.each(['+99912345678', '+21012345678', '+0123456789', '+'])('%s has no country code', (number) => {
    expect(callingCodeOf(number)).toBe(null);
  });
});
