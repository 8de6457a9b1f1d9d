import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { minuteMs } from '../../src/base/amounts.ts';
import { type PlaceCopier, placeCopier } from '../../src/central/copy-places.ts';
import { linkGateway } from '../../src/central/gateway-link.ts';
import { loginOf } from '../../src/central/schema/init.ts';
import type { SitePlaces } from '../../src/central/site-places.ts';
import type { NewVenue } from '../../src/store/records.ts';
import { openPlaceCopy } from '../../src/store/tables/place-copy.ts';
import { issueCode } from '../../src/visits/issued-code.ts';
import { nowMs, tempRegister } from '../store/temp-register.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { type Cluster, makeCluster, noPostgres } from '../support/postgres.ts';
import { makeCentral, makeHolderHost } from './holder-bench.ts';

const hall: NewVenue = { number: '0313242114', name: '용인시청', address: null, issued: false };
const askMs = 5_000;

describe.skipIf(noPostgres)('the places of a central register at a site', () => {
  let cluster: Cluster;

  beforeAll(() => {
    cluster = makeCluster();
    cluster.start();
  });

  afterAll(() => cluster?.remove());

  /** A holder, and a site with its link and its copier. */
  async function city() {
    const central = await makeCentral(cluster, [
      { kind: 'gateway', name: 'giheung' },
      { kind: 'holder', name: 'a' },
    ]);
    const officer = makeHolderHost(central, 'a', new FakeClock(nowMs)).open();
    const temp = tempRegister();
    const register = temp.open();
    const copy = openPlaceCopy(temp.dataDir);
    onTestFinished(() => copy.close());
    const linked = () =>
      linkGateway(central.address(loginOf({ kind: 'gateway', name: 'giheung' })), 'giheung');
    const link = await linked();
    onTestFinished(() => link.close());
    const failures: unknown[] = [];
    const copied: (readonly [number, number])[] = [];
    const copier = (): PlaceCopier =>
      placeCopier({
        ...{ copy, clock: temp.clock },
        onCopied: (...facts) => copied.push(facts),
        onFailure: (error) => failures.push(error),
      });
    const names = async () => (await register.venues()).map(({ number, name }) => `${number} ${name}`);
    return { ...{ central, officer, temp, register, copy, link, linked, copier, failures, copied, names } };
  }

  async function toTheEnd(copier: PlaceCopier, places: SitePlaces): Promise<number> {
    let steps = 1;
    while (await copier.step(places)) steps += 1;
    return steps;
  }

  it('are there after the first asking, and change within seconds', async () => {
    const { officer, temp, link, copier, copied, names, register } = await city();
    await officer.putVenues([hall]);
    const stall = await officer.issueVenue({ name: '노점', address: '시장 앞' }, issueCode);
    const mine = copier();
    await toTheEnd(mine, link.places);
    expect(await names()).toEqual(['0313242114 용인시청', `${stall.number} 노점`]);
    expect(await register.venueOf(stall.number)).toEqual(stall);
    expect(mine.report()).toMatchObject({ copied: 2, here: 0, code: null, list: { takenAtMs: nowMs } });

    await officer.putVenues([{ ...hall, name: '시청', branches: [{ name: '민원실', address: null }] }]);
    await officer.removeVenue(stall);
    // Not asked again at once.
    await toTheEnd(mine, link.places);
    expect(await names()).toHaveLength(2);
    await temp.clock.advance(askMs);
    await toTheEnd(mine, link.places);
    expect(await names()).toEqual(['0313242114 시청']);
    expect((await register.venueOf(hall.number))?.branches).toEqual([{ name: '민원실', address: null }]);
    expect(copied).toEqual([
      [2, 2],
      [1, 2],
    ]);
  });

  it('are asked for by one value while nothing has changed, and until when that is known is told', async () => {
    const { officer, temp, link, copier, copy, copied } = await city();
    await officer.putVenues([hall]);
    const mine = copier();
    await toTheEnd(mine, link.places);
    const noPage: SitePlaces = {
      ...link.places,
      page: () => Promise.reject(new Error('nothing has changed')),
    };
    for (let minute = 1; minute <= 12; minute += 1) {
      await temp.clock.advance(minuteMs);
      expect(await mine.step(noPage)).toBe(false);
    }
    expect(mine.report()).toMatchObject({ code: null, list: { checkedAtMs: nowMs + 12 * minuteMs } });
    // On disk every ten minutes: so old it may be for whoever starts next.
    expect(copy.state().list).toMatchObject({ takenAtMs: nowMs, checkedAtMs: nowMs + 10 * minuteMs });
    // The next start compares once, and tells of no change.
    expect(await toTheEnd(copier(), link.places)).toBe(2);
    expect(copied).toEqual([[1, 1]]);
  });

  it('come page by page, as one list that did not change meanwhile', async () => {
    const { officer, link, copier, names } = await city();
    const many = Array.from({ length: 1_234 }, (_, at) => ({
      ...{ number: `0319${String(at).padStart(6, '0')}`, name: `place ${at}` },
      ...{ address: null, issued: false },
    }));
    await officer.putVenues(many);
    let pages = 0;
    const changing: SitePlaces = {
      list: link.places.list,
      async page(after, limit) {
        pages += 1;
        // An officer removes a place of a page that the site has already, and adds one before it.
        if (pages === 3) await officer.putVenues([hall, { ...(many[0] as NewVenue), removedAtMs: nowMs }]);
        return link.places.page(after, limit);
      },
    };
    await toTheEnd(copier(), changing);
    expect(pages).toBe(6);
    const wanted = [hall, ...many.slice(1)].map(({ number, name }) => `${number} ${name}`).sort();
    expect(await names()).toEqual(wanted);
  });

  it('stay as they are while the centre cannot be asked, and hold up nothing', async () => {
    const { officer, temp, link, linked, copier, failures, names } = await city();
    await officer.putVenues([hall]);
    const mine = copier();
    await toTheEnd(mine, link.places);
    await link.close();
    for (let tries = 0; tries < 3; tries += 1) {
      await temp.clock.advance(minuteMs);
      expect(await mine.step(link.places)).toBe(false);
    }
    expect(failures).toHaveLength(1);
    expect(mine.report()).toMatchObject({ code: 'central.unreachable', list: { checkedAtMs: nowMs } });
    expect(await names()).toEqual(['0313242114 용인시청']);
    const again = await linked();
    onTestFinished(() => again.close());
    await officer.putVenues([{ ...hall, name: '시청' }]);
    await temp.clock.advance(minuteMs);
    await toTheEnd(mine, again.places);
    expect(mine.report().code).toBeNull();
    expect(await names()).toEqual(['0313242114 시청']);
  });

  it('leave what the site had registered, until a register host has it or it is removed here', async () => {
    const { central, officer, temp, register, link, copier, names } = await city();
    await register.putVenues([{ ...hall, number: '0313242001', name: '도서관' }]);
    const here = await register.issueVenue({ name: '포장마차', address: null }, issueCode);
    const there = await officer.issueVenue({ name: '노점', address: null }, issueCode);
    expect(there.number).toBe(here.number);
    const mine = copier();
    await toTheEnd(mine, link.places);
    expect(mine.report()).toMatchObject({ copied: 0, here: 2 });
    await officer.putVenues([{ ...hall, number: '0313242001', name: '도서관' }]);
    await temp.clock.advance(askMs);
    await toTheEnd(mine, link.places);
    expect(mine.report()).toMatchObject({ copied: 1, here: 1 });
    // The code was removed here: its number is free for the place that has it there.
    await register.removeVenue(here);
    await temp.clock.advance(askMs);
    await toTheEnd(mine, link.places);
    expect(mine.report()).toMatchObject({ copied: 2, here: 0 });
    expect(await names()).toEqual(['0313242001 도서관', `${there.number} 노점`]);

    // A number that is called otherwise here is decided at a register host.
    await register.putVenues([{ ...hall, number: '0313242001', name: '작은도서관' }]);
    await temp.clock.advance(askMs);
    await toTheEnd(mine, link.places);
    expect([mine.report().here, (await names())[0]]).toEqual([1, '0313242001 작은도서관']);
    cluster.sql(
      "INSERT INTO visitlog.offered_places (gateway, offered_at, digest, adopted_at) SELECT id, now(), '', now() FROM visitlog.gateways",
      central.database,
    );
    await temp.clock.advance(askMs);
    await toTheEnd(mine, link.places);
    expect([mine.report().here, (await names())[0]]).toEqual([0, '0313242001 도서관']);
  });

  it('are all that a gateway’s login can read of them: number, name, address, code and further places', async () => {
    const { central, officer } = await city();
    await officer.putVenues([hall, { ...hall, number: '01055500123', name: '옛 가게', removedAtMs: nowMs }]);
    const as = (login: string, query: string) =>
      cluster.sql(`SET SESSION AUTHORIZATION "${login}"; ${query}`, central.database);
    const gateway = loginOf({ kind: 'gateway', name: 'giheung' });
    expect(as(gateway, 'SELECT * FROM visitlog.places')).toMatch(/^SET\n0313242114\t용인시청\t\tf$/);
    for (const query of [
      ...['SELECT * FROM visitlog.venues', 'SELECT * FROM visitlog.venue_imports'],
      ...['DELETE FROM visitlog.places', "UPDATE visitlog.places SET name = 'x'"],
      ...[
        'UPDATE visitlog.venues_version SET version = gen_random_uuid()',
        'SELECT visitlog.renew_venues_version()',
      ],
    ])
      expect(() => as(gateway, query)).toThrow(/permission denied/);
  });
});
