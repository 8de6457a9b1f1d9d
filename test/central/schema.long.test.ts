import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parsePostgresUrl } from '../../src/base/postgres-url.ts';
import { type CentralAddress, type CentralConnection, connectToPrimary } from '../../src/central/connect.ts';
import { linkGateway } from '../../src/central/gateway-link.ts';
import { countsStep } from '../../src/central/schema/counts-step.ts';
import { checkSchema, initialise, loginOf, type Member } from '../../src/central/schema/init.ts';
import { migrations } from '../../src/central/schema/migrations.ts';
import { idAt, idBytes, rowBytes } from '../../src/store/sealing/visit-row.ts';
import { type Cluster, makeCluster, noPostgres } from '../support/postgres.ts';

const members: readonly Member[] = [
  { kind: 'gateway', name: 'giheung', password: 'a password of giheung' },
  { kind: 'gateway', name: 'suji', password: null },
  { kind: 'holder', name: 'a', password: null },
];
const day = 20_000;
const hour = day * 24 + 5;

describe.skipIf(noPostgres)('the schema of the central register', () => {
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = makeCluster({
      access: [
        'host visitlog visitlog_gateway_giheung 127.0.0.1/32 scram-sha-256',
        'host all all 127.0.0.1/32 reject',
      ],
    });
    cluster.start();
    await initialise(address('postgres'), members);
  });

  afterAll(() => cluster?.remove());

  function address(user: string, changes: Partial<CentralAddress> = {}): CentralAddress {
    const url = parsePostgresUrl(`postgres://${user}@:${cluster.port}/visitlog?host=${cluster.socket}`);
    if (url === null) throw new Error('the socket has no URL');
    return { url, caFile: null, password: null, applicationName: 'test', ...changes };
  }

  async function connected(kind: Member['kind'], name: string): Promise<CentralConnection> {
    const connection = await connectToPrimary(address(loginOf({ kind, name })));
    onTestFinished(() => connection.close());
    return connection;
  }

  const open = ({ client }: CentralConnection, keyId: Buffer, holders = ['a'], at = hour) =>
    client
      .query<{ key_no: number }>('SELECT visitlog.open_hour($1, $2, $3, $4, $5, $6) AS key_no', [
        ...[at, keyId, 'aes-256-gcm', 3, holders],
        holders.map(() => randomBytes(80)),
      ])
      .then(({ rows }) => rows[0]?.key_no);

  const forward = ({ client }: CentralConnection, keyNo: number, rows: Buffer, at = hour) =>
    client.query('SELECT visitlog.forward($1, $2, $3, $4, $5, $6, $7)', [
      Array.from({ length: rows.length / rowBytes }, () => at),
      Array.from({ length: rows.length / rowBytes }, () => keyNo),
      rows,
      ...[[at], [keyNo], [1_234_567_890], [Buffer.from('a sealed text')]],
    ]);

  it('the schema of the central register is made once, and a second time changes nothing', async () => {
    const again = await initialise(address('postgres'), members);
    expect(again).toMatchObject({ madeDatabase: false, from: migrations.length, to: migrations.length });
    expect(again.members.map(({ isNew }) => isNew)).toEqual([false, false, false]);
    expect(cluster.sql('SELECT count(*) FROM visitlog.schema_version', 'visitlog')).toBe('1');
    expect(cluster.sql('SELECT name FROM visitlog.gateways ORDER BY 1', 'visitlog')).toBe('giheung\nsuji');
  });

  it('rows arrive octet by octet, and a batch that is sent again changes nothing', async () => {
    const gateway = await connected('gateway', 'giheung');
    const rows = randomBytes(rowBytes * 3);
    const keyNo = (await open(gateway, randomBytes(16))) ?? -1;
    await forward(gateway, keyNo, rows);
    await forward(gateway, keyNo, rows);
    const holder = await connected('holder', 'a');
    const stored = await holder.client.query<{ row: Buffer }>(
      'SELECT venue_tag || id || visitor_tag || sealed AS row FROM visitlog.visits WHERE hour = $1 AND key_no = $2',
      [hour, keyNo],
    );
    const sent = [0, 1, 2].map((n) => rows.subarray(n * rowBytes, (n + 1) * rowBytes).toString('hex'));
    expect(stored.rows.map(({ row }) => row.toString('hex')).sort()).toEqual(sent.sort());
    const texts = await holder.client.query('SELECT id, sealed FROM visitlog.texts WHERE key_no = $1', [
      keyNo,
    ]);
    expect(texts.rows).toEqual([{ id: '1234567890', sealed: Buffer.from('a sealed text') }]);
  });

  it('a gateway can read, change and remove nothing of what it has sent', async () => {
    const { client } = await connected('gateway', 'giheung');
    const refusals = [];
    for (const table of [
      'visits',
      'texts',
      'hours',
      'envelopes',
      'lines',
      'gateways',
      'holders',
      `visits_${day}`,
    ])
      for (const query of [
        `SELECT count(*) FROM visitlog.${table}`,
        `UPDATE visitlog.${table} SET hour = 0`,
        `DELETE FROM visitlog.${table}`,
        `TRUNCATE visitlog.${table}`,
      ])
        refusals.push(
          await client.query(query).then(
            () => query,
            (error) => error.code,
          ),
        );
    expect(new Set(refusals)).toEqual(new Set(['42501', '42703']));
    // Not one is refused only because a table has no such column.
    expect(refusals.filter((code) => code === '42703').length).toBeLessThanOrEqual(3);
    await expect(client.query('SET ROLE visitlog_owner')).rejects.toMatchObject({ code: '42501' });
    await expect(client.query('CREATE TABLE visitlog.mine (x int)')).rejects.toMatchObject({ code: '42501' });
    await expect(
      client.query('SELECT visitlog.publish_hours($1, $2, $3)', [
        [hour],
        [randomBytes(32)],
        [randomBytes(64)],
      ]),
    ).rejects.toMatchObject({ code: '42501' });
  });

  it('a gateway writes under its own name whatever it sends, and cannot open an hour of another', async () => {
    const [giheung, suji] = [await connected('gateway', 'giheung'), await connected('gateway', 'suji')];
    const at = hour + 1;
    const [one, other] = [randomBytes(16), randomBytes(16)];
    expect([await open(giheung, one, ['a'], at), await open(suji, other, ['a'], at)]).toEqual([0, 0]);
    await forward(suji, 0, randomBytes(rowBytes), at);
    expect(
      cluster.sql(
        `SELECT g.name FROM visitlog.visits v JOIN visitlog.gateways g ON g.id = v.gateway WHERE hour = ${at}`,
        'visitlog',
      ),
    ).toBe('suji');
  });

  it('no row comes before its hour, and no hour without an envelope', async () => {
    const gateway = await connected('gateway', 'suji');
    await expect(forward(gateway, 0, randomBytes(rowBytes), hour + 2)).rejects.toMatchObject({
      code: '23503',
    });
    await expect(open(gateway, randomBytes(16), [], hour + 2)).rejects.toMatchObject({ code: '23502' });
    await expect(open(gateway, randomBytes(16), ['nobody'], hour + 2)).rejects.toMatchObject({
      code: '23502',
    });
    await open(gateway, randomBytes(16), ['a'], hour + 2);
    await expect(forward(gateway, 7, randomBytes(rowBytes), hour + 2)).rejects.toMatchObject({
      code: '23503',
    });
  });

  it('a gateway that was put back from a copy gets another number for its other key of the same hour', async () => {
    const gateway = await connected('gateway', 'suji');
    const at = hour + 3;
    const [before, after] = [randomBytes(16), randomBytes(16)];
    const numbers = [];
    for (const key of [before, before, after, before, after])
      numbers.push(await open(gateway, key, ['a'], at));
    expect(numbers).toEqual([0, 0, 1, 0, 1]);
    expect(cluster.sql(`SELECT count(*) FROM visitlog.envelopes WHERE hour = ${at}`, 'visitlog')).toBe('2');
  });

  it('a day of hours is one partition, which goes as a whole', async () => {
    const gateway = await connected('gateway', 'giheung');
    const at = (day + 40) * 24;
    await open(gateway, randomBytes(16), ['a'], at + 23);
    await open(gateway, randomBytes(16), ['a'], at - 1);
    await forward(gateway, 0, randomBytes(rowBytes * 2), at + 23);
    expect(cluster.sql(`SELECT count(*) FROM visitlog.visits_${day + 40}`, 'visitlog')).toBe('2');
    cluster.sql(`DROP TABLE visitlog.visits_${day + 40}, visitlog.texts_${day + 40}`, 'visitlog');
    expect(cluster.sql(`SELECT count(*) FROM visitlog.visits WHERE hour = ${at + 23}`, 'visitlog')).toBe('0');
  });

  it('a holder publishes a key once, reads what gateways sent, and changes nothing of it', async () => {
    const { client } = await connected('holder', 'a');
    const publish = (key: Buffer) =>
      client.query('SELECT visitlog.publish_hours($1, $2, $3) AS added', [[hour], [key], [randomBytes(64)]]);
    const first = randomBytes(32);
    expect((await publish(first)).rows).toEqual([{ added: 1 }]);
    expect((await publish(randomBytes(32))).rows).toEqual([{ added: 0 }]);
    const gateway = await connected('gateway', 'suji');
    const seen = await gateway.client.query(
      'SELECT holder, public_key FROM visitlog.hour_keys WHERE hour = $1',
      [hour],
    );
    expect(seen.rows).toEqual([{ holder: 'a', public_key: first }]);
    for (const query of ['DELETE FROM visitlog.visits', 'UPDATE visitlog.envelopes SET envelope = NULL'])
      await expect(client.query(query)).rejects.toMatchObject({ code: '42501' });
  });

  it('a password that init was given logs in over TCP, and another does not', async () => {
    const url = parsePostgresUrl(`postgres://visitlog_gateway_giheung@127.0.0.1:${cluster.port}/visitlog`);
    if (url === null) throw new Error('no URL');
    const login = (password: string) =>
      connectToPrimary({ url, caFile: null, password: () => password, applicationName: 'test' });
    const connection = await login('a password of giheung');
    await checkSchema(connection);
    await connection.close();
    await expect(login('another')).rejects.toMatchObject({ code: 'central.login' });
    await expect(login('')).rejects.toMatchObject({ code: 'central.login' });
  });

  it('a gateway that is called otherwise than its login is refused', async () => {
    const at = address('visitlog_gateway_giheung');
    await expect(linkGateway(at, 'suji')).rejects.toMatchObject({
      code: 'central.other-name',
      facts: { asked: 'suji', named: 'giheung' },
    });
    await (await linkGateway(at, 'giheung')).close();
    // Nobody's login is no gateway's.
    await expect(linkGateway(address('visitlog_holder_a'), 'a')).rejects.toMatchObject({
      code: 'central.no-right',
    });
  });

  it('each hour has the numbers of its rows, whatever came twice or was removed, and those of before are counted', async () => {
    const at = hour + 40;
    const listed = (from: string) =>
      cluster.sql(
        `SELECT string_agg(visits || ' ' || texts, ', ' ORDER BY gateway, key_no) FROM ${from} WHERE hour = ${at}`,
        'visitlog',
      );
    const numbers = () => listed('visitlog.hours');
    const rowsIn = (table: string) =>
      `(SELECT count(*) FROM visitlog.${table} r WHERE (r.hour, r.gateway, r.key_no) = (h.hour, h.gateway, h.key_no))`;
    const counted = () =>
      listed(
        `(SELECT h.hour, h.gateway, h.key_no, ${rowsIn('visits')} AS visits, ${rowsIn('texts')} AS texts FROM visitlog.hours h) AS c`,
      );
    const [giheung, suji] = [await connected('gateway', 'giheung'), await connected('gateway', 'suji')];
    const one = (await open(giheung, randomBytes(16), ['a'], at)) ?? -1;
    const other = (await open(suji, randomBytes(16), ['a'], at)) ?? -1;
    const rows = randomBytes(rowBytes * 3);
    await forward(giheung, one, rows, at);
    await forward(giheung, one, Buffer.concat([rows.subarray(0, rowBytes), randomBytes(rowBytes)]), at);
    await forward(suji, other, randomBytes(rowBytes * 2), at);
    expect([numbers(), counted()]).toEqual(['4 1, 2 1', '4 1, 2 1']);

    const holder = await connected('holder', 'a');
    const gateway = Number(
      cluster.sql("SELECT id FROM visitlog.gateways WHERE name = 'giheung'", 'visitlog'),
    );
    const [tag, id] = [rows.subarray(0, idAt), rows.subarray(idAt, idAt + idBytes)];
    await holder.client.query('SELECT n FROM visitlog.remove_visits($1, $2, $3, $4, $5)', [
      ...[[at], [gateway], [one], [tag], [id]],
    ]);
    await holder.client.query('SELECT n FROM visitlog.remove_texts($1, $2, $3, $4)', [
      ...[[at], [gateway], [one], [1_234_567_890]],
    ]);
    expect([numbers(), counted()]).toEqual(['3 0, 2 1', '3 0, 2 1']);

    // As the version before had left it.
    cluster.sql(
      `DROP FUNCTION visitlog.count_rows CASCADE;
       ALTER TABLE visitlog.hours DROP COLUMN visits, DROP COLUMN texts, DROP COLUMN text_changes;
       SET ROLE visitlog_owner; SET search_path = visitlog; ${countsStep}`,
      'visitlog',
    );
    expect([numbers(), counted()]).toEqual(['3 0, 2 1', '3 0, 2 1']);
  });

  it('a schema of another version is refused in one line', async () => {
    const gateway = await connected('gateway', 'giheung');
    await checkSchema(gateway);
    cluster.sql('UPDATE visitlog.schema_version SET version = 999', 'visitlog');
    await expect(checkSchema(gateway)).rejects.toMatchObject({
      code: 'central.newer',
      facts: { version: 999 },
    });
    await expect(initialise(address('postgres'), [])).rejects.toMatchObject({ code: 'central.newer' });
    cluster.sql('UPDATE visitlog.schema_version SET version = 0', 'visitlog');
    await expect(checkSchema(gateway)).rejects.toMatchObject({ code: 'central.older' });
    cluster.sql(`UPDATE visitlog.schema_version SET version = ${migrations.length}`, 'visitlog');
    await checkSchema(gateway);
  });

  it('a database that is not there, and one without the schema, are told apart', async () => {
    const url = (database: string) =>
      parsePostgresUrl(`postgres://postgres@:${cluster.port}/${database}?host=${cluster.socket}`);
    const to = (database: string) =>
      connectToPrimary({ ...address('postgres'), url: url(database) ?? (null as never) });
    await expect(to('nothing')).rejects.toMatchObject({ code: 'central.no-database' });
    const other = await to('postgres');
    await expect(checkSchema(other)).rejects.toMatchObject({ code: 'central.no-schema' });
    await other.close();
  });
});
