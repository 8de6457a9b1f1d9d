import { describe, expect, it } from 'vitest';
import type { Intake } from '../../../src/store/intake.ts';
import type { Venue } from '../../../src/store/records.ts';
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

const isIssued = (intake: Intake, code: string) => intake.transact((unit) => unit.isIssuedCode(code));

describe('venues', () => {
  it('venues are found by number, and listed', async () => {
    const register = tempRegister().open();
    await register.putVenues([pitch]);
    await register.putVenues([hall]);
    expect(await register.venueOf('0313242114')).toEqual(hall);
    expect(await register.venueOf('0313242115')).toBeNull();
    expect(await register.venues()).toEqual([hall, pitch]);
  });

  it('venues are replaced by what is put under the same number', async () => {
    const register = tempRegister().open();
    await register.putVenues([hall]);
    await register.putVenues([{ ...hall, address: null }]);
    expect(await register.venues()).toEqual([{ ...hall, address: null }]);
  });

  it('venues that have no phone are known by their code, and an ordinary number is no code', async () => {
    const register = tempRegister().open();
    await register.putVenues([pitch]);
    await register.putVenues([hall]);
    expect(['472615', '472616', '0313242114'].map((code) => isIssued(register, code))).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('venues get no code that another process has just given', async () => {
    const temp = tempRegister();
    const [one, other] = [temp.open({ role: 'tool' }), temp.open({ role: 'tool' })];
    const place = { name: '체육공원', address: null };
    const codes = await Promise.all(
      [one, other, one, other].map(async (register) => (await register.issueVenue(place, issueCode)).number),
    );
    expect(new Set(codes).size).toBe(4);
  });

  it('venues cannot be put, and no code be given, by who only reads', async () => {
    const temp = tempRegister();
    temp.open().close();
    const reader = temp.open({ role: 'reader' });
    const refused = expect.objectContaining({ code: 'register.read-only' });
    await expect(() => reader.putVenues([hall])).rejects.toThrow(refused);
    await expect(() => reader.issueVenue({ name: null, address: null }, issueCode)).rejects.toThrow(refused);
  });

  it('venues that another process adds are known at once', async () => {
    const temp = tempRegister();
    const gateway = temp.open();
    expect(isIssued(gateway, '472615')).toBe(false);
    await temp.open({ role: 'tool' }).putVenues([pitch]);
    expect(isIssued(gateway, '472615')).toBe(true);
  });
});

describe('a SIM whose PIN failed', () => {
  const iccid = '8982041200000000017';

  it('a SIM whose PIN failed is remembered across restarts, until it is forgotten', () => {
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

  it('a SIM whose PIN failed is not written down by its number', () => {
    const temp = tempRegister();
    temp.open().pinAttempts.remember(iccid);
    expect(filesWith(temp.dataDir, [iccid])).toEqual([]);
  });
});
