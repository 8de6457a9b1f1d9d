import { describe, expect, it, onTestFinished } from 'vitest';
import { hourMs } from '../../../src/base/amounts.ts';
import { collect } from '../../../src/base/batches.ts';
import { openDatabase } from '../../../src/store/database/database.ts';
import { hourOf } from '../../../src/store/hour.ts';
import { HourKeys } from '../../../src/store/keyring/hour-keys.ts';
import { Keyring } from '../../../src/store/keyring/keyring.ts';
import { countedInHalves } from '../../../src/store/readers/count-readers.ts';
import type { VisitCount, VisitQuery } from '../../../src/store/records.ts';
import { LineNames } from '../../../src/store/tables/lines.ts';
import { Venues } from '../../../src/store/tables/venues.ts';
import { always, nowMs, type TempRegister, tempRegister, visit } from '../temp-register.ts';

const hour = Math.floor(nowMs / hourMs) * hourMs;
const hours = 9;

/** Places of which some are registered; the later hours have some that the earlier ones did not have. */
async function filled(): Promise<TempRegister> {
  const temp = tempRegister();
  const register = temp.open();
  const number = (place: number) => `031324${2_000 + place}`;
  await register.putVenues(
    Array.from({ length: 60 }, (_, place) => ({
      ...{ number: number(place), name: `P${place}`, address: null, issued: false },
    })),
  );
  register.transact((unit) => {
    for (let index = 0; index < 3_000; index += 1)
      unit.addVisit(
        visit({
          atMs: hour + (index % hours) * hourMs + index * 100,
          venue: number((Math.floor(index / hours) * 7 + (index % hours) * 5) % 90),
        }),
      );
  });
  register.close();
  return temp;
}

interface Asked {
  readonly query: VisitQuery;
  readonly keyFile?: string;
  readonly missed?: (rows?: number) => void;
}

function counted(temp: TempRegister, { query, keyFile = temp.keyFile, missed = () => {} }: Asked) {
  const { dataDir, retentionMs, algorithm } = temp.options;
  const db = openDatabase(dataDir, true);
  const keys = new HourKeys(Keyring.open(temp.keyFile, false), 'aes-256-gcm');
  onTestFinished(() => {
    keys.close();
    db.close();
  });
  const reader = { db, keys, lines: new LineNames(db), venues: new Venues(db), retentionMs };
  const options = { dataDir, keyFile, retentionMs, algorithm };
  return countedInHalves(reader, options, { query, sumUnder: threes }, missed);
}

const threes = (hourStartMs: number) => hourStartMs - ((hourStartMs - hour) % (3 * hourMs));

function summed(counts: readonly VisitCount[], under: (hourStartMs: number) => number): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { hourStartMs, venue, visits } of counts) {
    const key = `${under(hourStartMs)} ${venue}`;
    sums.set(key, (sums.get(key) ?? 0) + visits);
  }
  return new Map([...sums].sort());
}

describe('visits that two threads count', () => {
  it.each([
    ['of whole hours', always],
    [
      'of a window that begins and ends within an hour',
      { fromMs: hour + 1_800_000, toMs: hour + 8 * hourMs + 500_000 },
    ],
    ['of a single hour', { fromMs: hour, toMs: hour + hourMs }],
  ])('visits that two threads count %s are those that one counts', async (_, query) => {
    const temp = await filled();
    const one = await collect(temp.open({ role: 'reader' }).counts(query));
    const two = await collect(counted(temp, { query }));
    expect(one.length).toBeGreaterThan(50);
    expect(summed(two, threes)).toEqual(summed(one, threes));
  });

  it('visits that two threads count are missed once in an hour without a key', async () => {
    const temp = await filled();
    const ring = Keyring.open(temp.keyFile, true);
    ring.destroy(hourOf(hour + 7 * hourMs));
    ring.close();
    let unreadable = 0;
    const missed = (rows = 1) => {
      unreadable += rows;
    };
    const register = temp.open({ role: 'reader' });
    const one = register.counts(always);
    const expected = summed(await collect(one), threes);
    expect(summed(await collect(counted(temp, { query: always, missed })), threes)).toEqual(expected);
    expect(unreadable).toBe(one.unreadable);
    expect(unreadable).toBeGreaterThan(300);
  });

  it('visits that two threads count need not be counted to the end', async () => {
    const temp = await filled();
    for await (const batch of counted(temp, { query: always })) {
      expect(batch.length).toBeGreaterThan(0);
      break;
    }
  });

  it('visits that two threads count tell of a keyring that has gone', async () => {
    const temp = await filled();
    const counts = counted(temp, { query: always, keyFile: `${temp.keyFile}.gone` });
    await expect(collect(counts)).rejects.toMatchObject({ code: 'keyring.missing' });
  });
});
