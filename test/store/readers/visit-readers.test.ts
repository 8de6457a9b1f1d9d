import { rmSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hourMs } from '../../../src/base/amounts.ts';
import { collect } from '../../../src/base/batches.ts';
import { databasePath, openDatabase } from '../../../src/store/database/database.ts';
import { hourOf } from '../../../src/store/hour.ts';
import { HourKeys } from '../../../src/store/keyring/hour-keys.ts';
import { Keyring } from '../../../src/store/keyring/keyring.ts';
import { visitsByReader } from '../../../src/store/readers/visit-readers.ts';
import { LineNames } from '../../../src/store/tables/lines.ts';
import type { OpenVisit } from '../../../src/store/tables/row-access.ts';
import { always, nowMs, type TempRegister, tempRegister, visit } from '../temp-register.ts';

function filled(visits: number): TempRegister {
  const temp = tempRegister();
  const register = temp.open();
  register.transact((unit) => {
    for (let index = 0; index < visits; index += 1)
      unit.addVisit(
        visit({
          atMs: nowMs - ((index * 7) % visits) * 3_000,
          visitor: `0105550${1_000 + (index % 9_000)}`,
          venue: `031324${2_000 + (index % 40)}`,
          correctedBy: index % 50 === 0 ? 'clerk' : null,
        }),
      );
  });
  register.close();
  return temp;
}

/** What rows are found with in this thread. */
function opener(temp: TempRegister) {
  const db = openDatabase(temp.dataDir, true);
  const keys = new HourKeys(Keyring.open(temp.keyFile, false), 'aes-256-gcm');
  onTestFinished(() => {
    keys.close();
    db.close();
  });
  return { db, keys, lines: new LineNames(db) };
}

function readBy(temp: TempRegister, query = always, missed: (rows?: number) => void = () => {}) {
  const { dataDir, keyFile, retentionMs, algorithm } = temp.options;
  return visitsByReader(opener(temp), { dataDir, keyFile, retentionMs, algorithm }, query, missed);
}

async function rowsOf(temp: TempRegister, query = always) {
  const rows: OpenVisit[] = [];
  let unreadable = 0;
  const missed = (count = 1) => {
    unreadable += count;
  };
  for await (const batch of readBy(temp, query, missed)) rows.push(...batch);
  return { rows, unreadable };
}

describe('a thread that opens rows', () => {
  it('a thread that opens rows brings the same rows in the same order as the register does', async () => {
    const temp = filled(5_000);
    const query = { ...always, venues: ['0313242001', '0313242007', '0313242020'] };
    for (const asked of [always, query]) {
      const { rows, unreadable } = await rowsOf(temp, asked);
      const expected = await collect(temp.open({ role: 'reader' }).visits(asked));
      expect(unreadable).toBe(0);
      expect(
        rows.map(({ venue, atMs, id, visitor, correctedBy }) => ({
          venue,
          atMs,
          id,
          visitor,
          by: correctedBy,
        })),
      ).toEqual(
        expected.map(({ venue, visitedAtMs, id, visitor, correctedBy }) => ({
          venue,
          atMs: visitedAtMs,
          id,
          visitor,
          by: correctedBy,
        })),
      );
    }
  });

  it('a thread that opens rows counts once the rows of an hour without a key', async () => {
    const temp = filled(5_000);
    const hour = hourOf(nowMs - hourMs);
    const inHour = (await collect(temp.open({ role: 'reader' }).visits(always))).filter(
      ({ visitedAtMs }) => hourOf(visitedAtMs) === hour,
    ).length;
    const ring = Keyring.open(temp.keyFile, true);
    ring.destroy(hour);
    ring.close();
    const { rows, unreadable } = await rowsOf(temp);
    expect(inHour).toBeGreaterThan(1_000);
    expect({ rows: rows.length, unreadable }).toEqual({ rows: 5_000 - inHour, unreadable: inHour });
  });

  it('a thread that opens rows reads on while the gateway writes', async () => {
    const temp = filled(5_000);
    const gateway = temp.open();
    let rows = 0;
    for await (const batch of readBy(temp)) {
      gateway.transact((unit) => unit.addVisit(visit({ atMs: nowMs - 20 * 24 * hourMs })));
      rows += batch.length;
    }
    expect(rows).toBe(5_000);
  });

  it('a thread that opens rows ends when nobody wants the rest', async () => {
    const temp = filled(5_000);
    const exits: Promise<number>[] = [];
    const onWorker = (worker: Worker) =>
      void exits.push(new Promise((resolve) => worker.once('exit', resolve)));
    process.on('worker', onWorker);
    for await (const batch of readBy(temp)) {
      expect(batch.length).toBeGreaterThan(0);
      break;
    }
    process.off('worker', onWorker);
    expect(await Promise.all(exits)).toEqual([0]);
  });

  it('a thread that opens rows makes the reading fail, and not hang, if it dies', async () => {
    const temp = filled(5_000);
    process.once('worker', (worker: Worker) => void worker.terminate());
    await expect(rowsOf(temp)).rejects.toMatchObject({ code: 'register.reader-died' });
  });

  it('a thread that opens rows hands on why it cannot open the register', async () => {
    const temp = filled(10);
    const reader = opener(temp);
    rmSync(temp.keyFile);
    const { dataDir, keyFile, retentionMs, algorithm } = temp.options;
    const batches = visitsByReader(reader, { dataDir, keyFile, retentionMs, algorithm }, always, () => {});
    await expect(batches.next()).rejects.toMatchObject({ code: 'keyring.missing' });
  });

  it('a thread that opens rows leaves out rows that were tampered with, and counts them', async () => {
    const temp = filled(600);
    const db = new Database(databasePath(temp.dataDir));
    db.exec(
      'UPDATE sealed_visits SET sealed = zeroblob(57) WHERE id IN (SELECT id FROM sealed_visits LIMIT 6)',
    );
    db.close();
    const { rows, unreadable } = await rowsOf(temp);
    expect({ rows: rows.length, unreadable }).toEqual({ rows: 594, unreadable: 6 });
  });

  it('a thread that opens rows brings senders as they were sent, whatever is in them', async () => {
    const temp = tempRegister();
    const register = temp.open();
    const names = ['카카오', 'a\0b', '\0', 'x\n"', '01055500123', '+8613055500123'];
    register.transact((unit) => {
      for (const [index, visitor] of names.entries())
        unit.addVisit(visit({ visitor, atMs: nowMs - 60_000 + index }));
    });
    register.close();
    const { rows } = await rowsOf(temp);
    expect(rows.map(({ visitor }) => visitor)).toEqual(names);
  });
});
