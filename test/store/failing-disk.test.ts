import { describe, expect, it, onTestFinished } from 'vitest';
import { collect } from '../../src/base/batches.ts';
import { type Connection, openDatabase } from '../../src/store/database/database.ts';
import { registerError } from '../../src/store/database/errors.ts';
import { HourKeys } from '../../src/store/keyring/hour-keys.ts';
import { openKeyring } from '../../src/store/keyring/open-keyring.ts';
import { intakeOf } from '../../src/store/register-intake.ts';
import { machineTimeOf, registerTime } from '../../src/store/sweep/register-time.ts';
import { LineNames } from '../../src/store/tables/lines.ts';
import { Venues } from '../../src/store/tables/venues.ts';
import { always, arrival, nowMs, part, tempRegister, text, visit } from './temp-register.ts';

/** The writing half of a register on a database whose size a test can hold down: SQLite then reports a full disk. */
function smallDisk() {
  const temp = tempRegister();
  temp.open().close();
  const db = openDatabase(temp.dataDir, false);
  const keys = new HourKeys(openKeyring(db, temp.options, 'gateway'), 'aes-256-gcm');
  const time = registerTime(db, temp.clock, machineTimeOf(temp.clock), true);
  const venues = new Venues(db);
  const lines = new LineNames(db);
  const { dataDir, options } = temp;
  const parts = {
    ...{ dataDir, db, keys, lines, venues, time },
    calm: time.clock,
    retentionMs: options.retentionMs,
  };
  const writer = intakeOf(parts, 'gateway');
  onTestFinished(() => {
    keys.close();
    db.close();
  });
  return { temp, db, ...writer };
}

const fill = (db: Connection) => db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true })}`);
const makeRoom = (db: Connection) => db.pragma('max_page_count = 100000');
const full = expect.objectContaining({ code: 'register.disk-full' });
const long = 'x'.repeat(40_000);

describe('a full disk', () => {
  it('G1: a full disk refuses the whole listing, keeps what was there, and goes on by itself when there is room', async () => {
    const { db, temp, transact } = smallDisk();
    transact((unit) => unit.addVisit(visit({ visitor: '0101' })));
    fill(db);
    const listing = () =>
      transact((unit) => {
        const held = unit.alreadyHeld(arrival());
        unit.addVisit(visit({ visitor: '0102' }));
        unit.addText(text({ text: long }));
        return held;
      });
    for (let attempt = 0; attempt < 3; attempt += 1) expect(listing).toThrow(full);
    expect((await collect(temp.open().visits(always))).map(({ visitor }) => visitor)).toEqual(['0101']);
    makeRoom(db);
    expect(listing()).toBe(false);
    expect(transact((unit) => unit.alreadyHeld(arrival()))).toBe(true);
  });

  it('a full disk breaks up no long text that waits', () => {
    const { db, transact } = smallDisk();
    transact((unit) => unit.addPart(part({ seq: 1, total: 2 })));
    fill(db);
    const rest = () =>
      transact((unit) => {
        const set = unit.addPart(part({ seq: 2, total: 2 }));
        unit.addText(text({ text: long }));
        return set;
      });
    expect(rest).toThrow(full);
    makeRoom(db);
    expect(rest()?.parts.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it('a full disk keeps ids unique and counts right over transactions that were undone', async () => {
    const { db, temp, transact } = smallDisk();
    const ids: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      ids.push(transact((unit) => unit.addVisit(visit())));
      fill(db);
      expect(() => transact((unit) => [unit.addVisit(visit()), unit.addText(text({ text: long }))])).toThrow(
        full,
      );
      makeRoom(db);
      ids.push(
        transact((unit) => unit.addVisit(visit({ atMs: nowMs + round * 1_000, line: `line${round}` }))),
      );
    }
    const register = temp.open();
    expect(new Set(ids).size).toBe(10);
    expect(await register.health()).toMatchObject({ visits: 10, unresolved: 0 });
    expect((await collect(register.visits(always))).map(({ id }) => id).sort((a, b) => a - b)).toEqual(
      [...ids].sort((a, b) => a - b),
    );
    expect(new Set((await collect(register.visits(always))).map(({ line }) => line))).toEqual(
      new Set(['line0', 'line1', 'line2', 'line3', 'line4']),
    );
  });
});

describe('an error of the database or the system', () => {
  it.each([
    ['SQLITE_FULL', 'register.disk-full'],
    ['ENOSPC', 'register.disk-full'],
    ['EDQUOT', 'register.disk-full'],
    ['SQLITE_IOERR_FSYNC', 'register.io'],
    ['SQLITE_IOERR_WRITE', 'register.io'],
    ['SQLITE_CANTOPEN', 'register.io'],
    ['EIO', 'register.io'],
    ['SQLITE_BUSY', 'register.busy'],
    ['SQLITE_BUSY_SNAPSHOT', 'register.busy'],
    ['SQLITE_LOCKED', 'register.busy'],
    ['SQLITE_CORRUPT', 'register.corrupt'],
    ['SQLITE_NOTADB', 'register.corrupt'],
    ['SQLITE_READONLY', 'register.read-only'],
    ['EROFS', 'register.read-only'],
    ['EACCES', 'register.read-only'],
  ])('an error of the database or the system %s is told as %s, without its own words', (code, told) => {
    const error = Object.assign(new Error('near "01055500123": row 17'), { code });
    expect(registerError(error)).toMatchObject({ code: told, facts: { cause: code } });
    expect((registerError(error) as Error).message).not.toContain('0105');
  });

  it.each([
    new TypeError('a mistake of ours'),
    Object.assign(new Error('x'), { code: 'ERR_INVALID_ARG_TYPE' }),
    'thrown',
  ])('an error of the database or the system that is none of those passes unchanged: %s', (error) =>
    expect(registerError(error)).toBe(error),
  );
});
