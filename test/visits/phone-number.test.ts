import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { formatNational, maskNumber, PhoneNumber } from '../../src/visits/phone-number.ts';

describe('A canonical number', () => {
  it.each([
    ['01055500123', '010-5550-0123', '010-****-**23'],
    ['0112550000', '011-255-0000', '011-****-**00'],
    ['023242114', '02-324-2114', '02-****-**14'],
    ['0232421142', '02-3242-1142', '02-****-**42'],
    ['0313242114', '031-324-2114', '031-****-**14'],
    ['03180242114', '031-8024-2114', '031-****-**14'],
    ['07040242114', '070-4024-2114', '070-****-**14'],
    ['0803242114', '080-324-2114', '080-****-**14'],
    ['05023242114', '0502-324-2114', '0502-****-**14'],
    ['050713242114', '0507-1324-2114', '0507-****-**14'],
    ['01200000000', '012-0000-0000', '012-****-**00'],
    ['15771122', '1577-1122', '1577-****'],
    ['246808', '246808', '2****'],
    ['114', '114', '1****'],
    ['*23#', '*23#', '*****'],
    ['01005500123', '01005500123', '0****'],
    ['+8613800000000', '+8613800000000', '+86-****-**00'],
    ['+14155550100', '+14155550100', '+1-****-**00'],
    ['+29051234', '+29051234', '+2****'],
    ['+99912345678901', '+99912345678901', '+9****'],
    ['KT', 'KT', 'K****'],
    ['용인시청', '용인시청', '용****'],
    ['"01055500123"', '"01055500123"', '"****'],
    ['', '', ''],
  ])('the number %j is written %j and masked %j', (canonical, written, masked) => {
    expect(formatNational(canonical)).toBe(written);
    expect(maskNumber(canonical)).toBe(masked);
  });
});

describe('a masked number of four digits', () => {
  it.each([
    ['01055500123', '010-****-0123'],
    ['0313242114', '031-****-2114'],
    ['+8613800000000', '+86-****-0000'],
    ['15771122', '1577-****'],
    ['KT', 'K****'],
  ])('%j shows its last four digits to whom the configuration allows it: %j', (canonical, masked) => {
    expect(maskNumber(canonical, 4)).toBe(masked);
  });
});

describe('A phone number that is passed around', () => {
  const number = new PhoneNumber('01055500123');

  it('a phone number prints masked in a string, in JSON and in a debugger', () => {
    expect(`${number}`).toBe('010-****-**23');
    expect(JSON.stringify({ number })).toBe('{"number":"010-****-**23"}');
    expect(inspect({ number }, { showHidden: true, depth: null })).not.toContain('5550');
    expect(Object.keys(number)).toEqual([]);
  });

  it('a phone number is revealed on request', () => {
    expect(number.reveal()).toBe('01055500123');
  });
});
