import { describe, expect, it } from 'vitest';
import type { Venue } from '../../../src/store/register-types.ts';
import { issueCode } from '../../../src/visits/issued-code.ts';
import { filesWith, tempRegister } from '../temp-register.ts';

const hall: Venue = {
  number: '0313242114',
  name: '용인시청',
  address: '중부대로 1199',
  issued: false,
  branches: [],
  removedAtMs: null,
};
const pitch: Venue = {
  number: '472615',
  name: '체육공원',
  address: null,
  issued: true,
  branches: [],
  removedAtMs: null,
};

describe('venues', () => {
  it('are found by number, and listed', () => {
    const register = tempRegister().open();
    register.putVenue(pitch);
    register.putVenue(hall);
    expect(register.venueOf('0313242114')).toEqual(hall);
    expect(register.venueOf('0313242115')).toBeNull();
    expect(register.venues()).toEqual([hall, pitch]);
  });

  it('are replaced by what is put under the same number', () => {
    const register = tempRegister().open();
    register.putVenue(hall);
    register.putVenue({ ...hall, address: null });
    expect(register.venues()).toEqual([{ ...hall, address: null }]);
  });

  it('that have no phone are known by their code, and an ordinary number is no code', () => {
    const register = tempRegister().open();
    register.putVenue(pitch);
    register.putVenue(hall);
    expect(['472615', '472616', '0313242114'].map((code) => register.isIssuedCode(code))).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('get no code that another process has just given', () => {
    const temp = tempRegister();
    const [one, other] = [temp.open({ role: 'tool' }), temp.open({ role: 'tool' })];
    const place = { name: '체육공원', address: null };
    const codes = [one, other, one, other].map((register) => register.issueVenue(place, issueCode).number);
    expect(new Set(codes).size).toBe(4);
  });

  it('cannot be put, and no code be given, by who only reads', () => {
    const temp = tempRegister();
    temp.open().close();
    const reader = temp.open({ role: 'reader' });
    const refused = expect.objectContaining({ code: 'register.read-only' });
    expect(() => reader.putVenues([hall])).toThrow(refused);
    expect(() => reader.issueVenue({ name: null, address: null }, issueCode)).toThrow(refused);
  });

  it('that another process adds are known at once', () => {
    const temp = tempRegister();
    const gateway = temp.open();
    expect(gateway.isIssuedCode('472615')).toBe(false);
    temp.open({ role: 'tool' }).putVenue(pitch);
    expect(gateway.isIssuedCode('472615')).toBe(true);
  });
});

describe('a SIM whose PIN failed', () => {
  const iccid = '8982041200000000017';

  it('is remembered across restarts, until it is forgotten', () => {
    const temp = tempRegister();
    const first = temp.open();
    expect(first.pinAttempts.failed(iccid)).toBe(false);
    first.pinAttempts.remember(iccid);
    first.pinAttempts.remember(iccid);
    first.close();
    const second = temp.open();
    expect([iccid, '8982041200000000025'].map((sim) => second.pinAttempts.failed(sim))).toEqual([
      true,
      false,
    ]);
    second.pinAttempts.forget(iccid);
    expect(second.pinAttempts.failed(iccid)).toBe(false);
  });

  it('is not written down by its number', () => {
    const temp = tempRegister();
    temp.open().pinAttempts.remember(iccid);
    expect(filesWith(temp.dataDir, [iccid])).toEqual([]);
  });
});
