import { appendFileSync, chmodSync, chownSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { dayMs, hourMs } from '../../src/base/amounts.ts';
import { loginOf } from '../../src/central/schema/init.ts';
import { holderRingPath } from '../../src/store/holder/holder-files.ts';
import { type CommandBench, commandBench, type Ran } from '../cli/command-bench.ts';
import { who } from '../store/sweep/sweeping.ts';
import { type TempRegister, tempRegister, visit } from '../store/temp-register.ts';
import { claimPort } from '../support/claimed-port.ts';
import { type Cluster, makeCluster, noPostgres } from '../support/postgres.ts';
import {
  forwardAll,
  type HolderHostBench,
  makeCentral,
  makeHolderHost,
  outboxOf,
  type TestCentral,
} from './holder-bench.ts';

const plain = { withoutStacks: true } as const;

interface City {
  readonly bench: CommandBench;
  readonly host: HolderHostBench;
  readonly site: TempRegister;
  readonly central: TestCentral;
  /** Where a copy is that was made while the hours lived. */
  readonly backup: string;
  /** Of a server that runs on it. */
  readonly backupUrl: string;
}

interface Proof {
  readonly ok: boolean;
  readonly shown: boolean;
  readonly past_hours: number;
  readonly steps: readonly {
    readonly what: string;
    readonly found: number;
    readonly of: number;
    readonly ok: boolean | null;
  }[];
}

describe.skipIf(noPostgres)('prove --central', () => {
  let cluster: Cluster;

  beforeAll(() => {
    cluster = makeCluster();
    cluster.start();
  });

  afterAll(() => cluster?.remove());

  async function begin(): Promise<City> {
    const bench = commandBench();
    const central = await makeCentral(cluster, [
      { kind: 'gateway', name: 'giheung' },
      { kind: 'holder', name: 'a' },
    ]);
    const host = makeHolderHost(central, 'a', bench.temp.clock, bench.temp.options);
    appendFileSync(
      bench.config,
      `[central]\nurl = ${JSON.stringify(urlOf(central))}\n[holder]\nname = "a"\n`,
    );
    const site = tempRegister();
    await send({ bench, host, site, central }, 0);
    const backup = join(cluster.folder, `backup-${central.database}`);
    cluster.run('pg_basebackup', '--pgdata', backup, '--username', 'postgres', '--checkpoint', 'fast');
    return { bench, host, site, central, backup, backupUrl: serve(backup, central) };
  }

  function urlOf(central: TestCentral, port?: number): string {
    const { url } = central.address(loginOf({ kind: 'holder', name: 'a' }));
    const [server] = url.hosts;
    return `postgres://${url.user}@:${port ?? server?.port}/${url.database}?host=${server?.host}`;
  }

  /** Starts a server on a copy; it ends with the test. */
  function serve(data: string, central: TestCentral): string {
    const { port, release } = claimPort();
    const options = `-p ${port} -c listen_addresses=`;
    const place = ['--pgdata', data, '--wait', '--silent'];
    cluster.run(
      'pg_ctl',
      'start',
      ...place,
      '--log',
      join(cluster.folder, `${central.database}.log`),
      '--options',
      options,
    );
    onTestFinished(() => {
      cluster.run('pg_ctl', 'stop', ...place, '--mode', 'immediate');
      release();
    });
    return urlOf(central, port);
  }

  /** The holder's pass; then visitors text in two hours, and the site sends them. */
  async function send(
    { bench, host, site, central }: Omit<City, 'backup' | 'backupUrl'>,
    from: number,
  ): Promise<void> {
    const records = host.open();
    await records.pass({ who, command: 'run' });
    await records.close();
    const register = site.open({ role: 'tool', clock: bench.temp.clock });
    register.transact((unit) => {
      for (let index = 0; index < 20; index += 1)
        unit.addVisit(
          visit({
            visitor: `0105550${3_000 + from + index}`,
            atMs: bench.temp.clock.wallMs() - (index % 2) * hourMs,
          }),
        );
    });
    await register.close();
    const outbox = outboxOf({ ...site.options, clock: bench.temp.clock });
    await forwardAll(central, 'giheung', outbox, [host.pin]);
  }

  /** Four weeks later: the first hours are past, and others live. */
  async function later(city: City): Promise<void> {
    await city.bench.temp.clock.advance(29 * dayMs);
    await send(city, 100);
    const site = city.site.open({ role: 'tool', clock: city.bench.temp.clock });
    await site.sweep({ who, command: 'sweep' });
    await site.close();
  }

  async function proof(bench: CommandBench, ...args: string[]): Promise<Proof & { readonly code: number }> {
    const { code, stdout, stderr } = await bench.run(['prove', '--central', '--json', ...args], plain);
    expect(stderr).toBe('');
    return { code, ...(JSON.parse(stdout) as Proof) };
  }

  function failed({ steps }: Proof): string[] {
    return steps.filter(({ ok }) => ok === false).map(({ what, found, of }) => `${what}: ${found} of ${of}`);
  }

  it('opens nothing of the past with a base backup, the servers’ folders and the gateway’s in hand, and all that lives', async () => {
    const city = await begin();
    await later(city);
    const folders = [cluster.data, city.backup, city.site.dataDir].flatMap((folder) => [
      '--directory',
      folder,
    ]);
    const args = ['prove', '--central', '--url', city.backupUrl, ...folders];
    const { code, stdout, stderr } = (await city.bench.run(args, plain)) as Ran;
    expect([code, stderr], stdout).toEqual([0, '']);
    expect(stdout).toMatch(/ok {3}envelopes of living hours that open with this host’s keyring +2 of 2\n/);
    expect(stdout).toMatch(/ok {3}visits of those hours that open +20 of 20\n/);
    expect(stdout).toMatch(/ok {3}envelopes of past hours that open with any secret at hand +0 of 2\n/);
    expect(stdout).toMatch(
      /ok {3}visits of past hours that open with the keyrings in the folders +0 of 20\n/,
    );
    expect(stdout).toMatch(/ok {3}sealed visits of living hours in the folders’ files +2 of 2\n/);
    expect(stdout).toMatch(/ok {3}visitors’ numbers in the clear, in any file +0 of 20\n/);
    expect(stdout).toMatch(
      /ok {3}secrets and keys of living hours, in any file but the keyrings +0 of \d{3}\n/,
    );
    expect(stdout).toContain('Nothing of hours that are past could be opened.');
    expect(stdout).not.toContain('5550');
    const { ok, past_hours } = await proof(city.bench, '--url', city.backupUrl);
    expect([ok, past_hours]).toEqual([true, 2]);
    expect((await city.bench.run(['audit', 'list'], plain)).stdout).toContain('prove --central');
  });

  it('shows nothing while no hour is past, and says so', async () => {
    const { bench } = await begin();
    const { code, stdout } = await bench.run(['prove', '--central'], plain);
    expect(code).toBe(4);
    expect(stdout).toMatch(/-- {3}envelopes of past hours that open with any secret at hand +0 of 0\n/);
    expect(stdout).toContain('Nothing is shown');
  });

  it('fails if a copy of a keyring lies in a folder, of the register host or of the gateway', async () => {
    const city = await begin();
    const { bench, host, site } = city;
    const [safe, other] = ['safe', 'other'].map((name) => join(bench.folder, name));
    for (const folder of [safe, other]) mkdirSync(folder ?? '');
    const copies = [join(safe ?? '', 'ring'), join(other ?? '', 'keys')];
    copyFileSync(holderRingPath(host.options.keyFile), copies[0] ?? '');
    copyFileSync(site.keyFile, copies[1] ?? '');
    // As a file server leaves them.
    for (const copy of copies) {
      chmodSync(copy, 0o644);
      if (process.getuid?.() === 0) chownSync(copy, 4_242, 4_242);
    }
    await later(city);
    const holders = await proof(bench, '--url', city.backupUrl, '--directory', safe ?? '');
    expect([holders.code, holders.ok]).toEqual([1, false]);
    expect(failed(holders)).toEqual(['envelopes of past hours that open with any secret at hand: 2 of 2']);
    const gateways = await proof(bench, '--url', city.backupUrl, '--directory', other ?? '');
    expect(gateways.code).toBe(1);
    expect(failed(gateways)).toEqual([
      'visits of past hours that open with the keyrings in the folders: 20 of 20',
    ]);
  });

  it('fails if a number lies in a file in the clear', async () => {
    const city = await begin();
    await later(city);
    writeFileSync(join(city.bench.folder, 'list.txt'), 'called: 010-5550-3105\n');
    const found = await proof(city.bench, '--url', city.backupUrl, '--directory', city.bench.folder);
    expect(found.code).toBe(1);
    expect(failed(found)).toEqual(['visitors’ numbers in the clear, in any file: 1 of 20']);
  });

  it('is for register hosts, and its options are for it', async () => {
    const { bench } = await begin();
    expect(await commandBench().run(['prove', '--central'], plain)).toMatchObject({ code: 2 });
    expect((await bench.run(['prove', '--url', 'postgres://a@b/c'], plain)).stderr).toContain(
      '[prove.central-only]',
    );
    expect(await bench.run(['prove', '--central', '--keep'], plain)).toMatchObject({ code: 2 });
    const none = await bench.run(['prove', '--central', '--directory', '/nowhere'], plain);
    expect(none).toMatchObject({ code: 2 });
    expect(none.stderr).toContain('[prove.directory] /nowhere cannot be searched');
  });
});
