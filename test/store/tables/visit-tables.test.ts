import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { hourMs } from '../../../src/base/amounts.ts';
import { collect } from '../../../src/base/batches.ts';
import { visitorFinder } from '../../../src/cli/erase/visitor-finder.ts';
import { checkRegister } from '../../../src/store/check/check.ts';
import { databasePath } from '../../../src/store/database/database.ts';
import { openOutbox, rowsIn } from '../../../src/store/outbox/outbox.ts';
import { sweep, tables, who } from '../sweep/sweeping.ts';
import { always, nowMs, type TempRegister, tempRegister, visit } from '../temp-register.ts';
import { layAsBefore } from '../visits-before.ts';

const hall = '0313242114';
const library = '0313242115';
const regular = '01055500123';

/** Of one hour, rows as before and rows as now: ten visitors each, one of them in both. */
async function brought(): Promise<TempRegister> {
  const temp = tempRegister();
  const register = temp.open();
  const receive = (venue: string, first: number) =>
    register.transact((unit) => {
      for (let index = 0; index < 9; index += 1)
        unit.addVisit(visit({ visitor: `0105550${first + index}`, venue, atMs: nowMs - index * 1_000 }));
      unit.addVisit(visit({ visitor: regular, venue, atMs: nowMs - 20_000 }));
    });
  receive(hall, 1_100);
  layAsBefore(temp);
  receive(library, 2_200);
  await register.close();
  return temp;
}

function rowsOf({ dataDir }: TempRegister): number[] {
  const db = new Database(databasePath(dataDir), { readonly: true });
  const counts = ['visits_by_place', 'sealed_visits'].map(
    (table) => db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0,
  );
  db.close();
  return counts;
}

describe('an hour in which a register was brought up to date', () => {
  it('an hour of both tables is read and counted as one', async () => {
    const temp = await brought();
    expect(rowsOf(temp)).toEqual([10, 10]);
    const register = temp.open({ role: 'reader' });
    const visits = await collect(register.visits(always));
    expect(visits).toHaveLength(20);
    expect(visits.map(({ visitedAtMs }) => visitedAtMs)).toEqual(
      visits.map(({ visitedAtMs }) => visitedAtMs).sort((a, b) => a - b),
    );
    expect(await collect(register.visits({ ...always, venues: [hall] }))).toHaveLength(10);
    const own = await collect(register.visitsOf(regular, always));
    expect(own.map(({ venue }) => venue).sort()).toEqual([hall, library]);
    const whole = { fromMs: 0, toMs: nowMs + hourMs };
    const counts = await collect(register.counts(whole));
    expect(counts.map(({ venue, visits: rows }) => [venue, rows]).sort()).toEqual([
      [hall, 10],
      [library, 10],
    ]);
    expect([await register.visitsAt(hall), await register.visitsAt(library)]).toEqual([10, 10]);
    await register.close();
  });

  it('an hour of both tables is checked, and a row that is gone from either is missed', async () => {
    const temp = await brought();
    const ids = () =>
      checkRegister({ ...temp.options, configFile: null, sweepIntervalMs: hourMs, full: true })
        .findings.map(({ id }) => id)
        .filter((id) => id !== 'check.audit');
    expect(ids()).toEqual([]);
    for (const table of ['visits_by_place', 'sealed_visits']) {
      const db = new Database(databasePath(temp.dataDir));
      db.exec(`DELETE FROM ${table} WHERE id = (SELECT max(id) FROM ${table})`);
      db.close();
      expect(ids()).toEqual(['check.counts']);
    }
  });

  it('an hour of both tables loses a visitor who is erased, and ends with all of its rows', async () => {
    const temp = await brought();
    const register = temp.open({ role: 'tool' });
    const erased = await register.erase(visitorFinder(regular), who);
    expect(erased).toMatchObject({ rows: { visits: 2 } });
    expect(rowsOf(temp)).toEqual([9, 9]);
    await temp.clock.advance(29 * 24 * hourMs);
    await sweep(register, { force: true });
    expect(rowsOf(temp)).toEqual([0, 0]);
    expect(tables(temp)).toMatchObject({ visits: 0, hours: 0 });
    await register.close();
  });

  it('an hour of both tables leaves a site whole, however few rows go at once', async () => {
    const temp = await brought();
    const outbox = openOutbox(temp.options);
    expect(outbox.waiting().rows).toBe(20);
    const sizes: number[] = [];
    for (let next = outbox.next(7); rowsIn(next) > 0; next = outbox.next(7)) {
      sizes.push(rowsIn(next));
      outbox.leave(next);
    }
    expect(sizes).toEqual([7, 7, 6]);
    expect(outbox.waiting().rows).toBe(0);
    outbox.close();
    expect(rowsOf(temp)).toEqual([0, 0]);
  });
});
