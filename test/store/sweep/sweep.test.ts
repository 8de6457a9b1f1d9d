import { cpSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../../src/base/amounts.ts';
import { collect } from '../../../src/base/batches.ts';
import { auditChain } from '../../../src/store/audit/audit-chain.ts';
import { databasePath, openDatabase } from '../../../src/store/database/database.ts';
import { hourOf } from '../../../src/store/hour.ts';
import { HourKeys } from '../../../src/store/keyring/hour-keys.ts';
import { Keyring } from '../../../src/store/keyring/keyring.ts';
import type { Register } from '../../../src/store/register-types.ts';
import { machineTimeOf, registerTime } from '../../../src/store/sweep/register-time.ts';
import { sweepRows } from '../../../src/store/sweep/sweep-rows.ts';
import { sweepOnce } from '../../../src/store/sweep/sweep-steps.ts';
import { noRows } from '../../../src/store/sweep/sweep-tally.ts';
import { arrival, nowMs, part, retentionMs, tempRegister, text, visit } from '../temp-register.ts';
import { keysOf, ledgerOf, sweep, tables, who } from './sweeping.ts';

const hour = hourOf(nowMs);
const visitors = async (register: Register) => [
  ...new Set(
    (await collect(register.visits({ fromMs: 0, toMs: nowMs + 90 * dayMs }))).map(({ visitor }) => visitor),
  ),
];

/** One of everything that expires, at a time. */
function fill(register: Register, atMs: number, slot: number): void {
  register.transact((unit) => {
    unit.alreadyHeld(arrival({ atMs, octets: Buffer.from(`seen at ${atMs}`) }));
    const place = { memory: 'SM', slot };
    unit.alreadyHeld(arrival({ atMs, place, source: 'received', octets: Buffer.from(`held at ${atMs}`) }));
    unit.addVisit(visit({ atMs }));
    unit.addVisit(visit({ atMs, venue: '0313242115' }));
    for (const kind of ['unresolved', 'undecodable', 'notice'] as const) unit.addText(text({ kind, atMs }));
    unit.addPart(part({ atMs, ref: slot }));
  });
}

const filled = {
  ...noRows(),
  visits: 2,
  unresolved: 1,
  undecodable: 1,
  notices: 1,
  parts: 1,
  seen: 1,
  residents: 1,
};
const filledTables = {
  visits: 2,
  texts: 3,
  parts: 1,
  seen: 1,
  residents: 1,
  audit_subjects: 0,
  hours: 1,
  misdated: 0,
};
const emptyTables = {
  visits: 0,
  texts: 0,
  parts: 0,
  seen: 0,
  residents: 0,
  audit_subjects: 0,
  hours: 0,
  misdated: 0,
};

/** The end of the hour that a test filled, four weeks on. */
const endMs = (hour + 1) * hourMs + retentionMs;

describe('a sweep', () => {
  it('a sweep removes every kind of row of an hour that has ended, its key, and what tells of the hour', async () => {
    const temp = tempRegister();
    const register = temp.open();
    fill(register, nowMs, 1);
    await temp.clock.advance(endMs - nowMs);
    const plan = await register.planSweep();
    expect(tables(temp)).toEqual(filledTables);
    const result = await sweep(register);
    expect(result).toMatchObject({
      rows: filled,
      hours: [hour],
      keys: 1,
      finished: true,
      walTruncated: true,
    });
    expect(plan).toEqual({ clock: result.clock, rows: filled, hours: [hour], keys: 1 });
    expect(tables(temp)).toEqual(emptyTables);
    expect(keysOf(temp)).toEqual([]);
    expect(await register.health()).toMatchObject({
      visits: 0,
      unresolved: 0,
      undecodable: 0,
      notices: 0,
      keys: 0,
    });
  });

  it('a sweep touches nothing of the hours that live', async () => {
    const temp = tempRegister();
    const register = temp.open();
    fill(register, nowMs, 1);
    fill(register, nowMs + hourMs, 2);
    fill(register, nowMs + 27 * dayMs, 3);
    await temp.clock.advance(endMs - nowMs);
    await sweep(register);
    expect(tables(temp)).toEqual({
      ...filledTables,
      visits: 4,
      texts: 6,
      parts: 2,
      seen: 2,
      residents: 2,
      hours: 2,
    });
    expect(keysOf(temp)).toEqual([hour + 1, hour + 27 * 24]);
    expect(await register.health()).toMatchObject({
      visits: 4,
      unresolved: 2,
      undecodable: 2,
      notices: 2,
      keylessHours: 0,
    });
  });

  it('a sweep hides a row from its four weeks on, to the millisecond, and takes it with its hour’s key when the last row could be past', async () => {
    const temp = tempRegister();
    const register = temp.open();
    const last = (hour + 1) * hourMs - 1;
    register.transact((unit) => {
      unit.addVisit(visit({ visitor: '0101', atMs: nowMs }));
      unit.addVisit(visit({ visitor: '0102', atMs: nowMs + 1 }));
      unit.addVisit(visit({ visitor: '0103', atMs: last }));
    });
    const swept = async (atMs: number) => {
      await temp.clock.advance(atMs - temp.clock.wallMs());
      return (await sweep(register)).rows.visits;
    };
    expect(await swept(nowMs + retentionMs - 1)).toBe(0);
    expect(await visitors(register)).toEqual(['0101', '0102', '0103']);
    expect(await swept(nowMs + retentionMs)).toBe(0);
    expect(await visitors(register)).toEqual(['0102', '0103']);
    expect(await swept(last + retentionMs)).toBe(0);
    expect(await visitors(register)).toEqual([]);
    expect(keysOf(temp)).toEqual([hour]);
    expect(await swept(last + retentionMs + 1)).toBe(3);
    expect(keysOf(temp)).toEqual([]);
    expect(tables(temp)).toEqual(emptyTables);
  });

  it('a sweep makes an older copy of the database unreadable, the write-ahead log included', async () => {
    const temp = tempRegister();
    const register = temp.open();
    fill(register, nowMs, 1);
    const copy = tempRegister();
    for (const name of ['register.sqlite', 'register.sqlite-wal'])
      cpSync(join(temp.dataDir, name), join(copy.dataDir, name));
    const opened = async () => {
      const reader = copy.open({ keyFile: temp.keyFile, role: 'reader' });
      const stream = reader.visits({ fromMs: 0, toMs: nowMs + dayMs });
      const read = (await collect(stream)).length;
      return { read, unreadable: stream.unreadable };
    };
    expect(await opened()).toEqual({ read: 2, unreadable: 0 });
    await temp.clock.advance(endMs - nowMs);
    await sweep(register);
    expect(await opened()).toEqual({ read: 0, unreadable: 2 });
  });

  it('a sweep cuts the write-ahead log to nothing and gives free pages back', async () => {
    const temp = tempRegister();
    const first = temp.open();
    first.transact((unit) => {
      for (let id = 0; id < 6_000; id += 1) unit.addVisit(visit({ atMs: nowMs + id }));
    });
    first.close();
    const register = temp.open();
    await temp.clock.advance(endMs - nowMs);
    const before = statSync(databasePath(temp.dataDir)).size;
    const { freedPages, walTruncated } = await sweep(register);
    expect({ freedPages: freedPages > 100, walTruncated }).toEqual({ freedPages: true, walTruncated: true });
    expect(statSync(`${databasePath(temp.dataDir)}-wal`).size).toBe(0);
    expect(before - statSync(databasePath(temp.dataDir)).size).toBeGreaterThan(300_000);
    const db = new Database(databasePath(temp.dataDir), { readonly: true });
    expect(db.pragma('freelist_count', { simple: true })).toBe(0);
    db.close();
  });

  it('a sweep leaves the write-ahead log to the next one while a reader needs it', async () => {
    const temp = tempRegister();
    const register = temp.open();
    fill(register, nowMs, 1);
    await temp.clock.advance(endMs - nowMs);
    const reader = new Database(databasePath(temp.dataDir), { readonly: true });
    const rows = reader.prepare('SELECT id FROM sealed_texts').iterate();
    rows.next();
    expect(await sweep(register)).toMatchObject({ rows: filled, walTruncated: false, finished: true });
    rows.return?.();
    reader.close();
    expect(await sweep(register)).toMatchObject({ rows: noRows(), walTruncated: true });
  });

  it('a sweep ends hours that have a key and no row, and rows that have no key', async () => {
    const temp = tempRegister();
    const register = temp.open();
    fill(register, nowMs, 1);
    const ring = Keyring.open(temp.keyFile, true);
    ring.destroy(hour);
    ring.add(hour + 1, 'aes-256-gcm');
    ring.close();
    const db = new Database(databasePath(temp.dataDir));
    db.exec('DELETE FROM hours');
    db.close();
    await temp.clock.advance(endMs + hourMs - nowMs);
    // Without the key, nothing tells the kinds of texts.
    const rows = { ...filled, unresolved: 0, undecodable: 3, notices: 0 };
    expect(await sweep(register)).toMatchObject({ rows, hours: [hour, hour + 1], keys: 1 });
    expect(tables(temp)).toEqual(emptyTables);
    expect(keysOf(temp)).toEqual([]);
  });

  it('a sweep that finds nothing to do writes nothing to the ledger', async () => {
    const temp = tempRegister();
    const register = temp.open();
    fill(register, nowMs, 1);
    expect(await sweep(register)).toMatchObject({ rows: noRows(), hours: [], keys: 0, finished: true });
    expect(ledgerOf(temp)).toEqual([]);
    expect(tables(temp)).toEqual(filledTables);
  });

  it('a sweep zeroes in memory the keys of hours that end, and of those that another process ended', async () => {
    const temp = tempRegister();
    fill(temp.open(), nowMs, 1);
    const tool = temp.open({ role: 'tool' });
    const db = openDatabase(temp.dataDir, false);
    const ring = Keyring.open(temp.keyFile, true);
    const keys = new HourKeys(ring, 'aes-256-gcm');
    const held = [keys.forReading(hour)?.seal, keys.forWriting(hour + 1).seal];
    await temp.clock.advance(endMs - nowMs);
    await sweep(tool);
    const time = registerTime(db, temp.clock, machineTimeOf(temp.clock), false);
    const chain = auditChain(db, temp.options);
    const sweeper = { db, ring, keys, time, chain, rows: sweepRows(db), retentionMs };
    await sweepOnce(sweeper, { who, command: 'run' });
    expect(held.map((key) => key?.equals(Buffer.alloc(32)))).toEqual([true, false]);
    await temp.clock.advance(hourMs);
    await sweepOnce(sweeper, { who, command: 'run' });
    expect(held.map((key) => key?.equals(Buffer.alloc(32)))).toEqual([true, true]);
    keys.close();
    db.close();
  });

  it('a sweep is refused to a reader, which may ask what it would do', async () => {
    const temp = tempRegister();
    fill(temp.open(), nowMs, 1);
    const reader = temp.open({ role: 'reader' });
    await temp.clock.advance(endMs - temp.clock.wallMs());
    await expect(sweep(reader)).rejects.toMatchObject({ code: 'register.read-only' });
    expect(await reader.planSweep()).toMatchObject({ rows: filled, hours: [hour], keys: 1 });
  });

  it('a sweep asked what it would do, changes no octet of the register', async () => {
    const temp = tempRegister();
    const register = temp.open();
    fill(register, nowMs, 1);
    const files = () =>
      ['register.sqlite', 'register.sqlite-wal', 'keyring'].map((name) =>
        readFileSync(join(temp.dataDir, name)),
      );
    const before = files();
    temp.clock.setWall(endMs);
    await register.planSweep();
    expect(files().every((content, index) => content.equals(before[index] as Buffer))).toBe(true);
  });
});

describe('a sweep in steps', () => {
  const many = 2_500;

  function fillMany(register: Register): void {
    for (const atMs of [nowMs - hourMs, nowMs])
      register.transact((unit) => {
        for (let id = 0; id < many; id += 1) unit.addVisit(visit({ atMs, visitor: `0103${id}` }));
      });
    fill(register, nowMs, 1);
    fill(register, nowMs + 5 * hourMs, 2);
  }

  /** Stops after some steps, as a process does that is killed between them. */
  async function stopAfter(register: Register, steps: number): Promise<boolean> {
    const stop = new AbortController();
    let left = steps;
    const pause = async () => {
      left -= 1;
      if (left <= 0) stop.abort();
    };
    return (await sweep(register, { pause, signal: stop.signal })).finished;
  }

  it('a sweep in steps that is stopped after any of them is finished by the next, and the ledger counts each row once', async () => {
    for (let steps = 1, finished = false; !finished; steps += steps < 6 ? 1 : 7) {
      const temp = tempRegister();
      const first = temp.open();
      fillMany(first);
      await temp.clock.advance(endMs - nowMs);
      finished = await stopAfter(first, steps);
      first.close();
      const second = temp.open();
      await sweep(second);
      expect(tables(temp)).toEqual(filledTables);
      expect(keysOf(temp)).toEqual([hour + 5]);
      const rows = { visits: 2 * many + 2, unresolved: 1, undecodable: 1, notices: 1, parts: 1 };
      const line = { cause: 'expired', firstHour: hour - 1, lastHour: hour, rows, keys: 2, method: 'key' };
      expect(ledgerOf(temp)).toEqual([{ kind: 'destroyed', ...line, who, command: 'sweep' }]);
      expect(await second.health()).toMatchObject({ visits: 2, unresolved: 1 });
      second.close();
    }
  });

  it('a sweep in steps lets texts be stored between any two of them', async () => {
    const temp = tempRegister();
    const register = temp.open();
    fillMany(register);
    await temp.clock.advance(endMs - nowMs);
    let stored = 0;
    const pause = async () => {
      stored += 1;
      register.transact((unit) =>
        unit.addVisit(visit({ visitor: `0104${stored}`, atMs: temp.clock.wallMs() })),
      );
    };
    const { steps } = await sweep(register, { pause });
    expect(stored).toBe(steps - 1);
    expect(await visitors(register)).toHaveLength(stored + 1);
  });

  it('a sweep in steps lets two of them go on at once, in two processes, and counts each row once', async () => {
    const temp = tempRegister();
    const gateway = temp.open();
    fillMany(gateway);
    const tool = temp.open({ role: 'tool' });
    await temp.clock.advance(endMs - nowMs);
    const [one, other] = await Promise.all([sweep(gateway), sweep(tool)]);
    expect(one.rows.visits + other.rows.visits).toBe(2 * many + 2);
    expect(tables(temp)).toEqual(filledTables);
    const lines = ledgerOf(temp);
    expect(lines.reduce((sum, { rows }) => sum + (rows.visits ?? 0), 0)).toBe(2 * many + 2);
    expect(lines.reduce((sum, { keys }) => sum + keys, 0)).toBe(2);
  });

  it('a sweep in steps removes no row of an hour that goes on: which row went first would tell when it came', async () => {
    const temp = tempRegister();
    const register = temp.open();
    for (const minutes of [0, 10, 20, 30])
      register.transact((unit) => unit.addVisit(visit({ atMs: nowMs + minutes * 60_000 })));
    await temp.clock.advance(retentionMs);
    for (let minutes = 0; minutes <= 30; minutes += 10) {
      expect((await sweep(register)).rows.visits).toBe(0);
      expect(ledgerOf(temp)).toEqual([]);
      await temp.clock.advance(10 * 60_000);
    }
    await sweep(register);
    expect(ledgerOf(temp)).toMatchObject([{ firstHour: hour, lastHour: hour, rows: { visits: 4 }, keys: 1 }]);
  });
});

describe('an hour with so many keys to end that it takes several steps', () => {
  it('an hour with so many keys to end that it takes several steps is ended whole', async () => {
    const temp = tempRegister();
    const register = temp.open();
    for (let hours = 0; hours < 300; hours += 1)
      register.transact((unit) => unit.addVisit(visit({ atMs: nowMs + hours * hourMs })));
    await temp.clock.advance(retentionMs + 400 * hourMs);
    expect((await sweep(register)).keys).toBe(300);
    expect(keysOf(temp)).toEqual([]);
    expect(tables(temp)).toEqual(emptyTables);
  });
});
