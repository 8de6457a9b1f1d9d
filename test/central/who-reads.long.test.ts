import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { dayMs, hourMs } from '../../src/base/amounts.ts';
import { parsePostgresUrl } from '../../src/base/postgres-url.ts';
import { type CentralAddress, connectToPrimary } from '../../src/central/connect.ts';
import { initialise, loginOf, type Member } from '../../src/central/schema/init.ts';
import { needlesOf } from '../../src/cli/prove/number-search.ts';
import { openDatabase, prepareDataDir } from '../../src/store/database/database.ts';
import { runHolderPass } from '../../src/store/holder/holder-pass.ts';
import type { HolderPin } from '../../src/store/holder/holder-pin.ts';
import { HolderRing } from '../../src/store/holder/holder-ring.ts';
import { type HourKey, unwrapHourKey } from '../../src/store/holder/hour-envelope.ts';
import { publicKeyOf, publicOctets, secretKeyOf } from '../../src/store/holder/raw-keys.ts';
import { wrapHour } from '../../src/store/holder/wrap-hour.ts';
import { hourOf } from '../../src/store/hour.ts';
import { deriveSubkeys } from '../../src/store/keyring/hour-keys.ts';
import { Keyring } from '../../src/store/keyring/keyring.ts';
import { ringSlots } from '../../src/store/keyring/keyring-format.ts';
import { createKeyring } from '../../src/store/keyring/ring-sectors.ts';
import { openRegister } from '../../src/store/register.ts';
import { visitorInRow } from '../../src/store/sealing/opened-rows.ts';
import { rowBytes } from '../../src/store/sealing/visit-row.ts';
import { machineTimeOf, registerTime } from '../../src/store/sweep/register-time.ts';
import { who } from '../store/sweep/sweeping.ts';
import { nowMs, visit } from '../store/temp-register.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { type Cluster, makeCluster, noPostgres } from '../support/postgres.ts';
import { scratchParent } from '../support/workspace.ts';
import { EnvelopeKeys } from './envelope-keys.ts';
import { type HolderLink, linkHolder } from './holder-link.ts';
import { openWrittenRows, venueTagIn, visitorTagIn } from './open-written.ts';

const retentionMs = dayMs;
const aheadMs = 3 * hourMs;
const hour = hourOf(nowMs);
const venue = '0313242114';
const ever = { fromMs: 0, toMs: nowMs + dayMs };
const numbersOf = { giheung: ['01055500123', '01055500124'], suji: ['01055500125', '01055500126'] } as const;
type GatewayName = keyof typeof numbersOf;
const gatewayNames: readonly GatewayName[] = ['giheung', 'suji'];
const everybody = Object.values(numbersOf).flat();
const members: readonly Member[] = [
  ...gatewayNames.map((name) => ({ kind: 'gateway', name, password: null }) as const),
  ...(['a', 'b'] as const).map((name) => ({ kind: 'holder', name, password: null }) as const),
];

/** A register host: its own ring, database and clock. */
function makeHolder(dataDir: string, name: string) {
  const clock = new FakeClock(nowMs);
  prepareDataDir(dataDir);
  const db = openDatabase(dataDir, false);
  const ringFile = join(dataDir, 'holder-ring');
  createKeyring(ringFile, ringSlots(retentionMs + aheadMs));
  const ring = HolderRing.open(ringFile, true);
  const signingKey = secretKeyOf('ed25519', randomBytes(32));
  const pin: HolderPin = { holder: name, key: publicKeyOf('ed25519', publicOctets(signingKey)) };
  const parts = { name, signingKey, ring, db, retentionMs, aheadMs };
  const time = registerTime(db, clock, machineTimeOf(clock), true, 'holder-time');
  return {
    ...{ name, dataDir, ringFile, ring, pin, clock },
    pass: (link: HolderLink) => runHolderPass({ ...parts, time }, link),
    close() {
      ring.close();
      db.close();
    },
  };
}

/** What a ring's slot of the hour holds. */
function heldIn(ringFile: string): HourKey {
  const ring = Keyring.open(ringFile, false);
  const held = ring.read(hour)?.held;
  ring.close();
  if (held === undefined) throw new Error(`${ringFile} has no key of the hour`);
  return held;
}

/** A site: a register that has taken a text of each of its visitors. */
function makeGateway(dataDir: string, name: GatewayName) {
  const clock = new FakeClock(nowMs);
  const keyFile = join(dataDir, 'keyring');
  const register = openRegister({ dataDir, keyFile, retentionMs, algorithm: 'aes-256-gcm', clock });
  register.transact((unit) => {
    for (const visitor of numbersOf[name]) unit.addVisit(visit({ visitor, venue }));
  });
  const held = heldIn(keyFile);
  const db = new Database(join(dataDir, 'register.sqlite'), { readonly: true });
  const rows = db
    .prepare<[], Buffer>('SELECT CAST(venue_tag || id || visitor_tag || sealed AS BLOB) FROM sealed_visits')
    .pluck()
    .all();
  db.close();
  return { name, dataDir, keyFile, clock, register, held, rows: Buffer.concat(rows) };
}

/** Every file below a folder. */
function contentsBelow(folder: string): Buffer[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
}

/** How many of these octets lie in any file below these folders. */
function foundIn(folders: readonly string[], wanted: readonly Buffer[]): number {
  const files = folders.flatMap(contentsBelow);
  return wanted.filter((octets) => files.some((file) => file.includes(octets))).length;
}

describe.skipIf(noPostgres)('who can read what of a central register', () => {
  let home: string;
  let cluster: Cluster;
  let holders: ReturnType<typeof makeHolder>[];
  let gateways: ReturnType<typeof makeGateway>[];
  /** The keys of the hour and what is derived from them, and the holders' secrets of it, while there are any. */
  let secrets: Buffer[];
  let baseBackup: string;

  function addressOf(login: string): CentralAddress {
    const url = parsePostgresUrl(`postgres://${login}@:${cluster.port}/visitlog?host=${cluster.socket}`);
    if (url === null) throw new Error('the socket has no URL');
    return { url, caFile: null, password: null, applicationName: 'test' };
  }

  async function linked(name: string): Promise<HolderLink> {
    const link = await linkHolder(addressOf(loginOf({ kind: 'holder', name })));
    onTestFinished(() => link.close());
    return link;
  }

  async function forward({ name, held, rows }: ReturnType<typeof makeGateway>): Promise<void> {
    const { client, close } = await connectToPrimary(addressOf(loginOf({ kind: 'gateway', name })));
    const board = await client.query(
      'SELECT holder, hour, public_key AS "publicKey", signature FROM visitlog.hour_keys WHERE hour = $1',
      [hour],
    );
    const pins = holders.map(({ pin }) => pin);
    const { envelopes } = wrapHour(held, { gateway: name, pins }, hour, board.rows);
    const opened = await client.query<{ key_no: number }>(
      'SELECT visitlog.open_hour($1, $2, $3, $4, $5, $6) AS key_no',
      [
        ...[hour, randomBytes(16), held.algorithm, 0],
        ...[envelopes.map(({ holder }) => holder), envelopes.map(({ envelope }) => envelope)],
      ],
    );
    const each = Array.from({ length: rows.length / rowBytes }, () => hour);
    const keyNos = each.map(() => opened.rows[0]?.key_no);
    await client.query('SELECT visitlog.forward($1, $2, $3, $4, $5, $6, $7)', [
      ...[each, keyNos, rows],
      ...[[], [], [], []],
    ]);
    await close();
  }

  /** What a holder reads by the tags of the place, by gateway; null: the tag itself cannot be computed. */
  async function readBy({
    name,
    ring,
  }: Pick<ReturnType<typeof makeHolder>, 'name' | 'ring'>): Promise<(string | null)[]> {
    const link = await linked(name);
    const keys = new EnvelopeKeys(ring, name);
    const read: (string | null)[] = [];
    for (const written of await link.writtenHours(name, hour, hour)) {
      const venueTag = venueTagIn(keys, written, venue);
      if (venueTag === null) read.push(null);
      else {
        const rows = await link.rows(written, { venueTag });
        read.push(...openWrittenRows(keys, written, rows, ever).visits.map(({ visitor }) => visitor));
      }
    }
    keys.close();
    return read;
  }

  beforeAll(async () => {
    home = mkdtempSync(join(scratchParent, 'visitlog-central-'));
    cluster = makeCluster();
    cluster.start();
    await initialise(addressOf('postgres'), members);
    holders = ['a', 'b'].map((name) => makeHolder(join(home, `holder-${name}`), name));
    gateways = gatewayNames.map((name) => {
      mkdirSync(join(home, name), { mode: 0o700 });
      return makeGateway(join(home, name), name);
    });
    for (const holder of holders) {
      const link = await linkHolder(addressOf(loginOf({ kind: 'holder', name: holder.name })));
      expect(await holder.pass(link)).toMatchObject({ published: 28, foreign: [] });
      await link.close();
    }
    for (const gateway of gateways) await forward(gateway);
    baseBackup = join(cluster.folder, 'backup');
    cluster.run('pg_basebackup', '--pgdata', baseBackup, '--username', 'postgres', '--checkpoint', 'fast');
    secrets = [
      ...gateways.flatMap(({ held }) => [
        Buffer.from(held.key),
        ...Object.values(deriveSubkeys(held.key, held.algorithm).subkeys).filter(Buffer.isBuffer),
      ]),
      ...holders.map(({ ringFile }) => heldIn(ringFile).key),
    ];
  });

  afterAll(async () => {
    for (const holder of holders ?? []) holder.close();
    for (const { register } of gateways ?? []) await register.close();
    cluster?.remove();
    rmSync(home, { recursive: true, force: true });
  });

  it('each holder reads what every gateway has sent, by tags of its own making', async () => {
    for (const holder of holders) {
      expect((await readBy(holder)).sort()).toEqual(everybody);
      const link = await linked(holder.name);
      const keys = new EnvelopeKeys(holder.ring, holder.name);
      const found = [];
      for (const written of await link.writtenHours(holder.name, hour, hour)) {
        const tag = visitorTagIn(keys, written, '01055500125', written.tagBits) as Buffer;
        const rows = await link.rows(written, { visitorTag: tag });
        const visitor = visitorInRow('01055500125');
        const { visits } = openWrittenRows(keys, written, rows, { ...ever, visitor });
        found.push(...visits.map((each) => [written.gateway, each.visitor, each.venue]));
      }
      keys.close();
      expect(found).toEqual([['suji', '01055500125', venue]]);
    }
  });

  it("a seized gateway's login reads no row, envelope or text, of its own or another's", async () => {
    const { client, close } = await connectToPrimary(addressOf(loginOf({ kind: 'gateway', name: 'suji' })));
    for (const table of ['visits', 'texts', 'envelopes', 'hours', `visits_${Math.floor(hour / 24)}`])
      await expect(client.query(`SELECT * FROM visitlog.${table}`)).rejects.toMatchObject({ code: '42501' });
    await close();
  });

  it("a seized gateway's login reads the places that are registered now, and nothing else of them", async () => {
    cluster.sql(
      `INSERT INTO visitlog.venues (number, name, issued, removed_at)
       VALUES ('${venue}', 'hall', false, NULL), ('0313242115', 'gone', false, 1)`,
      'visitlog',
    );
    const { client, close } = await connectToPrimary(addressOf(loginOf({ kind: 'gateway', name: 'suji' })));
    expect((await client.query('SELECT * FROM visitlog.places')).rows).toEqual([
      { number: venue, name: 'hall', address: null, issued: false, branches: null },
    ]);
    for (const table of ['venues', 'venue_imports'])
      await expect(client.query(`SELECT * FROM visitlog.${table}`)).rejects.toMatchObject({ code: '42501' });
    await close();
  });

  it('a seized gateway has no key of another gateway, and no secret of a holder', () => {
    const [giheung, suji] = gateways;
    const others = secrets.filter((each) => !each.equals(suji?.held.key ?? each));
    expect(foundIn([suji?.dataDir ?? ''], [suji?.held.key ?? Buffer.alloc(32)])).toBe(1);
    expect(foundIn([suji?.dataDir ?? ''], [giheung?.held.key ?? Buffer.alloc(0), ...others])).toBe(0);
  });

  it('the database and its base backup hold no number and no key, in any file', () => {
    const numbers = needlesOf(everybody, (number) => number).map(([, octets]) => octets);
    const folders = [cluster.data, baseBackup];
    expect(foundIn(folders, [...numbers, ...secrets])).toBe(0);
    // The same search finds the keys where they are.
    expect(foundIn([home], secrets)).toBe(gateways.length + holders.length);
    // And the rows where they are: what is searched is all there.
    const sealed = gateways.map(({ rows }) => rows.subarray(rowBytes - 57, rowBytes));
    expect(foundIn([cluster.data], sealed)).toBe(gateways.length);
    expect(foundIn([baseBackup], sealed)).toBe(gateways.length);
  });

  it('a key that the administrator of the database slips in gets no envelope, and its holder notices', async () => {
    const [a, b] = holders;
    const next = hour + 1;
    const forged = randomBytes(32).toString('hex');
    cluster.sql(
      `UPDATE visitlog.published_hours p SET public_key = '\\x${forged}' FROM visitlog.holders h
       WHERE h.id = p.holder AND h.name = 'b' AND p.hour = ${next}`,
      'visitlog',
    );
    const link = await linked('b');
    const board = [...(await link.read('a', next, next)), ...(await link.read('b', next, next))];
    expect(board.map(({ publicKey }) => publicKey.toString('hex'))).toContain(forged);
    const pins = [a, b].flatMap((holder) => holder?.pin ?? []);
    const key: HourKey = { algorithm: 'aes-256-gcm', key: randomBytes(32) };
    const { envelopes, forged: named } = wrapHour(key, { gateway: 'suji', pins }, next, board);
    expect(envelopes.map(({ holder }) => holder)).toEqual(['a']);
    expect(named).toEqual(['b']);
    expect(await b?.pass(link)).toMatchObject({ foreign: [next] });
  });

  it('who has a base backup and a ring of the same day reads its hours', async () => {
    const [{ ring } = { ring: null }] = holders;
    expect(ring?.hours()).toContain(hour);
    await onServerOf(baseBackup, async () => {
      for (const holder of holders) expect((await readBy(holder)).sort()).toEqual(everybody);
    });
  });

  it('once the hour is past, the database, its base backup, the rings and the gateways together open nothing', async () => {
    for (const { clock, register } of gateways) {
      await clock.advance(26 * hourMs);
      await register.sweep({ who, command: 'sweep' });
    }
    for (const holder of holders) {
      await holder.clock.advance(26 * hourMs);
      expect(await holder.pass(await linked(holder.name))).toMatchObject({ standing: 'sound', ended: 26 });
      expect(holder.ring.hours()).not.toContain(hour);
    }
    await nothingOpens();
    await onServerOf(baseBackup, nothingOpens);
    expect(foundIn([home, cluster.data, baseBackup], secrets)).toBe(0);
  });

  /** Every envelope of the server that runs, under every secret that any holder still has. */
  async function nothingOpens(): Promise<void> {
    for (const { name, ring } of holders) {
      const link = await linked(name);
      const written = await link.writtenHours(name, hour, hour);
      expect(written.map(({ gateway }) => gateway)).toEqual(['giheung', 'suji']);
      const left = holders.flatMap((each) => each.ring.hours().map((at) => each.ring.recipient(at)));
      expect(left.length).toBeGreaterThan(50);
      for (const { gateway, envelope } of written)
        for (const recipient of left)
          expect(recipient && unwrapHourKey(envelope, recipient, { gateway, holder: name, hour })).toBeNull();
      const keys = new EnvelopeKeys(ring, name);
      for (const each of written)
        expect(openWrittenRows(keys, each, await link.rows(each), ever)).toEqual({
          visits: [],
          unreadable: 2,
        });
      expect(await readBy({ name, ring })).toEqual([null, null]);
      keys.close();
    }
  }

  /** Stops the server, and runs one on another data directory in its place. */
  async function onServerOf(data: string, act: () => Promise<void>): Promise<void> {
    cluster.stop();
    const start = ['start', '--wait', '--silent', '--log', join(cluster.folder, 'backup.log')];
    cluster.run('pg_ctl', ...start, '--pgdata', data);
    try {
      await act();
    } finally {
      cluster.run('pg_ctl', 'stop', '--pgdata', data, '--mode', 'immediate', '--wait', '--silent');
      cluster.start();
    }
  }
});
