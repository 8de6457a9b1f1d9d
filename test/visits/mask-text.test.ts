import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskText } from '../../src/visits/mask-text.ts';

describe('A masked text', () => {
  it.each([
    ['010-5550-0123', '010-****-**23'],
    ['01055500123', '010******23'],
    ['010 5550 0123', '010 **** **23'],
    ['０１０－５５５０－０１２３', '010－****－**23'],
    ['+82 10-5550-0123', '+** **-****-**23'],
    ['+8613800000000', '+*************'],
    ['5550-0123', '****-**23'],
    ['010x5550x0123', '010x****x**23'],
    ['1204호 테이블 324', '1204호 테이블 324'],
    ['3242114', '*****14'],
    ['031-324-211', '031-***-*11'],
    ['제 번호는 010-5550-0123입니다', '제 번호는 010-****-**23입니다'],
    ['공일공 오오오공 공일이삼', '010 **** **23'],
    ['010 오오오공 0123', '010 **** **23'],
    ['⓪①⓪ 5550 0123', '010 **** **23'],
    ['𝟎𝟏𝟎-𝟓𝟓𝟓𝟎-𝟎𝟏𝟐𝟑', '010-****-**23'],
    ['𝟶𝟷𝟶 5550 𝟢𝟣𝟤𝟥', '010 **** **23'],
    ['🯰🯱🯰-5550-0123', '010-****-**23'],
    ['⁰¹⁰-⁵⁵⁵⁰-₀₁₂₃', '010-****-**23'],
    ['010 ⑸⑸⑸0 0123', '010 **** **23'],
    ['12 m², 3 m³', '12 m², 3 m³'],
    ['010-5550-0123원', '010-****-**23원'],
    ['01055500123명', '010******23명'],
    ['900101-1234567', '******-*******'],
    ['1234 5678 9012 3456', '**** **** **** ****'],
    ['010-5550-0123 010-5550-0456', '***-****-**** ***-****-****'],
    ['kim01055500123@example.kr', 'kim010******23@example.kr'],
    ['324-2114 2명', '***-**14 2명'],
    ['2020-11-23 14:30', '2020-11-23 14:30'],
    ['2020-11-23T14:30:00.000Z', '2020-11-23T14:30:00.000Z'],
    ['246808', '246808'],
    ['테이블 12, 3명', '테이블 12, 3명'],
    ['안녕하세요', '안녕하세요'],
    ['OK 7', 'OK 7'],
    ['', ''],
  ])('the text %j is masked as %j', (text, masked) => {
    expect(maskText(text)).toBe(masked);
  });

  it('a masked text shows four digits to whom the configuration allows it', () => {
    expect(maskText('010-5550-0123', 4)).toBe('010-****-0123');
    expect(maskText('324-2114 2명', 4)).toBe('***-2114 2명');
  });

  it('a masked text never shows a mobile number, whatever surrounds and separates its digits', () => {
    const around = fc.string({ unit: 'grapheme', maxLength: 20 });
    const separator = fc.constantFrom('', '-', ' ', '.', ') ', '/', '~', ' - ', ',', '\u200b', 'x', '에 ');
    const middle = fc.integer({ min: 2000, max: 9999 }).map(String);
    fc.assert(
      fc.property(around, separator, middle, separator, around, (before, first, group, second, after) => {
        const masked = maskText(`${before}010${first}${group}${second}0123${after}`);
        fc.pre(!before.includes(group) && !after.includes(group));
        expect(masked.replace(/[^0-9*]/g, '')).not.toContain(`010${group}0123`);
      }),
      { numRuns: 3_000 },
    );
  });
});
