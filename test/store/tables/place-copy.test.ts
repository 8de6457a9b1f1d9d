import { describe, expect, it, onTestFinished } from 'vitest';
import { type CopiedPlace, openPlaceCopy, type PlaceCopy } from '../../../src/store/tables/place-copy.ts';
import { issueCode } from '../../../src/visits/issued-code.ts';
import { nowMs, type TempRegister, tempRegister } from '../temp-register.ts';

const place = (number: string, name: string, changes: Partial<CopiedPlace> = {}): CopiedPlace => ({
  ...{ number, name, address: null, issued: false, branches: [] },
  ...changes,
});
const hall = place('0313242114', '용인시청');
const library = place('0313242001', '시민도서관', { address: '중부대로 1199' });
const code = place(issueCode(0), '노점', { issued: true });

const all = { after: '', upTo: null };

function copyOf(temp: TempRegister): PlaceCopy {
  const copy = openPlaceCopy(temp.dataDir);
  onTestFinished(() => copy.close());
  return copy;
}

describe('the copy of the places of a central register', () => {
  it('a gateway that has it open knows a code from the moment that it was copied, and no longer than it is there', () => {
    const temp = tempRegister();
    const register = temp.open();
    const copy = copyOf(temp);
    const knows = () =>
      register.transact((unit) => [unit.isIssuedCode(code.number), unit.isPlace(hall.number)]);
    expect(knows()).toEqual([false, false]);
    expect(copy.put(all, [hall, code], false)).toBe(2);
    expect(knows()).toEqual([true, true]);
    expect(copy.put(all, [hall], false)).toBe(1);
    expect(knows()).toEqual([false, true]);
  });

  it('a part of the list changes what lies between its numbers, and nothing else', async () => {
    const temp = tempRegister();
    const register = temp.open();
    const copy = copyOf(temp);
    const numbers = ['021', '022', '031', '032', '041'].map((number) => place(number, number));
    expect(copy.put(all, numbers, false)).toBe(5);
    expect(copy.put(all, numbers, false)).toBe(0);
    const renamed = place('031', 'another', { branches: [{ name: 'second', address: '2F' }] });
    expect(copy.put({ after: '021', upTo: '032' }, [renamed], false)).toBe(3);
    expect((await register.venues()).map(({ number, name }) => `${number} ${name}`)).toEqual([
      ...['021 021', '031 another', '041 041'],
    ]);
    expect((await register.venueOf('031'))?.branches).toEqual([{ name: 'second', address: '2F' }]);
    expect(copy.put(all, [], false)).toBe(3);
    expect(await register.venues('all')).toEqual([]);
  });

  it('what was registered here stays until the central register has it', async () => {
    const temp = tempRegister();
    const register = temp.open();
    await register.putVenues([hall, library]);
    const copy = copyOf(temp);
    expect(copy.state()).toEqual({ list: null, copied: 0, here: 2 });
    copy.put(all, [place('022123456', 'elsewhere')], false);
    expect(copy.state()).toMatchObject({ copied: 1, here: 2 });
    expect((await register.venues('here')).map(({ name }) => name)).toEqual([library.name, hall.name]);
    // It has the place as it is here, and a second one that shares its number.
    copy.put(all, [{ ...library, branches: [{ name: '카페', address: null }] }], false);
    expect(copy.state()).toMatchObject({ copied: 1, here: 1 });
    expect((await register.venueOf(library.number))?.branches).toHaveLength(1);
    expect((await register.venues()).map(({ number }) => number)).toEqual([library.number, hall.number]);
  });

  it('what is called otherwise there stays until somebody there has decided', async () => {
    const temp = tempRegister();
    const register = temp.open();
    await register.putVenues([hall, library]);
    const copy = copyOf(temp);
    const there = [
      { ...hall, name: '시청' },
      { ...library, address: null },
    ];
    expect(copy.put(all, there, false)).toBe(0);
    expect([copy.state().here, (await register.venueOf(hall.number))?.name]).toEqual([2, hall.name]);
    expect(copy.put(all, there, true)).toBe(2);
    expect([copy.state().here, (await register.venueOf(hall.number))?.name]).toEqual([0, '시청']);
  });

  it('an issued code that is another place’s there stays until it is removed here', async () => {
    const temp = tempRegister();
    const register = temp.open();
    const stall = await register.issueVenue({ name: '포장마차', address: null }, issueCode);
    expect(stall.number).toBe(code.number);
    const copy = copyOf(temp);
    expect(copy.put(all, [code], false)).toBe(0);
    expect([await register.venueOf(code.number), copy.state().here]).toEqual([stall, 1]);
    await register.removeVenue(stall);
    expect(copy.put(all, [code], false)).toBe(1);
    expect((await register.venueOf(code.number))?.name).toBe(code.name);
    expect(copy.state()).toMatchObject({ copied: 1, here: 0 });
  });

  it('which list it is, and until when that was the latest, outlives the process', () => {
    const temp = tempRegister();
    temp.open();
    const copy = openPlaceCopy(temp.dataDir);
    copy.taken('one', nowMs);
    copy.checked(nowMs + 600_000);
    copy.close();
    const list = { version: 'one', takenAtMs: nowMs, checkedAtMs: nowMs + 600_000 };
    expect(copyOf(temp).state().list).toEqual(list);
  });
});
