import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { hourMs } from '../../src/base/amounts.ts';
import { systemClock } from '../../src/base/clock.ts';
import type { CentralAddress } from '../../src/central/connect.ts';
import { type Forwarder, type ForwarderOptions, startForwarder } from '../../src/central/forwarder.ts';
import { linkGateway } from '../../src/central/gateway-link.ts';
import { hourOf } from '../../src/store/hour.ts';
import { type Outbox, openOutbox } from '../../src/store/outbox/outbox.ts';
import type { Register } from '../../src/store/register-types.ts';
import { arrival, nowMs, tempRegister, text, visit } from '../store/temp-register.ts';
import { type Cluster, makeCluster, noPostgres } from '../support/postgres.ts';
import { until } from '../support/until.ts';
import {
  beginCentral,
  gatewayAddress,
  makeHolder,
  numberedVisits,
  type TestHolder,
} from './central-bench.ts';

const hour = hourOf(nowMs);
const hours = [hour - 2, hour - 1, hour];

describe.skipIf(noPostgres)('the forwarder', () => {
  let cluster: Cluster;
  const holders = { a: makeHolder('a'), b: makeHolder('b') };
  let gateways = 0;

  beforeAll(async () => {
    cluster = makeCluster();
    cluster.start();
    await beginCentral(cluster, [
      { kind: 'holder', name: 'a' },
      { kind: 'holder', name: 'b' },
    ]);
  });

  afterAll(() => cluster?.remove());

  interface Site {
    readonly register: Register;
    readonly name: string;
    readonly outbox: Outbox;
    /** The visitors of all visits that the site has had. */
    readonly sent: string[];
    add(visits: number, atMs?: number): void;
    start(changes?: Partial<ForwarderOptions>, pins?: readonly TestHolder[]): Forwarder;
    waiting(): number;
  }

  async function site(server: Cluster = cluster, address?: (name: string) => CentralAddress): Promise<Site> {
    gateways += 1;
    const name = `site${gateways}`;
    await beginCentral(server, [{ kind: 'gateway', name }]);
    const temp = tempRegister();
    const register = temp.open();
    const outbox = openOutbox(temp.options);
    onTestFinished(() => outbox.close());
    const sent: string[] = [];
    return {
      ...{ register, name, outbox, sent },
      add(visits, atMs = nowMs) {
        register.transact((unit) => {
          for (let index = 0; index < visits; index += 1) {
            const visitor = `010${String(gateways).padStart(2, '0')}${String(sent.length).padStart(6, '0')}`;
            unit.addVisit(visit({ visitor, atMs }));
            sent.push(visitor);
          }
        });
      },
      start(changes = {}, pins = [holders.a]) {
        const at = address?.(name) ?? gatewayAddress(name, server);
        const forwarder = startForwarder({
          outbox,
          pinned: { gateway: name, pins: pins.map(({ name: holder, key }) => ({ holder, key })) },
          connect: () => linkGateway(at, name),
          withoutStandby: () => 'go-on',
          clock: systemClock,
          ...changes,
        });
        onTestFinished(() => forwarder.stop());
        return forwarder;
      },
      waiting: () => outbox.waiting().rows,
    };
  }

  /** What a holder reads of one site. */
  const read = async ({ sent }: Pick<Site, 'sent'>, holder = holders.a, server = cluster) => {
    const mine = new Set(sent);
    const { visitors } = await holder.read(server);
    return visitors.filter((visitor) => mine.has(visitor));
  };

  it('rows go as they are, a holder reads them, and the site has them no more', async () => {
    await holders.a.publish(cluster, hours);
    const { register, sent, add, start, waiting, outbox } = await site();
    add(1_203);
    add(2, nowMs - hourMs);
    const held = arrival();
    register.transact((unit) => {
      unit.alreadyHeld(held);
      unit.addText(text());
      unit.addText(text({ kind: 'notice', reason: 'call' }));
    });
    // A visitor that a row has no room for is in a note, which goes among the texts.
    register.transact((unit) => unit.addVisit(visit({ visitor: 'CITY', correctedBy: 'staff' })));
    const forwarder = start();
    await until(() => waiting() === 0);
    expect(await read({ sent })).toEqual([...sent].sort());
    expect(forwarder.report()).toMatchObject({ forwarded: 1_209, withoutKeys: [] });
    expect(await register.health()).toMatchObject({ visits: 0, unresolved: 0, notices: 0 });
    expect(outbox.waiting()).toEqual({ rows: 0, oldestHour: null });
    expect(cluster.sql('SELECT count(*) FROM visitlog.texts', 'visitlog')).toBe('3');
    // The modem may show the text once more.
    expect(register.transact((unit) => unit.alreadyHeld(held))).toBe(true);
    await until(() => forwarder.report().state === 'idle');
    add(1);
    forwarder.wake();
    await until(() => waiting() === 0);
    expect(await read({ sent })).toEqual([...sent].sort());
  });

  it('nothing goes as long as no pinned holder has signed a key for the hour', async () => {
    const early = nowMs - 5 * hourMs;
    const { sent, add, start, waiting } = await site();
    await holders.a.publish(cluster, [hourOf(early)], generateKeyPairSync('ed25519').privateKey);
    add(3, early);
    const forwarder = start();
    await until(() => forwarder.report().code === 'central.hour-forged');
    expect(waiting()).toBe(3);
    expect(await read({ sent })).toEqual([]);
    const other = await site();
    other.add(2, nowMs - 6 * hourMs);
    const stranger = other.start({}, [makeHolder('a')]);
    await until(() => stranger.report().code === 'central.hour-unpublished');
    await holders.a.publish(cluster, [hourOf(nowMs) - 6]);
    await until(() => stranger.report().code === 'central.hour-forged');
    expect(other.waiting()).toBe(2);
  });

  it('rows of an hour that has no key hold up no others, and go when it has one', async () => {
    const early = nowMs - 9 * hourMs;
    await holders.a.publish(cluster, hours);
    const { sent, add, start, waiting } = await site();
    // More than a batch, and older.
    add(1_100, early);
    add(7);
    const forwarder = start();
    await until(() => waiting() === 1_100);
    expect(await read({ sent })).toHaveLength(7);
    await until(() => forwarder.report().state === 'waiting');
    expect(forwarder.report()).toMatchObject({ code: 'central.hour-unpublished', forwarded: 7 });
    const provenMs = forwarder.report().provenMs;
    add(1);
    forwarder.wake();
    await until(() => waiting() === 1_100);
    // Some have waited all the time.
    expect(forwarder.report().provenMs).toBe(provenMs);
    await holders.a.publish(cluster, [hourOf(early)]);
    await until(() => waiting() === 0);
    expect(await read({ sent })).toEqual([...sent].sort());
    await until(() => forwarder.report().state === 'idle');
    expect(forwarder.report().code).toBe(null);
  });

  it('a batch whose process dies before its rows leave goes again, and is there once', async () => {
    await holders.a.publish(cluster, hours);
    const { sent, add, start, waiting, outbox } = await site();
    add(1_700);
    let deaths = 0;
    const dying: Outbox = {
      ...outbox,
      leave(rows) {
        deaths += 1;
        if (deaths % 2 === 1) throw new Error('killed here');
        outbox.leave(rows);
      },
    };
    start({ outbox: dying });
    await until(() => waiting() === 0);
    expect(deaths).toBeGreaterThan(7);
    expect(await read({ sent })).toEqual([...sent].sort());
  });

  it('a cut link costs delay alone, and what waited goes within five seconds of its return', async () => {
    await holders.a.publish(cluster, hours);
    const { sent, add, start, waiting } = await site();
    const forwarder = start();
    add(40);
    await until(() => waiting() === 0);
    cluster.stop('immediate');
    add(900);
    forwarder.wake();
    await until(() => forwarder.report().state === 'failing');
    expect(forwarder.report()).toMatchObject({ code: 'central.unreachable', host: null, replicated: null });
    expect(waiting()).toBe(900);
    cluster.start();
    await until(() => waiting() === 0);
    expect(await read({ sent })).toEqual([...sent].sort());
    expect(forwarder.report().code).toBe(null);
  });

  it('a holder that comes later gets the keys of what has gone already', async () => {
    const at = nowMs - 8 * hourMs;
    await holders.a.publish(cluster, [hourOf(at)]);
    const { sent, add, start, waiting } = await site();
    add(5, at);
    const both = [holders.a, holders.b];
    const first = start({}, both);
    await until(() => waiting() === 0);
    expect(first.report().withoutKeys).toEqual(['b']);
    expect(await read({ sent }, holders.b)).toEqual([]);
    await first.stop();
    await holders.b.publish(cluster, [hourOf(at)]);
    start({}, both);
    await until(async () => (await read({ sent }, holders.b)).length === 5);
    expect(await read({ sent }, holders.a)).toEqual([...sent].sort());
  });

  it('whoever waits is told once all that was there is at the centre, and not before', async () => {
    const early = nowMs - 11 * hourMs;
    await holders.a.publish(cluster, hours);
    const { sent, add, start, waiting } = await site();
    const forwarder = start();
    // Several batches.
    add(1_300);
    expect(await forwarder.settled(60_000)).toBe(true);
    expect([waiting(), (await read({ sent })).length]).toEqual([0, 1_300]);
    expect(await forwarder.settled(60_000)).toBe(true);
    // Rows whose hour has no key are not there, though others go.
    add(1, early);
    add(2);
    expect(await forwarder.settled(3_000)).toBe(false);
    expect(waiting()).toBe(1);
    await holders.a.publish(cluster, [hourOf(early)]);
    expect(await forwarder.settled(60_000)).toBe(true);
    expect(await read({ sent })).toEqual([...sent].sort());
  });

  it('nobody is told that rows are at the centre while no server answers, or after a stop', async () => {
    await holders.a.publish(cluster, hours);
    const { add, start, waiting } = await site();
    const forwarder = start({ withoutStandby: () => 'wait' });
    add(1);
    expect(await forwarder.settled(1_000)).toBe(false);
    expect([forwarder.report().code, waiting()]).toEqual(['central.no-standby', 1]);
    const late = forwarder.settled(60_000);
    await forwarder.stop();
    expect(await late).toBe(false);
  });

  it('rows wait for a standby if that is wanted', async () => {
    await holders.a.publish(cluster, hours);
    const { add, start, waiting } = await site();
    add(2);
    let rule: 'wait' | 'go-on' = 'wait';
    const forwarder = start({ withoutStandby: () => rule });
    await until(() => forwarder.report().code === 'central.no-standby');
    expect(forwarder.report()).toMatchObject({ state: 'waiting', replicated: false });
    expect(waiting()).toBe(2);
    rule = 'go-on';
    await until(() => waiting() === 0);
  });
});

describe.skipIf(noPostgres)('the forwarder with a standby', () => {
  it('a primary that is killed loses nothing: its standby is promoted, and the rest goes there', async () => {
    const primary = makeCluster({
      settings: ["synchronous_standby_names = 'second'", 'wal_level = replica'],
      access: ['local replication all trust'],
    });
    onTestFinished(() => primary.remove());
    primary.start();
    primary.sql("ALTER SYSTEM SET synchronous_standby_names = ''");
    primary.sql('SELECT pg_reload_conf()');
    const holder = makeHolder('a');
    await beginCentral(primary, [
      { kind: 'holder', name: 'a' },
      { kind: 'gateway', name: 'giheung' },
    ]);
    await holder.publish(primary, hours);
    const second = makeCluster({ standbyOf: { primary, name: 'second' } });
    onTestFinished(() => second.remove());
    second.start();
    primary.sql('ALTER SYSTEM RESET synchronous_standby_names');
    primary.sql('SELECT pg_reload_conf()');

    const temp = tempRegister();
    const register = temp.open();
    const outbox = openOutbox(temp.options);
    onTestFinished(() => outbox.close());
    const { sent, add } = numberedVisits(register);
    const forwarder = startForwarder({
      outbox,
      pinned: { gateway: 'giheung', pins: [{ holder: 'a', key: holder.key }] },
      connect: () => linkGateway(gatewayAddress('giheung', primary, second), 'giheung'),
      withoutStandby: () => 'wait',
      clock: systemClock,
    });
    onTestFinished(() => forwarder.stop());
    add(700);
    await until(() => outbox.waiting().rows === 0);
    expect(forwarder.report().replicated).toBe(true);

    // The standby goes: a commit on its way waits for it, and no row leaves that one disk alone has.
    second.stop('immediate');
    add(50);
    forwarder.wake();
    await until(() => forwarder.report().code !== null);
    expect(outbox.waiting().rows).toBe(50);
    second.start();
    await until(() => outbox.waiting().rows === 0);

    add(2_000);
    forwarder.wake();
    primary.stop('immediate');
    second.promote();
    second.sql("ALTER SYSTEM SET synchronous_standby_names = ''");
    second.sql('SELECT pg_reload_conf()');
    await until(() => forwarder.report().code === 'central.no-standby');
    await forwarder.stop();
    // The second server has all that has left, and what has not left is here.
    const there = await holder.read(second);
    expect(new Set(there.visitors).size).toBe(there.visitors.length);
    expect(there.visitors.length + outbox.waiting().rows).toBeGreaterThanOrEqual(sent.length);

    const next = startForwarder({
      outbox,
      pinned: { gateway: 'giheung', pins: [{ holder: 'a', key: holder.key }] },
      connect: () => linkGateway(gatewayAddress('giheung', primary, second), 'giheung'),
      withoutStandby: () => 'go-on',
      clock: systemClock,
    });
    onTestFinished(() => next.stop());
    await until(() => outbox.waiting().rows === 0);
    expect((await holder.read(second)).visitors).toEqual([...sent].sort());
    expect((await holder.read(second)).unreadable).toBe(0);
  });
});
