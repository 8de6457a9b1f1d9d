import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { collect } from '../../src/base/batches.ts';
import { systemClock } from '../../src/base/clock.ts';
import { startForwarder } from '../../src/central/forwarder.ts';
import { linkGateway } from '../../src/central/gateway-link.ts';
import { loginOf } from '../../src/central/schema/init.ts';
import { visitorFinder } from '../../src/cli/erase/visitor-finder.ts';
import { who } from '../store/sweep/sweeping.ts';
import { always, nowMs, tempRegister, visit } from '../store/temp-register.ts';
import { type Cluster, makeCluster, noPostgres } from '../support/postgres.ts';
import { until } from '../support/until.ts';
import { makeCentral, makeHolderHost, outboxOf } from './holder-bench.ts';

const visitor = (index: number) => `0105550${2_000 + index}`;

describe.skipIf(noPostgres)('a base backup that is put back', () => {
  let cluster: Cluster;

  beforeAll(() => {
    cluster = makeCluster();
    cluster.start();
  });

  afterAll(() => cluster?.remove());

  it('has what it had, sites and register hosts go on by themselves, and what was erased since is there again', async () => {
    const site = tempRegister();
    const central = await makeCentral(cluster, [
      { kind: 'gateway', name: 'giheung' },
      { kind: 'holder', name: 'a' },
    ]);
    const host = makeHolderHost(central, 'a', site.clock);
    const pass = async () => {
      const records = host.open();
      const { publication } = await records.pass({ who, command: 'run' });
      await records.close();
      return publication;
    };
    const read = async () => {
      const records = host.open('reader');
      const rows = await collect(records.visits(always));
      await records.close();
      return rows.map((row) => row.visitor).sort();
    };
    await pass();
    const outbox = outboxOf(site.options);
    const login = central.address(loginOf({ kind: 'gateway', name: 'giheung' }));
    const forwarder = startForwarder({
      outbox,
      pinned: { gateway: 'giheung', pins: [host.pin] },
      connect: (cut) => linkGateway(login, 'giheung', cut),
      withoutStandby: () => 'go-on',
      clock: { ...systemClock, wallMs: () => nowMs },
    });
    onTestFinished(() => forwarder.stop());
    const receive = async (from: number) => {
      const register = site.open({ role: 'tool' });
      register.transact((unit) => {
        for (let index = from; index < from + 5; index += 1)
          unit.addVisit(visit({ visitor: visitor(index), atMs: nowMs - index * 60_000 }));
      });
      await register.close();
      forwarder.wake();
    };
    const numbers = (...ranges: readonly number[]) =>
      ranges.flatMap((from) => Array.from({ length: 5 }, (_, index) => visitor(from + index))).sort();

    await receive(0);
    await until(() => outbox.waiting().rows === 0);
    const backup = join(cluster.folder, 'backup');
    cluster.run('pg_basebackup', '--pgdata', backup, '--username', 'postgres', '--checkpoint', 'fast');
    const officer = host.open();
    await officer.erase(visitorFinder(visitor(0)), who);
    await officer.close();
    await receive(10);
    await until(() => outbox.waiting().rows === 0);
    expect(await read()).toEqual(numbers(0, 10).filter((number) => number !== visitor(0)));

    // The server is gone, and rows come meanwhile.
    await cluster.kill();
    await receive(20);
    rmSync(cluster.data, { recursive: true });
    renameSync(backup, cluster.data);
    cluster.start();

    await until(() => outbox.waiting().rows === 0);
    // Hours that were opened after the backup have their keys again; none is another's.
    expect((await pass()).foreign).toEqual([]);
    expect(await read()).toEqual(numbers(0, 20));
    await receive(30);
    await until(() => outbox.waiting().rows === 0);
    expect(await read()).toEqual(numbers(0, 20, 30));
  });
});
