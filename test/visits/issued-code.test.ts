import { describe, expect, it } from 'vitest';
import { isIssuedCodeForm, issueCode, issuedCodeCount } from '../../src/visits/issued-code.ts';

const all = Array.from({ length: issuedCodeCount }, (_, index) => issueCode(index));

/** Every code that differs from `code` in exactly one digit. */
function* withOneWrongDigit(code: string): Generator<string> {
  for (let at = 0; at < code.length; at += 1) {
    for (let digit = 0; digit < 10; digit += 1) {
      const wrong = code.slice(0, at) + digit + code.slice(at + 1);
      if (wrong !== code) yield wrong;
    }
  }
}

function* withNeighboursSwapped(code: string): Generator<string> {
  for (let at = 0; at + 1 < code.length; at += 1) {
    const wrong = code.slice(0, at) + code.charAt(at + 1) + code.charAt(at) + code.slice(at + 2);
    if (wrong !== code) yield wrong;
  }
}

describe('An issued code', () => {
  it('an issued code has six digits, different ones for each of 64,000 places', () => {
    expect(issuedCodeCount).toBe(64_000);
    expect(new Set(all).size).toBe(issuedCodeCount);
    expect(all.filter((code) => !/^[0-9]{6}$/.test(code) || !isIssuedCodeForm(code))).toEqual([]);
  });

  it('an issued code never changes', () => {
    expect([0, 1, 2, 63_999].map(issueCode)).toEqual(['202005', '695531', '389064', all.at(-1)]);
  });

  it('the check digit shows every single wrong digit: all codes, all places, all digits', () => {
    let missed = 0;
    for (const code of all)
      for (const wrong of withOneWrongDigit(code)) if (isIssuedCodeForm(wrong)) missed += 1;
    expect(missed).toBe(0);
  });

  it('the check digit shows every swap of neighbours: all codes, all places', () => {
    let missed = 0;
    for (const code of all)
      for (const wrong of withNeighboursSwapped(code)) if (isIssuedCodeForm(wrong)) missed += 1;
    expect(missed).toBe(0);
  });

  it('an issued code never begins like an area code or a service number, and is never a date', () => {
    expect(all.filter((code) => /^[01]/.test(code))).toEqual([]);
    expect(all.filter((code) => Number(code.slice(2, 4)) <= 12)).toEqual([]);
  });

  it('successive issued codes look different', () => {
    const alike = (one: string, other: string) => [...one].filter((digit, at) => digit === other[at]).length;
    const worst = Math.max(...all.slice(1, 2_000).map((code, index) => alike(code, all[index] ?? '')));
    expect(worst).toBeLessThanOrEqual(3);
  });

  it.each([
    '',
    '24680',
    '2468080',
    '046808',
    '146808',
    '241808',
    'abcdef',
    '24680a',
    ' 246808',
    '２４６８０８',
  ])('%j is not an issued code', (text) => {
    expect(isIssuedCodeForm(text)).toBe(false);
  });

  it.each([-1, 64_000, 1.5, Number.NaN])('there is no issued code for the index %d', (index) => {
    expect(() => issueCode(index)).toThrowError(expect.objectContaining({ code: 'venue.codes-exhausted' }));
  });
});
