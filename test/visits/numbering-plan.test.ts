import { describe, expect, it } from 'vitest';
import {
  groupsOf,
  isAreaCode,
  isDiallingPrefix,
  isVenueNumber,
  planRowOf,
} from '../../src/visits/numbering-plan.ts';

describe('The numbering plan', () => {
  it.each([
    ['023242114', 'landline', ['02', '324', '2114']],
    ['0232421142', 'landline', ['02', '3242', '1142']],
    ['0313242114', 'landline', ['031', '324', '2114']],
    ['03180242114', 'landline', ['031', '8024', '2114']],
    ['0647242114', 'landline', ['064', '724', '2114']],
    ['01055500123', 'mobile', ['010', '5550', '0123']],
    ['01022220000', 'mobile', ['010', '2222', '0000']],
    ['01099990000', 'mobile', ['010', '9999', '0000']],
    ['0112550000', 'mobile', ['011', '255', '0000']],
    ['01995500000', 'mobile', ['019', '9550', '0000']],
    ['01200000000', 'machine', ['012', '0000', '0000']],
    ['07040242114', 'internet', ['070', '4024', '2114']],
    ['05023242114', 'personal', ['0502', '324', '2114']],
    ['050713242114', 'personal', ['0507', '1324', '2114']],
    ['0803242114', 'toll-free', ['080', '324', '2114']],
    ['15771122', 'nationwide', ['1577', '', '1122']],
    ['16000000', 'nationwide', ['1600', '', '0000']],
    ['16680000', 'nationwide', ['1668', '', '0000']],
    ['18110000', 'nationwide', ['1811', '', '0000']],
  ])('the numbering plan has %s as %s, grouped %j', (national, kind, groups) => {
    expect(planRowOf(national)?.kind).toBe(kind);
    expect(groupsOf(national)).toEqual(groups);
  });

  it.each([
    ['', 'nothing'],
    ['0', 'a lone 0'],
    ['031', 'an area code alone'],
    ['3242114', 'a number without area code'],
    ['031324211', 'a digit short'],
    ['031324211456', 'a digit long'],
    ['02324211', 'a digit short in Seoul'],
    ['02324211456', 'a digit long in Seoul'],
    ['0310242114', 'an exchange that begins with 0'],
    ['0311242114', 'an exchange that begins with 1'],
    ['0343242114', 'an area code that is none'],
    ['0653242114', 'an area code beyond the last'],
    ['01015500000', '010 with 1 behind it'],
    ['01005500000', '010 with 0 behind it'],
    ['0105550012', 'a short 010'],
    ['0122550000', 'a short 012'],
    ['0152550000', 'a pager'],
    ['0303242114', 'a 030 number'],
    ['0607002114', 'a premium number'],
    ['0703242114', 'a short 070'],
    ['07010242114', '070 with 1 behind it'],
    ['08013242114', 'a long 080'],
    ['0507324211', 'a short 050x'],
    ['0507132421145', 'a long 050x'],
    ['15781122', '15xx with unlike digits'],
    ['14201234', '14xx'],
    ['17771234', '17xx'],
    ['1577112', 'a short 15xx'],
    ['157711223', 'a long 15xx'],
    ['03115771122', '15xx behind an area code'],
    ['0313242a14', 'a letter'],
    ['０３１3242114', 'full-width digits, which are not canonical'],
  ])('the numbering plan does not have %j (%s)', (national) => {
    expect(planRowOf(national)).toBeNull();
    expect(groupsOf(national)).toBeNull();
  });

  it("a machine's number is in the plan, but never a venue", () => {
    expect(isVenueNumber('01200000000')).toBe(false);
    expect(isVenueNumber('0313242114')).toBe(true);
    expect(isVenueNumber('0313242')).toBe(false);
  });

  it('the numbering plan knows area codes and dialling prefixes', () => {
    const codes = Array.from({ length: 1000 }, (_, code) => String(code).padStart(3, '0'));
    expect(['02', ...codes].filter(isAreaCode)).toEqual(
      ['02', '031', '032', '033', '041', '042', '043', '044', '051', '052', '053', '054', '055'].concat([
        '061',
        '062',
        '063',
        '064',
      ]),
    );
    expect(['02', '031', '010', '070', '080', '050', '0507'].every(isDiallingPrefix)).toBe(true);
    expect(['2', '31', '1577', '003', '082', ''].some(isDiallingPrefix)).toBe(false);
  });
});
