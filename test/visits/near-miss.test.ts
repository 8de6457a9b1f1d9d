import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { issueCode } from '../../src/visits/issued-code.ts';
import { mistypingBetween, nearMissIndex } from '../../src/visits/near-miss.ts';
import { isVenueNumber } from '../../src/visits/numbering-plan.ts';
import { numbersNear } from '../../src/visits/typed-digits.ts';

const hall = '0313242114';
const shop = '022123456';
const phone = '07041234567';
const nationwide = '15771122';
const code = issueCode(11);
const index = nearMissIndex([hall, shop, phone, nationwide, code], '031');
const best = (text: string, sender: string | null = null) => {
  const [first] = index.of(text, sender);
  return first === undefined ? null : [first.venue, first.reason];
};

/** A code with its digits at two places swapped, the first pair that differs. */
function swapped(digits: string): string {
  const at = [...digits].findIndex((digit, place) => digit !== digits.charAt(place + 1));
  return digits.slice(0, at) + digits.charAt(at + 1) + digits.charAt(at) + digits.slice(at + 2);
}

describe('a near miss', () => {
  it.each([
    ['031-324-2119', hall, 'digit-wrong'],
    ['031-324-2117', hall, 'digit-near'],
    ['031-324-1214', hall, 'swapped'],
    ['031-342-2114', hall, 'swapped'],
    ['031-324-211', hall, 'digit-missing'],
    ['324-214', hall, 'digit-missing'],
    ['324-21144', hall, 'digit-doubled'],
    ['031-3247-2114', hall, 'digit-extra'],
    ['324-2184', hall, 'digit-wrong'],
    ['031-031-324-2114', hall, 'area-doubled'],
    ['031 31 324 2114', hall, 'area-doubled'],
    ['31-324-2114', hall, 'zero-missing'],
    ['032-324-2114', hall, 'digit-near'],
    ['02-324-2114', hall, 'area-wrong'],
    ['+82 31 324 2119', hall, 'digit-wrong'],
    ['０３１－３２４－２１１９', hall, 'digit-wrong'],
    ['시청 031-324-2117 홍길동', hall, 'digit-near'],
    ['공삼일 삼이사 이일일칠', hall, 'digit-near'],
    ['212-3456', shop, 'area-missing'],
    ['4123-4567', phone, 'area-missing'],
    ['031-1577-1122', nationwide, 'area-extra'],
    ['1577-1123', nationwide, 'digit-near'],
    [swapped(code), code, 'swapped'],
    [`${code}0`, code, 'digit-extra'],
    [code.slice(0, 5), code, 'digit-missing'],
    [hall, hall, 'same'],
  ])('%s is near %s: %s', (text, venue, reason) => {
    expect(best(text)).toEqual([venue, reason]);
  });

  it.each([
    [''],
    ['안녕하세요'],
    ['2명'],
    ['031-999-8888'],
    ['031-342-2141'],
    ['02-999-2114'],
    ['9'.repeat(100_000)],
    ['1 '.repeat(50_000)],
  ])('%.20j has no near miss', (text) => {
    expect(index.of(text, null)).toEqual([]);
  });

  it("the sender's own number is not a near miss", () => {
    const mobile = nearMissIndex(['01055500123'], '031');
    expect(mobile.of('010-5550-0124', '01055500124')).toEqual([]);
    expect(mobile.of('010-5550-0124', null)).toHaveLength(1);
  });

  it('the likeliest near miss comes first: a swap, a neighbouring key, any other digit', () => {
    const several = nearMissIndex(['0313242114', '0313242117', '0313242141', '0313242110'], '031');
    expect(several.of('031-324-2114', null)[0]).toMatchObject({ reason: 'same', cost: 0 });
    expect(several.of('324-2114', null).map(({ venue, reason }) => [venue, reason])).toEqual([
      ['0313242114', 'same'],
      ['0313242141', 'swapped'],
      ['0313242117', 'digit-near'],
      ['0313242110', 'digit-wrong'],
    ]);
  });

  it('each typo in each digit is found', () => {
    const one = nearMissIndex([hall], '031');
    for (let at = 0; at < hall.length; at += 1) {
      const [before, after] = [hall.slice(0, at), hall.slice(at + 1)];
      for (const digit of '0123456789') {
        if (digit !== hall.charAt(at)) expect(one.of(before + digit + after, null)).toHaveLength(1);
        expect(one.of(before + digit + hall.slice(at), null)).toHaveLength(1);
      }
      expect(one.of(before + after, null)).toHaveLength(1);
    }
  });

  it('near misses are looked up in any text, and cost nothing if the number is right', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789-. +()가명"') }), (text) => {
        for (const { venue, cost, reason } of index.of(text, null)) {
          expect([hall, shop, phone, nationwide, code]).toContain(venue);
          if (cost === 0) expect(reason).toBe('same');
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('a near miss among twenty thousand venues is found in well under a millisecond', () => {
    const many = Array.from({ length: 20_000 }, (_, at) => `031${3_000_000 + at * 97}`);
    const begun = process.cpuUsage();
    const large = nearMissIndex(many, '031');
    const builtMs = process.cpuUsage(begun).user / 1_000;
    const looked = process.cpuUsage();
    for (let at = 0; at < 1_000; at += 1) large.of(`031-${300 + at}-${1_000 + at}`, null);
    const lookMs = process.cpuUsage(looked).user / 1_000 / 1_000;
    expect(builtMs).toBeLessThan(5_000);
    expect(lookMs).toBeLessThan(2);
  });
});

describe('the numbers near a number', () => {
  it('the numbers near a number are all numbers of the plan that are one typo away', () => {
    const near = numbersNear(hall);
    expect(near).toHaveLength(new Set(near).size);
    for (const number of near) {
      expect(mistypingBetween(number, hall)).not.toBeNull();
      expect(isVenueNumber(number)).toBe(true);
    }
    for (const number of ['0313242115', '0313242141', '03132421144', '031324211', '0323242114'])
      expect(near.includes(number)).toBe(isVenueNumber(number));
    expect(near).not.toContain(hall);
  });
});

describe('a slip of the finger', () => {
  it.each([
    ['123456', '123456', null],
    ['123456', '123465', 'swapped'],
    ['123456', '124356', 'swapped'],
    ['123456', '123457', 'digit-wrong'],
    ['123455', '123456', 'digit-near'],
    ['12345', '123456', 'digit-missing'],
    ['1123456', '123456', 'digit-doubled'],
    ['1923456', '123456', 'digit-extra'],
    ['123456', '132465', null],
    ['1234', '123456', null],
    ['8', '0', 'digit-near'],
  ])('the typo in %s for %s is %s', (typed, meant, slip) => {
    expect(mistypingBetween(typed, meant)).toBe(slip);
  });
});
