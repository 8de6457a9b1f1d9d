import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { dayMs, hourMs } from '../../src/base/amounts.ts';
import { collect } from '../../src/base/batches.ts';
import { loginOf } from '../../src/central/schema/init.ts';
import { databasePath } from '../../src/store/database/database.ts';
import { who } from '../store/sweep/sweeping.ts';
import { always, nowMs, tempRegister, text, visit } from '../store/temp-register.ts';
import { type Cluster, makeCluster, noPostgres } from '../support/postgres.ts';
import { forwardAll, makeCentral, makeHolderHost, outboxOf } from './holder-bench.ts';

const retentionMs = dayMs;

describe.skipIf(noPostgres)('two holders of one register', () => {
  let cluster: Cluster;

  beforeAll(() => {
    cluster = makeCluster();
    cluster.start();
  });

  afterAll(() => cluster?.remove());

  /** A site that has forwarded three visits of two days and a text, and two holders that read them. */
  async function scene() {
    const central = await makeCentral(cluster, [
      { kind: 'gateway', name: 'giheung' },
      { kind: 'holder', name: 'a' },
      { kind: 'holder', name: 'b' },
    ]);
    const site = tempRegister();
    const hostA = makeHolderHost(central, 'a', site.clock, { retentionMs });
    const hostB = makeHolderHost(central, 'b', site.clock, { retentionMs, others: [hostA.pin] });
    const [a, b] = [hostA.open(), hostB.open()];
    await a.pass({ who, command: 'run' });
    await b.pass({ who, command: 'run' });
    const intake = site.open();
    intake.transact((unit) => {
      unit.addVisit(visit({ visitor: '01055500001', atMs: nowMs - 15 * hourMs }));
      unit.addVisit(visit({ visitor: '01055500002' }));
      unit.addVisit(visit({ visitor: '01055500003', atMs: nowMs - hourMs }));
      unit.addText(text());
    });
    await forwardAll(central, 'giheung', outboxOf(site.options), [hostA.pin, hostB.pin]);
    const count = (from: string) => Number(cluster.sql(`SELECT count(*) FROM ${from}`, central.database));
    const days = () => count(`pg_inherits WHERE inhparent = 'visitlog.visits'::regclass`);
    const read = (dataDir: string) => {
      const db = new Database(databasePath(dataDir), { readonly: true });
      onTestFinished(() => void db.close());
      return db;
    };
    const own = { a: read(hostA.options.dataDir), b: read(hostB.options.dataDir) };
    const ledger = (db: Database.Database) =>
      db
        .prepare<[], string>('SELECT entry FROM audit')
        .pluck()
        .all()
        .map((entry) => JSON.parse(entry))
        .filter(({ kind }) => kind === 'destroyed');
    const kept = (db: Database.Database) => db.prepare('SELECT count(*) FROM opened_keys').pluck().get();
    return { central, clock: site.clock, a, b, hostA, count, days, own, ledger, kept };
  }

  it('what one of them assigns the other reads, once it is named', async () => {
    const { a, b } = await scene();
    const [unresolved] = await collect(b.texts(always));
    if (unresolved === undefined) throw new Error('no text');
    const made = visit({ visitor: '01055500777', correctedBy: 'clerk' });
    expect(await b.assign([{ text: unresolved, visit: made }])).toBe(1);
    for (const records of [a, b]) {
      const visits = await collect(records.visits(always));
      expect(
        visits.filter(({ correctedBy }) => correctedBy === 'clerk').map(({ visitor }) => visitor),
      ).toEqual(['01055500777']);
      expect(await collect(records.texts(always))).toEqual([]);
    }
    // `b` is not named at `a`: what `a` takes back is a text that `b` cannot open, and counts.
    await a.unassign(await a.assignedTexts(always));
    expect(await collect(a.texts(always))).toHaveLength(1);
    const seen = b.texts(always);
    expect([await collect(seen), seen.unreadable]).toEqual([[], 1]);
  });

  it('each ends its hours by itself, and a day goes when its last hour has', async () => {
    const { a, b, clock, count, days, own, ledger, kept } = await scene();
    await a.pass({ who, command: 'run' });
    expect([days(), kept(own.a), kept(own.b)]).toEqual([2, 3, 0]);
    // The first day is past, the second in part.
    await clock.advance(dayMs - 5 * hourMs);
    await a.sweep({ who, command: 'run' });
    expect(ledger(own.a)).toMatchObject([{ rows: { visits: 1 }, method: 'key', keys: expect.any(Number) }]);
    expect([days(), kept(own.a)]).toEqual([1, 2]);
    expect((await collect(b.visits(always))).map(({ visitor }) => visitor)).toEqual([
      '01055500003',
      '01055500002',
    ]);
    await clock.advance(2 * dayMs);
    // Both at the same time.
    await Promise.all([a.sweep({ who, command: 'run' }), b.sweep({ who, command: 'run' })]);
    await a.sweep({ who, command: 'run' });
    expect([days(), count('visitlog.hours'), count('visitlog.envelopes'), kept(own.a)]).toEqual([0, 0, 0, 0]);
    expect(ledger(own.a)).toHaveLength(2);
    expect(ledger(own.a)[1]).toMatchObject({ rows: { visits: 2, unresolved: 1 } });
    expect(ledger(own.b).length).toBeGreaterThan(0);
  });

  it('an hour that is past ends while the database does not answer, and the ledger says no number', async () => {
    const { a, clock, hostA, own, ledger, days } = await scene();
    await clock.advance(2 * dayMs);
    cluster.stop('immediate');
    await expect(a.sweep({ who, command: 'run' })).rejects.toMatchObject({ code: 'central.unreachable' });
    cluster.start();
    expect(ledger(own.a)[0]).toMatchObject({ cause: 'expired', rows: {}, method: 'key' });
    await a.close();
    const again = hostA.open();
    expect(await again.health()).toMatchObject({ visits: 0, unresolved: 0, keylessHours: 0 });
    await again.sweep({ who, command: 'run' });
    expect(days()).toBe(0);
  });

  it('a gateway may neither drop days nor remove rows, and a holder may not touch tables', async () => {
    const { central } = await scene();
    const { connectToPrimary } = await import('../../src/central/connect.ts');
    const as = async (kind: 'gateway' | 'holder', name: string, query: string) => {
      const { client, close } = await connectToPrimary(central.address(loginOf({ kind, name })));
      return client
        .query(query)
        .then(
          () => 'done',
          (error: { readonly code: string }) => error.code,
        )
        .finally(close);
    };
    expect(await as('gateway', 'giheung', 'SELECT visitlog.drop_days(2147483647)')).toBe('42501');
    expect(await as('gateway', 'giheung', `SELECT visitlog.remove_texts('{1}', '{1}', '{0}', '{1}')`)).toBe(
      '42501',
    );
    expect(await as('gateway', 'giheung', 'SELECT number FROM visitlog.places')).toBe('done');
    expect(await as('gateway', 'giheung', 'SELECT number FROM visitlog.venues')).toBe('42501');
    expect(await as('gateway', 'giheung', 'DELETE FROM visitlog.venues')).toBe('42501');
    expect(await as('holder', 'a', 'DELETE FROM visitlog.visits')).toBe('42501');
    expect(await as('holder', 'a', 'SELECT visitlog.prepare_day(1)')).toBe('42501');
  });
});
