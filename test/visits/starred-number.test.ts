import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { starNumber } from '../../src/visits/starred-number.ts';

const mobile = '01055500123';

describe('the stars for a number in a text', () => {
  it.each([
    ['01055500123', '***********'],
    ['010-5550-0123 왔어요', '***-****-**** 왔어요'],
    ['010 5550 0123', '*** **** ****'],
    ['+82 10 5550 0123', '+** ** **** ****'],
    ['+82-10-5550-0123', '+**-**-****-****'],
    ['8201055500123', '*************'],
    ['0082 10 5550 0123', '**** ** **** ****'],
    ['10-5550-0123', '**-****-****'],
    ['제 번호는 ０１０ ５５５０ ０１２３', '제 번호는 *** **** ****'],
    ['공일공 오오오공 공일이삼', '*** **** ****'],
    ['O1O-5550-O123', '***-****-****'],
    ['①0-5550-0123', '**-****-****'],
    ['번호 𝟎𝟏𝟎-𝟓𝟓𝟓𝟎-0123', '번호 ******-********-****'],
    ['31-324-2114 일행 010.5550.0123, 2명', '31-324-2114 일행 ***.****.****, 2명'],
    ['010\u200b55500123', '************'],
    ['010-5550-0123 010-5550-0123', '***-****-**** ***-****-****'],
    ['ㅇ1ㅇ-5550-0123', '***-****-****'],
    ['OIO 5550 0123', '*** **** ****'],
    ['01공 5550 0123', '*** **** ****'],
    ['零一零 5550 0123', '*** **** ****'],
    ['제번호는공일공오오오공공일이삼이에요', '제번호는***********이에요'],
    ['010-5550-0124', null],
    ['0105550 123', null],
    ['', null],
  ])('the stars for a number stand in %j as in %j', (text, starred) => {
    expect(starNumber(text, mobile)).toBe(starred);
  });

  it.each([
    ['031-324-2114', '0313242114', '***-***-****'],
    ['+82 31 324 2114', '0313242114', '+** ** *** ****'],
    ['+86 138 0000 0000', '+8613800000000', '+** *** **** ****'],
    ['1577-1122', '15771122', '****-****'],
    ['1234', '1234', null],
    ['KakaoTalk', 'KakaoTalk', null],
  ])('the stars for a number of another kind: %j, of %j', (text, canonical, starred) => {
    expect(starNumber(text, canonical)).toBe(starred);
  });

  it('the stars for a number keep the length of any text, and leave nothing of the number', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }), (before, after) => {
        const text = `${before} 010-5550-0123 ${after}`;
        const starred = starNumber(text, mobile);
        expect(starred).toHaveLength(text.length);
        expect(starNumber(starred ?? '', mobile)).toBeNull();
      }),
    );
  });
});
