import { describe, expect, it } from 'vitest';
import {
  areaCodeOf,
  readAreaCode,
  readContact,
  readLineName,
  readNumber,
  readPinDigits,
  readPort,
  readZone,
} from '../../../src/cli/setup/answers.ts';
import { readGrant } from '../../../src/cli/setup/officers.ts';

describe('an answer to setup', () => {
  it.each<[what: string, read: (typed: string) => string | null, typed: string, taken: string | null]>([
    ['number', readNumber, '0313242900', '031-324-2900'],
    ['number', readNumber, '(031) 324 2900', '031-324-2900'],
    ['number', readNumber, '+82 10-5550-0123', '010-5550-0123'],
    ['number', readNumber, '1577-1122', '1577-1122'],
    ['number', readNumber, '010-1234-5678', '010-1234-5678'],
    ['number', readNumber, '324-2900', null],
    ['number', readNumber, '031-324-290', null],
    ['number', readNumber, '+86 138 0013 8000', null],
    ['number', readNumber, '', null],
    ['area code', readAreaCode, '02', '02'],
    ['area code', readAreaCode, '034', null],
    ['area code', readAreaCode, '31', null],
    ['time zone', readZone, 'Asia/Seoul', 'Asia/Seoul'],
    ['time zone', readZone, 'Asia/Seul', null],
    ['time zone', readZone, '+09:00', null],
    ['name', readLineName, 'line2', 'line2'],
    ['name', readLineName, '회선', null],
    ['contact', readContact, '', ''],
    ['contact', readContact, 'x'.repeat(81), null],
    ['PIN', readPinDigits, '1234', '1234'],
    ['PIN', readPinDigits, '123', null],
    ['PIN', readPinDigits, '123456789', null],
    ['port', readPort, 'tcp://127.0.0.1:7000', 'tcp://127.0.0.1:7000'],
    ['port', readPort, 'imei:860000000000017', 'imei:860000000000017'],
    ['port', readPort, 'smpps://smsc.example:2775', 'smpps://smsc.example:2775'],
    ['port', readPort, 'smpp://smsc.example', null],
    ['port', readPort, 'imei:86000000000001', null],
    ['port', readPort, 'ttyUSB2', null],
    ['area code of a number', areaCodeOf, '031-324-2900', '031'],
    ['area code of a number', areaCodeOf, '010-5550-0123', null],
  ])(
    'setup reads an answer for %s (%#) as the configuration writes it, or refuses it',
    (_, read, typed, taken) => {
      expect(read(typed)).toBe(taken);
    },
  );
});

describe('a role that is given', () => {
  it.each([
    ['reveal=kim', { reveal: ['kim'] }],
    ['reveal=kim,park,kim', { reveal: ['kim', 'park'] }],
    ['audit=han@city.go.kr', { audit: ['han@city.go.kr'] }],
    ['reveal=', null],
    ['reveal', null],
    ['root=kim', null],
    ['constructor=kim', null],
    ['reveal=--help', null],
    ['reveal=kim:x', null],
  ])('%j is read as %j', (typed, officers) => {
    expect(readGrant(typed)).toEqual(officers);
  });

  it('a role that is given again has all accounts', () => {
    expect(readGrant('reveal=park', { reveal: ['kim'], audit: ['han'] })).toEqual({
      reveal: ['kim', 'park'],
      audit: ['han'],
    });
  });
});
