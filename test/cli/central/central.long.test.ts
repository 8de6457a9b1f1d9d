import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePostgresUrl } from '../../../src/base/postgres-url.ts';
import { connectToPrimary } from '../../../src/central/connect.ts';
import { migrations } from '../../../src/central/schema/migrations.ts';
import { hourOf } from '../../../src/store/hour.ts';
import { makeHolder } from '../../central/central-bench.ts';
import { type Cluster, makeCluster, noPostgres } from '../../support/postgres.ts';
import { visitlog } from '../../support/program.ts';
import { until } from '../../support/until.ts';
import { scratchParent } from '../../support/workspace.ts';

describe.skipIf(noPostgres)('visitlog central', () => {
  let cluster: Cluster;
  let folder: string;
  let admin: string;

  beforeAll(() => {
    cluster = makeCluster({
      access: ['host visitlog +visitlog_gateway 127.0.0.1/32 scram-sha-256'],
    });
    cluster.start();
    folder = mkdtempSync(join(scratchParent, 'central-'));
    admin = `postgres://postgres@:${cluster.port}/visitlog?host=${cluster.socket}`;
  });

  afterAll(() => {
    cluster?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const init = (...args: readonly string[]) => visitlog(['central', 'init', '--url', admin, ...args]);
  const status = (...args: readonly string[]) => visitlog(['central', 'status', ...args]);

  it('central init makes database and logins once, with a password that it draws into a file', async () => {
    const file = join(folder, 'giheung.password');
    const first = await init('--gateway', `giheung=${file}`, '--holder', 'a', '--json');
    expect([first.code, first.stderr]).toEqual([0, '']);
    expect(JSON.parse(first.stdout)).toEqual({
      database: 'visitlog',
      made: true,
      from: 0,
      to: migrations.length,
      members: [
        {
          kind: 'gateway',
          name: 'giheung',
          login: 'visitlog_gateway_giheung',
          new: true,
          password_file: file,
        },
        { kind: 'holder', name: 'a', login: 'visitlog_holder_a', new: true, password_file: null },
      ],
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const password = readFileSync(file, 'utf8').trim();
    const url = parsePostgresUrl(`postgres://visitlog_gateway_giheung@127.0.0.1:${cluster.port}/visitlog`);
    if (url === null) throw new Error('no URL');
    const connection = await connectToPrimary({
      ...{ url, caFile: null, applicationName: 'test' },
      password: () => password,
    });
    await connection.close();
    const again = await init('--gateway', `giheung=${file}`, '--holder', 'a');
    expect(again.code).toBe(0);
    expect(again.stdout).toContain(`schema ${migrations.length}, as it was`);
    expect(again.stdout).toContain('gateway: login visitlog_gateway_giheung is there, password in');
    expect(again.stdout).toContain('  hostssl visitlog +visitlog_gateway,+visitlog_holder');
    expect(again.stdout).toContain('  visitlog visitlog visitlog_holder_a');
    expect(again.stdout).not.toContain(password);
    expect(readFileSync(file, 'utf8').trim()).toBe(password);
  });

  it('central init brings an older schema up to date, and what is there stays', async () => {
    const database = 'older';
    cluster.sql(`CREATE DATABASE ${database}`);
    cluster.sql(
      `CREATE SCHEMA visitlog AUTHORIZATION visitlog_owner; SET ROLE visitlog_owner; SET search_path = visitlog;
       ${migrations[0]}
       INSERT INTO schema_version (version) VALUES (1);
       INSERT INTO gateways (name, login) VALUES ('suji', 'visitlog_gateway_suji')`,
      database,
    );
    const url = `postgres://postgres@:${cluster.port}/${database}?host=${cluster.socket}`;
    const { code, stdout } = await visitlog(['--lang', 'en', 'central', 'init', '--url', url]);
    expect([code, stdout]).toEqual([
      0,
      `database "${database}" is there, schema 1 brought to ${migrations.length}\n`,
    ]);
    expect(cluster.sql('SELECT name FROM visitlog.gateways', database)).toBe('suji');
  });

  it.each([
    ['a name that none can have', ['--gateway', 'Gi Heung'], 2, 'central.member'],
    ['a name without its file', ['--holder', 'b='], 2, 'central.member'],
    ['a folder that is not there', ['--gateway', 'suji=/nowhere/suji.password'], 1, 'central.password-file'],
  ])('central init refuses %s in one line', async (_, args, exit, id) => {
    const { code, stdout, stderr } = await init(...args);
    expect([code, stdout]).toEqual([exit, '']);
    expect(stderr).toMatch(new RegExp(`^visitlog: error \\[${id}\\] .+\n$`));
  });

  it('central init leaves no password behind if the server does not answer', async () => {
    const file = join(folder, 'suji.password');
    const none = `postgres://postgres@/visitlog?host=${folder}`;
    const { code, stderr } = await visitlog([
      ...['central', 'init', '--url', none, '--gateway', `suji=${file}`],
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain('[central.unreachable]');
    expect(() => statSync(file)).toThrow('ENOENT');
  });

  it('central status says what an administrator can do something about', async () => {
    const { code, stdout } = await status('--url', admin, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      status: 'degraded',
      reasons: [
        { code: 'central.no-standby', severity: 'degraded', of: null },
        { code: 'central.holder-silent', severity: 'degraded', of: 'a' },
      ],
      servers: [{ host: `${cluster.socket}:${cluster.port}`, role: 'primary', code: null }],
      schema: { version: migrations.length, known: migrations.length },
      standbys: { wanted: 0, here: 0 },
      gateways: [{ name: 'giheung', batches: 0, last_at: null }],
      holders: [{ name: 'a', published_until: null }],
    });
    const text = await status('--url', admin);
    expect(text.code).toBe(1);
    expect(text.stdout).toContain('a: [central.holder-silent]');
    expect(text.stdout).toMatch(/giheung +0 +none yet/);
  });

  it('central status is well once a holder publishes and a standby streams', async () => {
    const thisHour = hourOf(Date.now());
    await makeHolder('a').publish(
      cluster,
      Array.from({ length: 8 }, (_, index) => thisHour + index),
    );
    const second = makeCluster({ standbyOf: { primary: cluster, name: 'second' } });
    try {
      second.start();
      cluster.sql("ALTER SYSTEM SET synchronous_standby_names = 'second'");
      cluster.sql('SELECT pg_reload_conf()');
      await until(() => cluster.sql('SELECT sync_state FROM pg_stat_replication') === 'sync');
      const { code, stdout } = await status('--url', admin, '--json');
      expect([code, JSON.parse(stdout).standbys]).toEqual([0, { wanted: 1, here: 1 }]);
      // The standby alone takes no writes.
      const alone = `postgres://postgres@:${second.port}/visitlog?host=${second.socket}`;
      const down = await status('--url', alone, '--json');
      expect([down.code, JSON.parse(down.stdout).reasons]).toEqual([
        2,
        [{ code: 'central.no-primary', severity: 'down', of: null }],
      ]);
    } finally {
      second.remove();
      cluster.sql('ALTER SYSTEM RESET synchronous_standby_names');
      cluster.sql('SELECT pg_reload_conf()');
    }
  });

  it('central status by a gateway’s own configuration tells what its login may know', async () => {
    const config = join(folder, 'site.toml');
    const pin = `a:MCowBQYDK2VwAyEA${'A'.repeat(43)}=`;
    writeFileSync(
      config,
      `[central]\nurl = "postgres://visitlog_gateway_giheung@127.0.0.1:${cluster.port}/visitlog"\npassword_file = "${join(folder, 'giheung.password')}"\nholders = ["${pin}"]\n`,
    );
    const { stdout } = await visitlog(['--config', config, 'central', 'status', '--json']);
    const told = JSON.parse(stdout);
    expect(told.gateways).toBe(null);
    expect(told.holders).toMatchObject([{ name: 'a' }]);
    expect(told.schema.version).toBe(migrations.length);
  });

  it('central status with --url needs no configuration that the account can read', async () => {
    const { code, stderr, stdout } = await visitlog([
      ...['--config', folder, 'central', 'status', '--url', admin, '--json'],
    ]);
    expect([code, stderr]).toEqual([1, '']);
    expect(JSON.parse(stdout).gateways).toMatchObject([{ name: 'giheung' }]);
    const own = await visitlog(['--config', folder, 'central', 'status']);
    expect([own.code, own.stderr]).toEqual([2, expect.stringContaining('[config.unreadable]')]);
  });

  it('central status names a server that does not answer, and a host without [central]', async () => {
    const off = await status('--url', `postgres://postgres@127.0.0.1:1/visitlog`, '--json');
    expect([off.code, JSON.parse(off.stdout).reasons]).toEqual([
      2,
      [{ code: 'central.unreachable', severity: 'down', of: '127.0.0.1:1' }],
    ]);
    const none = join(folder, 'none.toml');
    writeFileSync(none, '');
    const { code, stderr } = await visitlog(['--config', none, 'central', 'status']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('[central.not-configured]')]);
  });
});
