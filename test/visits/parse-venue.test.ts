import { describe, expect, it } from 'vitest';
import { issueCode } from '../../src/visits/issued-code.ts';
import { parseVenue } from '../../src/visits/resolve.ts';

describe('A venue that staff name', () => {
  it.each([
    ['324-2114', '0313242114'],
    ['031-324-2114', '0313242114'],
    ['1577-1122', '15771122'],
    [issueCode(3), issueCode(3)],
    ['123456', null],
    ['324-2114 1577-1122', null],
    ['012-0000-0000', null],
    ['용인시청', null],
    ['', null],
  ])('the venue that staff type as %j is %j', (text, venue) => {
    expect(parseVenue(text, '031')).toBe(venue);
  });
});
