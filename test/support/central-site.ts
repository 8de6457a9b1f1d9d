import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../src/base/clock.ts';
import { connectToPrimary } from '../../src/central/connect.ts';
import { createModem, type SimulatedModem } from '../../src/simulator/modem.ts';
import { serveTcp } from '../../src/simulator/tcp.ts';
import { createVisitors, type VisitorText } from '../../src/simulator/visitors.ts';
import { formatPin } from '../../src/store/holder/holder-pin.ts';
import { hourOf } from '../../src/store/hour.ts';
import { addressOf, makeHolder, type TestHolder } from '../central/central-bench.ts';
import type { Cluster } from './postgres.ts';
import { type Running, start, visitlog } from './program.ts';
import { expectedOf } from './recorded.ts';
import { makeWorkspace, type Workspace } from './workspace.ts';

/** Lines of pg_hba.conf: gateways log in by password. */
export const siteAccess: readonly string[] = ['host visitlog +visitlog_gateway 127.0.0.1/32 scram-sha-256'];

/** A gateway process with a simulated modem, whose register goes to a central one. */
export interface CentralSite {
  readonly workspace: Workspace;
  readonly modem: SimulatedModem;
  readonly holder: TestHolder;
  gateway: Running;
  /** Starts the gateway (again). */
  run(): Running;
  /** So many visitors text. */
  text(count: number): void;
  /** Visits and other texts that have been sent. */
  wanted(): number;
  /** The senders of all visits that have been sent. */
  senders(): readonly string[];
  /** What `status --json` prints. */
  status(): Promise<Status>;
  close(): Promise<void>;
}

/** How it is: of the keys that tests look at. */
interface Status {
  readonly lines: readonly {
    readonly state: string;
    readonly reason: string | null;
    readonly waiting: number;
  }[];
  /** Null before the gateway answers. */
  readonly central: Readonly<Record<string, unknown>> | null;
  /** Null before the first gateway has made one. */
  readonly register: Readonly<Record<string, unknown>> | null;
  readonly reasons: readonly { readonly code: string }[];
}

interface SiteChanges {
  /** Further lines of [central]. */
  readonly central?: readonly string[];
  /** Each text is one visit. */
  readonly plain?: true;
}

/** The register is made on `server`; the gateway is to reach it at these ports of this machine. */
export async function startSite(
  server: Cluster,
  ports: () => readonly number[],
  changes: SiteChanges = {},
): Promise<CentralSite> {
  const holder = makeHolder('a');
  const sent: VisitorText[] = [];
  const visitors = createVisitors({ seed: 18, ...(changes.plain ? { plain: true } : {}) });
  const firstMs = systemClock.wallMs() - 1_800_000;
  const workspace = makeWorkspace();
  const password = join(workspace.folder, 'central.password');
  const admin = `postgres://postgres@:${server.port}/visitlog?host=${server.socket}`;
  const made = await visitlog([
    ...['central', 'init', '--url', admin, '--gateway', `giheung=${password}`, '--holder', 'a'],
  ]);
  if (made.code !== 0) throw new Error(made.stderr);
  const hour = hourOf(systemClock.wallMs());
  await holder.publish(server, [hour - 2, hour - 1, hour, hour + 1, hour + 2]);
  const modem = createModem({ family: 'ec25', clock: systemClock, retryMs: 20, latencyMs: 1 });
  const port = await serveTcp(modem, { host: '127.0.0.1', port: 0 });
  workspace.configure(`tcp://127.0.0.1:${port.port}`);
  const hosts = ports()
    .map((each) => `127.0.0.1:${each}`)
    .join(',');
  const central = [
    '[central]',
    `url = "postgres://visitlog_gateway_giheung@${hosts}/visitlog"`,
    `password_file = "${password}"`,
    'gateway = "giheung"',
    `holders = ["${formatPin({ holder: 'a', key: holder.key })}"]`,
    ...(changes.central ?? []),
  ];
  appendFileSync(workspace.configFile, `${central.join('\n')}\n`);
  const run = () => start(['--config', workspace.configFile, 'run']);
  const site: CentralSite = {
    ...{ workspace, modem, holder, gateway: run() },
    run() {
      site.gateway = run();
      return site.gateway;
    },
    text(count) {
      for (let index = 0; index < count; index += 1) {
        const next = visitors.next(firstMs + sent.length * 1_000);
        sent.push(next);
        modem.network.sendParts(next.parts);
      }
    },
    wanted: () => expectedOf(sent).visits.length + expectedOf(sent).texts.length,
    senders: () =>
      expectedOf(sent)
        .visits.map((line) => line.split(' ')[0] ?? '')
        .sort(),
    async status() {
      const { stdout } = await visitlog(['--config', workspace.configFile, 'status', '--json']);
      return JSON.parse(stdout) as Status;
    },
    async close() {
      site.gateway.child.kill('SIGKILL');
      await port.close();
      modem.dispose();
      workspace.remove();
    },
  };
  return site;
}

/**
 * Rows at the centre: what a search there finds; null while the server is off or a standby. Not by another process, which
 * would hold up a link that this one has.
 */
export async function rowsAt(server: Cluster): Promise<number | null> {
  const connection = await connectToPrimary(addressOf('postgres', server)).catch(() => null);
  if (connection === null) return null;
  try {
    const found = await connection.client.query<{ rows: number }>(
      'SELECT ((SELECT count(*) FROM visitlog.visits) + (SELECT count(*) FROM visitlog.texts))::int AS rows',
    );
    return found.rows[0]?.rows ?? null;
  } finally {
    await connection.close();
  }
}

/** For whoever measures; how long it may take is no test's business on a busy machine. */
export function tell(what: string, sinceMs: number): void {
  if (process.env.VISITLOG_TELL === '1')
    process.stdout.write(`${what}: ${Math.round(performance.now() - sinceMs)} ms\n`);
}
