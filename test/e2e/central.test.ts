import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { composeText } from '../../src/simulator/compose-text.ts';
import { type CentralSite, rowsAt, siteAccess, startSite, tell } from '../support/central-site.ts';
import { type CuttableLink, openLink } from '../support/cuttable-link.ts';
import { emptied } from '../support/emptied.ts';
import { type Cluster, makeCluster, noPostgres } from '../support/postgres.ts';
import { visitlog } from '../support/program.ts';
import { until } from '../support/until.ts';
import { makeWorkspace } from '../support/workspace.ts';

describe.skipIf(noPostgres)('a gateway with a central register', () => {
  let cluster: Cluster;
  let link: CuttableLink;
  let site: CentralSite;

  beforeAll(async () => {
    cluster = makeCluster({ access: siteAccess });
    cluster.start();
    link = await openLink(cluster.port);
    site = await startSite(cluster, () => [link.port]);
  });

  afterAll(async () => {
    await site?.close();
    link?.close();
    cluster?.remove();
  });

  const rows = () => rowsAt(cluster);
  const allThere = () => until(async () => (await rows()) === site.wanted());

  it('texts become rows at the centre, which a holder reads, and the site has them no more', async () => {
    site.text(60);
    await emptied(site.modem);
    await allThere();
    const read = await site.holder.read(cluster);
    expect(read.unreadable).toBe(0);
    expect(read.visitors).toEqual(site.senders());
    await until(async () => (await site.status()).central?.waiting === 0);
    const { central, register, reasons } = await site.status();
    expect(central).toMatchObject({
      ...{ state: 'idle', code: null, host: `127.0.0.1:${link.port}`, replicated: false },
      ...{ stuck_s: 0, waiting: 0, oldest_at: null, forwarded: site.wanted(), without_holders: [] },
    });
    expect([register?.visits, register?.unresolved]).toEqual([0, 0]);
    // One server alone is told of.
    expect(reasons.map(({ code }) => code)).toContain('central.no-standby');
    const config = ['--config', site.workspace.configFile];
    const metrics = await visitlog([...config, 'status', '--metrics']);
    expect(metrics.stdout).toContain(`visitlog_central_forwarded_rows_total ${site.wanted()}\n`);
    expect(metrics.stdout).toContain('visitlog_central_state{state="idle"} 1\n');
    const counts = await visitlog([...config, 'counts', '--from', '-1d', '--to', '-0h', '--format', 'json']);
    expect(counts.stderr).toContain('what it has sent there is not here');
  });

  it('a link that is cut costs delay alone', async () => {
    link.cut();
    site.text(40);
    await emptied(site.modem);
    await until(async () => (await site.status()).central?.state === 'failing');
    expect((await site.status()).central).toMatchObject({ code: 'central.unreachable', host: null });
    expect(await rows()).toBeLessThan(site.wanted());
    link.join();
    const joinedMs = performance.now();
    await allThere();
    tell('searchable after the link was back', joinedMs);
  });

  it('a server that is killed and comes back has every text once', async () => {
    cluster.stop('immediate');
    site.text(40);
    await emptied(site.modem);
    await site.gateway.line((line) => line.includes('"event":"central.failing"'));
    cluster.start();
    const backMs = performance.now();
    await allThere();
    tell('searchable after the server was back', backMs);
  });

  it('a gateway that is killed while it sends sends the rest at its next start, and nothing twice', async () => {
    for (let kill = 0; kill < 3; kill += 1) {
      site.text(30);
      await new Promise((resolve) => setTimeout(resolve, 150 * kill));
      await site.gateway.kill();
      site.run();
    }
    await emptied(site.modem);
    await allThere();
    const read = await site.holder.read(cluster);
    expect(read.unreadable).toBe(0);
    expect(read.visitors).toEqual(site.senders());
    expect(site.modem.network.journal.counts().lost).toBe(0);
  });

  it('a gateway is stopped in time while the centre answers nothing', async () => {
    link.cut();
    site.text(5);
    await emptied(site.modem);
    const stoppingMs = performance.now();
    await site.gateway.kill('SIGTERM');
    tell('stopped with a dead link', stoppingMs);
    expect(site.gateway.child.exitCode).toBe(0);
    expect(site.gateway.stdout()).toContain('"event":"gateway.stopped"');
    // What did not go waits for the next start.
    link.join();
    site.run();
    await allThere();
    await site.gateway.kill('SIGTERM');
  });
});

describe.skipIf(noPostgres)('a site, and the places of its register hosts', () => {
  it('a place that a register host issues a code to is known at the site, also while the link is cut', async () => {
    const cluster = makeCluster({ access: siteAccess });
    onTestFinished(() => cluster.remove());
    cluster.start();
    const link = await openLink(cluster.port);
    onTestFinished(() => link.close());
    const site = await startSite(cluster, () => [link.port]);
    onTestFinished(() => site.close());
    const officers = makeWorkspace();
    onTestFinished(() => officers.remove());
    const url = `postgres://visitlog_holder_a@:${cluster.port}/visitlog?host=${cluster.socket}`;
    writeFileSync(
      officers.configFile,
      `data_dir = "${officers.folder}/data"\n[central]\nurl = "${url}"\n[holder]\nname = "a"\n`,
    );
    const atHolder = (...args: string[]) => visitlog(['--config', officers.configFile, ...args]);
    const atSite = (...args: string[]) => visitlog(['--config', site.workspace.configFile, ...args]);
    expect((await atHolder('central', 'holder')).code).toBe(0);

    const refused = await atSite('venue', 'issue', '--name', '노점');
    expect([refused.code, refused.stdout]).toEqual([3, '']);
    expect(refused.stderr).toContain('Run it on a register host: visitlog venue issue.');
    const issued = await atHolder('venue', 'issue', '--name', '노점', '--json');
    const { number } = JSON.parse(issued.stdout) as { number: string };
    await until(async () => (await atSite('venue', 'list', '--format', 'json')).stdout.includes(number));
    const { central, reasons } = await site.status();
    expect(central?.places).toMatchObject({ copied: 1, here: 0, code: null });
    expect(reasons.map(({ code }) => code)).not.toContain('central.places-old');

    const visits = () => Number(cluster.sql('SELECT count(*) FROM visitlog.visits', 'visitlog'));
    let visitors = 0;
    const textCode = () => {
      visitors += 1;
      const sender = `0105550010${visitors}`;
      const sentAtMs = systemClock.wallMs() - 60_000;
      site.modem.network.sendParts(composeText({ sender, text: `${number} 노점`, sentAtMs }));
    };
    textCode();
    await until(() => visits() === 1);
    await until(async () => (await site.status()).central?.waiting === 0);
    link.cut();
    await site.gateway.kill();
    site.run();
    textCode();
    await emptied(site.modem);
    await until(async () => (await site.status()).central?.state === 'failing');
    expect((await site.status()).register?.visits).toBe(1);
    expect((await atHolder('venue', 'remove', number, '--yes')).code).toBe(0);
    link.join();
    await until(() => visits() === 2);
    await until(async () => (await atSite('venue', 'list')).code === 4);
    textCode();
    await until(() => cluster.sql('SELECT count(*) FROM visitlog.texts', 'visitlog') === '1');
    expect(visits()).toBe(2);
  });
});

describe.skipIf(noPostgres)('a gateway whose central register has a standby', () => {
  it('goes on at the standby once that is promoted, with every text once', async () => {
    const primary = makeCluster({ access: siteAccess });
    onTestFinished(() => primary.remove());
    primary.start();
    const second = { cluster: null as Cluster | null };
    const site = await startSite(primary, () => {
      second.cluster = makeCluster({ standbyOf: { primary, name: 'second' } });
      return [primary.port, second.cluster.port];
    });
    onTestFinished(() => site.close());
    const standby = second.cluster;
    if (standby === null) throw new Error('no standby was made');
    onTestFinished(() => standby.remove());
    standby.start();
    primary.sql("ALTER SYSTEM SET synchronous_standby_names = 'second'");
    primary.sql('SELECT pg_reload_conf()');
    await until(async () => (await site.status()).central?.replicated === true);
    site.text(40);
    await emptied(site.modem);
    await until(async () => (await rowsAt(primary)) === site.wanted());

    site.text(40);
    primary.stop('immediate');
    const deadMs = performance.now();
    await emptied(site.modem);
    standby.promote();
    await until(async () => (await rowsAt(standby)) === site.wanted());
    tell('searchable at the standby after the primary died', deadMs);
    const read = await site.holder.read(standby);
    expect(read.unreadable).toBe(0);
    expect(read.visitors).toEqual(site.senders());
    const { central, reasons } = await site.status();
    expect(central).toMatchObject({ host: `127.0.0.1:${standby.port}`, replicated: false });
    expect(reasons.map(({ code }) => code)).toContain('central.no-standby');
    await site.gateway.kill('SIGTERM');
  });
});
