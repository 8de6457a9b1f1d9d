import { getCountries, getCountryCallingCode } from 'libphonenumber-js/min';
import { describe, expect, it } from 'vitest';
import { callingCodeOf } from '../../src/visits/phone-number.ts';

describe('the country code of a foreign number', () => {
  it.each(getCountries())('%s has the one that the metadata knows', (country) => {
    const code = getCountryCallingCode(country);
    expect(callingCodeOf(`+${code}5550100000`)).toBe(code);
  });

  it.each(['+99912345678', '+21012345678', '+0123456789', '+'])('%s has none', (number) => {
    expect(callingCodeOf(number)).toBe(null);
  });
});
