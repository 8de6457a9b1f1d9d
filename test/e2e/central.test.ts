import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { connectToPrimary } from '../../src/central/connect.ts';
import { createModem, type SimulatedModem } from '../../src/simulator/modem.ts';
import { serveTcp } from '../../src/simulator/tcp.ts';
import { createVisitors, type VisitorText } from '../../src/simulator/visitors.ts';
import { formatPin } from '../../src/store/holder/holder-pin.ts';
import { hourOf } from '../../src/store/hour.ts';
import { addressOf, makeHolder } from '../central/central-bench.ts';
import { type CuttableLink, openLink } from '../support/cuttable-link.ts';
import { emptied } from '../support/emptied.ts';
import { type Cluster, makeCluster, noPostgres } from '../support/postgres.ts';
import { type Running, start, visitlog } from '../support/program.ts';
import { expectedOf } from '../support/recorded.ts';
import { until } from '../support/until.ts';
import { makeWorkspace, type Workspace } from '../support/workspace.ts';

describe.skipIf(noPostgres)('a gateway with a central register', () => {
  const holder = makeHolder('a');
  const sent: VisitorText[] = [];
  const visitors = createVisitors({ seed: 18 });
  const firstMs = systemClock.wallMs() - 1_800_000;
  let cluster: Cluster;
  let link: CuttableLink;
  let workspace: Workspace;
  let modem: SimulatedModem;
  let server: { readonly port: number; close(): Promise<void> };
  let gateway: Running;

  beforeAll(async () => {
    cluster = makeCluster({
      access: ['host visitlog +visitlog_gateway 127.0.0.1/32 scram-sha-256'],
    });
    cluster.start();
    workspace = makeWorkspace();
    const password = join(workspace.folder, 'central.password');
    const admin = `postgres://postgres@:${cluster.port}/visitlog?host=${cluster.socket}`;
    const made = await visitlog([
      ...['central', 'init', '--url', admin, '--gateway', `giheung=${password}`, '--holder', 'a'],
    ]);
    if (made.code !== 0) throw new Error(made.stderr);
    const hour = hourOf(systemClock.wallMs());
    await holder.publish(cluster, [hour - 2, hour - 1, hour, hour + 1, hour + 2]);
    link = await openLink(cluster.port);
    modem = createModem({ family: 'ec25', clock: systemClock, retryMs: 20, latencyMs: 1 });
    server = await serveTcp(modem, { host: '127.0.0.1', port: 0 });
    workspace.configure(`tcp://127.0.0.1:${server.port}`);
    const central = [
      `[central]`,
      `url = "postgres://visitlog_gateway_giheung@127.0.0.1:${link.port}/visitlog"`,
      `password_file = "${password}"`,
      `gateway = "giheung"`,
      `holders = ["${formatPin({ holder: 'a', key: holder.key })}"]`,
    ];
    appendFileSync(workspace.configFile, `${central.join('\n')}\n`);
    gateway = run();
  });

  afterAll(async () => {
    gateway?.child.kill('SIGKILL');
    link?.close();
    await server?.close();
    modem?.dispose();
    workspace?.remove();
    cluster?.remove();
  });

  const run = () => start(['--config', workspace.configFile, 'run']);

  function text(count: number): void {
    for (let index = 0; index < count; index += 1) {
      const next = visitors.next(firstMs + sent.length * 1_000);
      sent.push(next);
      modem.network.sendParts(next.parts);
    }
  }

  /**
   * Rows at the centre: what a search there finds; null while the server is off. Not by another process, which would
   * hold up the link.
   */
  async function rows(): Promise<number | null> {
    const connection = await connectToPrimary(addressOf('postgres', cluster)).catch(() => null);
    if (connection === null) return null;
    const found = await connection.client.query<{ rows: number }>(
      'SELECT ((SELECT count(*) FROM visitlog.visits) + (SELECT count(*) FROM visitlog.texts))::int AS rows',
    );
    await connection.close();
    return found.rows[0]?.rows ?? null;
  }
  const wanted = () => expectedOf(sent).visits.length + expectedOf(sent).texts.length;
  const allThere = () => until(async () => (await rows()) === wanted());
  const status = async () =>
    JSON.parse((await visitlog(['--config', workspace.configFile, 'status', '--json'])).stdout);

  it('texts become rows at the centre, which a holder reads, and the site has them no more', async () => {
    text(60);
    await emptied(modem);
    await allThere();
    const read = await holder.read(cluster);
    expect(read.unreadable).toBe(0);
    expect(read.visitors).toEqual(
      expectedOf(sent)
        .visits.map((line) => line.split(' ')[0] ?? '')
        .sort(),
    );
    await until(async () => (await status()).central.waiting === 0);
    const { central, register, reasons } = await status();
    expect(central).toMatchObject({
      ...{ state: 'idle', code: null, host: `127.0.0.1:${link.port}`, replicated: false },
      ...{ stuck_s: 0, waiting: 0, oldest_at: null, forwarded: wanted(), without_holders: [] },
    });
    expect([register.visits, register.unresolved]).toEqual([0, 0]);
    // One server alone is told of.
    expect(reasons.map(({ code }: { code: string }) => code)).toContain('central.no-standby');
    const metrics = await visitlog(['--config', workspace.configFile, 'status', '--metrics']);
    expect(metrics.stdout).toContain(`visitlog_central_forwarded_rows_total ${wanted()}\n`);
    expect(metrics.stdout).toContain('visitlog_central_state{state="idle"} 1\n');
    const counts = await visitlog([
      ...['--config', workspace.configFile, 'counts', '--from', '-1d', '--to', '-0h', '--format', 'json'],
    ]);
    expect(counts.stderr).toContain('what it has sent there is not here');
  });

  it('a link that is cut costs delay alone', async () => {
    link.cut();
    text(40);
    await emptied(modem);
    await until(async () => (await status()).central.state === 'failing');
    expect((await status()).central).toMatchObject({ code: 'central.unreachable', host: null });
    expect(await rows()).toBeLessThan(wanted());
    link.join();
    const joinedMs = performance.now();
    await allThere();
    tell('searchable after the link was back', joinedMs);
  });

  it('a server that is killed and comes back has every text once', async () => {
    cluster.stop('immediate');
    text(40);
    await emptied(modem);
    await gateway.line((line) => line.includes('"event":"central.failing"'));
    cluster.start();
    const backMs = performance.now();
    await allThere();
    tell('searchable after the server was back', backMs);
  });

  it('a gateway that is killed while it sends sends the rest at its next start, and nothing twice', async () => {
    for (let kill = 0; kill < 3; kill += 1) {
      text(30);
      await until(async () => ((await rows()) ?? 0) < wanted());
      await new Promise((resolve) => setTimeout(resolve, 150 * kill));
      await gateway.kill();
      gateway = run();
    }
    await emptied(modem);
    await allThere();
    const read = await holder.read(cluster);
    expect(read.unreadable).toBe(0);
    expect(read.visitors).toEqual(
      expectedOf(sent)
        .visits.map((line) => line.split(' ')[0] ?? '')
        .sort(),
    );
    expect(modem.network.journal.counts().lost).toBe(0);
  });

  it('a gateway is stopped in time while the centre answers nothing', async () => {
    link.cut();
    text(5);
    await emptied(modem);
    const stoppingMs = performance.now();
    await gateway.kill('SIGTERM');
    tell('stopped with a dead link', stoppingMs);
    expect(gateway.child.exitCode).toBe(0);
    expect(gateway.stdout()).toContain('"event":"gateway.stopped"');
    // What did not go waits for the next start.
    link.join();
    gateway = run();
    await allThere();
    await gateway.kill('SIGTERM');
  });
});

/** For whoever measures; how long it may take is no test's business on a busy machine. */
function tell(what: string, sinceMs: number): void {
  if (process.env.VISITLOG_TELL === '1')
    process.stdout.write(`${what}: ${Math.round(performance.now() - sinceMs)} ms\n`);
}
