import { systemClock } from '../../src/base/clock.ts';
import { loginOf } from '../../src/central/schema/init.ts';
import { createModem, type SimulatedModem } from '../../src/simulator/modem.ts';
import { serveTcp } from '../../src/simulator/tcp.ts';
import { createVisitors, type VisitorText } from '../../src/simulator/visitors.ts';
import { formatPin } from '../../src/store/holder/holder-pin.ts';
import { hourOf } from '../../src/store/hour.ts';
import { beginCentral, makeHolder, type TestHolder } from '../central/central-bench.ts';
import { type Cluster, type ClusterOptions, makeCluster } from './postgres.ts';
import { type Running, startCommand } from './program.ts';
import { makeWorkspace } from './workspace.ts';

/** A gateway of the city, and the modem that it alone has. */
export interface CitySite {
  readonly name: string;
  /** The sender's own ledger. */
  readonly sent: readonly VisitorText[];
  send(): void;
  /** Texts that neither the network nor the modem holds any more. */
  taken(): number;
  start(): void;
  stop(signal: NodeJS.Signals): Promise<void>;
}

export interface CentralCity {
  readonly sites: readonly CitySite[];
  readonly holder: TestHolder;
  /** The server that takes writes. */
  primary(): Cluster;
  standby(): Cluster;
  /** Visits that the centre has. */
  rows(): number;
  /** The standby takes writes from now on. The server before it must be gone. */
  promote(): void;
  /** A new standby follows, at the address of the server that is gone. */
  renewStandby(): void;
  remove(): Promise<void>;
}

const access = ['host all all 127.0.0.1/32 trust'];
const settings = ['wal_level = replica', 'max_connections = 120'];
const server: ClusterOptions = { access, settings, durable: true };
const standbyName = 'second';
const hoursAhead = 30;

/** Gateways, a primary and a synchronous standby on loopback, and one holder. */
export async function beginCity(options: {
  readonly gateways: number;
  /** The command that is started for each gateway. */
  readonly mainFile: string;
  readonly seed: number;
}): Promise<CentralCity> {
  const names = Array.from({ length: options.gateways }, (_, at) => `site${at + 1}`);
  let primary = makeCluster(server);
  primary.start();
  const holder = makeHolder('a');
  await beginCentral(primary, [
    { kind: 'holder', name: 'a' },
    ...names.map((name) => ({ kind: 'gateway', name }) as const),
  ]);
  const first = hourOf(systemClock.wallMs()) - 2;
  const hours = Array.from({ length: hoursAhead }, (_, at) => first + at);
  await holder.publish(primary, hours);
  let standby = follow(primary);
  const gone: Cluster[] = [];

  const servers = [primary, standby].map(({ port }) => `127.0.0.1:${port}`).join(',');
  const pin = formatPin({ holder: 'a', key: holder.key });
  const sites = await Promise.all(
    names.map((name, at) => beginSite(name, options.mainFile, options.seed + at, servers, pin)),
  );
  return {
    ...{ sites, holder, primary: () => primary, standby: () => standby },
    rows: () => Number(primary.sql('SELECT count(*) FROM visitlog.visits', 'visitlog')),
    promote() {
      gone.push(primary);
      primary = standby;
      waitFor(primary, '');
      primary.promote();
    },
    renewStandby() {
      const last = gone.at(-1);
      if (last === undefined) throw new Error('no server is gone');
      standby = follow(primary, last);
    },
    async remove() {
      await Promise.all(sites.map((site) => site.remove()));
      for (const each of [standby, primary, ...gone]) each.remove();
    },
  };
}

/** A commit waits for these standbys; '' for none. */
function waitFor(primary: Cluster, names: string): void {
  primary.sql(`ALTER SYSTEM SET synchronous_standby_names = '${names}'`);
  primary.sql('SELECT pg_reload_conf()');
}

function follow(primary: Cluster, gone?: Cluster): Cluster {
  const place = gone === undefined ? {} : { port: gone.claimed };
  const standby = makeCluster({ ...server, ...place, standbyOf: { primary, name: standbyName } });
  standby.start();
  waitFor(primary, standbyName);
  return standby;
}

async function beginSite(name: string, mainFile: string, seed: number, servers: string, pin: string) {
  const modem: SimulatedModem = createModem({
    family: 'ec25',
    clock: systemClock,
    retryMs: 50,
    latencyMs: 1,
  });
  const socket = await serveTcp(modem, { host: '127.0.0.1', port: 0 });
  const workspace = makeWorkspace();
  const login = loginOf({ kind: 'gateway', name });
  const central = [
    '[central]',
    `url = "postgres://${login}@${servers}/visitlog"`,
    `gateway = "${name}"`,
    `holders = ["${pin}"]`,
  ];
  workspace.configure(`tcp://127.0.0.1:${socket.port}`, central.join('\n'));
  const visitors = createVisitors({ seed, plain: true });
  const sent: VisitorText[] = [];
  const run = () => startCommand(process.execPath, [mainFile, '--config', workspace.configFile, 'run']);
  let running: Running | null = null;
  const site = {
    ...{ name, sent },
    send() {
      const text = visitors.next(systemClock.wallMs());
      modem.network.sendParts(text.parts);
      sent.push(text);
    },
    taken() {
      const { queued, stored } = modem.network.journal.counts();
      return sent.length - queued - stored;
    },
    start() {
      running = run();
    },
    async stop(signal: NodeJS.Signals) {
      await running?.kill(signal);
      running = null;
    },
    async remove() {
      await site.stop('SIGTERM');
      modem.dispose();
      await socket.close();
      workspace.remove();
    },
  };
  return site;
}
