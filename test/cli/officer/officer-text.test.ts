import { describe, expect, it } from 'vitest';
import { fault } from '../../../src/base/errors.ts';
import { officerText, withoutNumbers } from '../../../src/cli/officer/officer-text.ts';

describe("an officer's words", () => {
  it.each([
    'contact tracing',
    'case 2026-118, visits of 2026-11-20 14:00 to 2026-11-22',
    '용인-2026-0118 확진자 1234번',
    '2026-1123-0042',
    '20261123-7',
    'A-20261123-0042',
    '3 of 12 places',
    '2026112300421',
    '① 이사 2건 확인, ② 구이 3회',
  ])('a reason without a number is recorded as typed: %s', (text) => expect(withoutNumbers(text)).toBe(text));

  it.each([
    ['010-5550-0123', '010-****-**23'],
    ['확진자 01055500123 접촉', '확진자 010-****-**23 접촉'],
    ['asked by 010 5550 0123, 010.5550.0124', 'asked by 010-****-**23, 010-****-**24'],
    ['+82 10-5550-0123 and more', '010-****-**23 and more'],
    ['10-5550-0123', '010-****-**23'],
    ['공일공 오오오공 공일이삼', '010-****-**23'],
    ['０１０－５５５０－０１２３', '010-****-**23'],
    ['2026-11-20 01055500123', '2026-11-20 010-****-**23'],
    ['visitor +8613800000000', 'visitor +86-****-**00'],
    ['031-324-2114', '031-****-**14'],
    ['900101-1234567', '******-*******'],
    ['주민번호 9001011234567 확인', '주민번호 ******-******* 확인'],
    ['010 이삼사오 6789 접촉', '010-****-**89 접촉'],
    ['공일공 2345 육칠팔구', '010-****-**89'],
    ['⓪①⓪-②③④⑤-⑥⑦⑧⑨', '010-****-**89'],
    ['𝟎𝟏𝟎-𝟐𝟑𝟒𝟓-𝟔𝟕𝟖𝟗', '010-****-**89'],
    ['010 ❷❸❹❺ 6789', '010-****-**89'],
  ])('a telephone number in a reason is masked: %s', (text, kept) => expect(withoutNumbers(text)).toBe(kept));

  it('a reason has at most 500 characters', () => {
    const refusal = fault('usage.text-too-long', { option: '--reason', longest: 500 });
    expect(() => officerText('--reason', 'x'.repeat(501))).toThrow(refusal);
    expect(officerText('--reason', ` ${'x'.repeat(500)} `)).toHaveLength(500);
  });
});
