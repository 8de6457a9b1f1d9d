import { minuteMs } from '../base/amounts.ts';
import { type Clock, every } from '../base/clock.ts';
import { openZone } from '../base/zone.ts';
import type { Config, LineConfig } from '../config/config.ts';
import { findHolders } from '../modem/discovery/port-holders.ts';
import type { LineReport } from '../modem/line.ts';
import type { OpenTransport } from '../modem/port/transport.ts';
import { actorOf, systemProbe } from '../store/audit/audit-actor.ts';
import { databasePath } from '../store/database/database.ts';
import { openRegister } from '../store/register.ts';
import { startAuditUpkeep } from './audit-upkeep.ts';
import { startForwarding } from './central/start-forwarding.ts';
import { startHolding } from './central/start-holding.ts';
import { type ConfigChange, compareConfigs } from './config-change.ts';
import { guardDisk } from './disk/disk-guard.ts';
import { reserveFileIn } from './disk/reserve-file.ts';
import { combineWatchers, type GatewayWatcher } from './gateway-watcher.ts';
import { watchHeldLog } from './held-log.ts';
import { serveIngest } from './ingest/serve-ingest.ts';
import { startDirectTexts } from './intake/direct-texts.ts';
import { createTextIntake } from './intake/text-intake.ts';
import { startGatewayLines } from './lines/gateway-lines.ts';
import { foldRepeats, type Log } from './log/log.ts';
import { type MetricsService, serveMetrics } from './metrics/serve-metrics.ts';
import { registerOptionsOf } from './register-options.ts';
import { buildStatus, diskSpaceAt, readHealth } from './status/build-status.ts';
import { createCounters } from './status/counters.ts';
import { serveStatus } from './status/serve-status.ts';
import type { Status } from './status/status-object.ts';
import { type SweepReport, startSweeps } from './sweep-loop.ts';
import { version } from './version.ts';
import { watchClock } from './watch-clock.ts';
import { serveWire } from './wire/serve-wire.ts';

/** How often the gateway looks for sets of parts that have waited too long. */
const overdueEveryMs = minuteMs;

export interface GatewayOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly openTransport: (line: LineConfig) => OpenTransport;
  readonly watchers?: readonly GatewayWatcher[];
  /** A new register is no news: a demo begins one each time. */
  readonly beginsRegister?: boolean;
  /** Whether a time service keeps the machine's clock; by default nobody checks. */
  readonly isClockKept?: () => boolean;
}

export interface Gateway {
  /** Each line's report, by its name. */
  reports(): ReadonlyMap<string, LineReport>;
  sweeps(): SweepReport;
  status(): Promise<Status>;
  /** Applies what a new configuration changes, as far as that is possible while the gateway runs. */
  apply(next: Config): Promise<ConfigChange>;
  /** Stops the lines within 5 s and closes the register. Later calls do nothing more. */
  stop(): Promise<void>;
}

/** Opens the register and starts what works on it. `settings`: the configuration that applies now. */
function startParts(options: GatewayOptions, settings: () => Config) {
  const { clock, openTransport } = options;
  const { dataDir, timeZone, retention, lines: configured } = settings();
  const zone = openZone(timeZone);
  const log = foldRepeats(options.log, clock);
  const registerOptions = {
    ...registerOptionsOf(settings(), clock, 'gateway'),
    // `ingest` without a gateway gives the register up every half second.
    lockWaitMs: 1_000,
  };
  const register = openRegister(registerOptions);
  const beganMs = register.clock.monotonicMs();
  const counters = createCounters(register.clock);
  const disk = guardDisk({
    rule: () => settings().disk,
    freeBytes: () => diskSpaceAt(settings().dataDir)?.free_bytes ?? null,
    reserve: reserveFileIn(dataDir),
    clock,
    log,
  });
  const forwarding = startForwarding({ settings, registerOptions, clock: register.clock, log });
  const forwards: GatewayWatcher = { onListing: forwarding.wake };
  const watcher = combineWatchers(
    [counters.watcher, disk.watcher, forwards, ...(options.watchers ?? [])],
    log,
  );
  const { takesTexts } = disk;
  const texts = createTextIntake({ intake: register, settings, zone, takesTexts, log, watcher });
  if (register.isNew && options.beginsRegister !== true)
    log.write('warn', 'register.created', { data_dir: dataDir });
  log.write('info', 'gateway.started', { lines: configured.length });
  // First of all: these have waited longest.
  const directs = startDirectTexts({
    ...{ intake: register, accept: texts.acceptDirect, clock, log },
    release: forwarding.release,
  });
  const audit = startAuditUpkeep(
    { ...registerOptions, clock: register.clock },
    () => settings().retention.auditPeriodMs,
    log,
  );
  const heldLog = watchHeldLog({
    clock,
    log,
    holders: () =>
      findHolders('/')
        .of(`${databasePath(dataDir)}-wal`)
        .filter(({ pid }) => pid !== process.pid),
  });
  const sweeps = startSweeps({
    records: register,
    clock: register.clock,
    settings: () => settings().retention,
    who: actorOf(systemProbe(process.env)),
    log,
    onSwept(result) {
      audit.afterSweep(result);
      directs.afterSweep();
      heldLog.afterSweep(result);
      watcher.onSwept(result);
    },
  });
  const lines = startGatewayLines(
    {
      ...{ clock, timeZone, openTransport, texts, directs, log, watcher },
      release: forwarding.release,
      intake: register,
      retentionMs: retention.periodMs,
    },
    configured,
  );
  const holding = startHolding({
    ...{ settings, registerOptions, log },
    clock: register.clock,
    who: actorOf(systemProbe(process.env)),
  });
  const clockWatch = watchClock({
    isKept: options.isClockKept ?? null,
    isExpected: () => settings().clock.expect === 'service',
    networkNow: register.networkNow,
    clock,
    log,
  });
  return {
    zone,
    log,
    register,
    beganMs,
    counters,
    disk,
    texts,
    directs,
    audit,
    sweeps,
    heldLog,
    lines,
    clockWatch,
    forwarding,
    holding,
  };
}

type GatewayParts = ReturnType<typeof startParts>;

async function readStatus(
  parts: GatewayParts,
  settings: () => Config,
  metricsTrouble: string | null,
): Promise<Status> {
  const {
    zone,
    register,
    beganMs,
    counters,
    disk,
    directs,
    audit,
    sweeps,
    heldLog,
    lines,
    clockWatch,
    forwarding,
    holding,
  } = parts;
  const { recent } = counters.read();
  const health = await readHealth(register);
  const config = settings();
  const nowMs = register.clock.wallMs();
  const reports = lines.reports();
  const space = diskSpaceAt(config.dataDir);
  return buildStatus({
    nowMs,
    // By the monotonic clock: setting the date does not make the gateway older.
    startedMs: nowMs - Math.round(register.clock.monotonicMs() - beganMs),
    zone,
    version: version(),
    pid: process.pid,
    lines: config.lines.flatMap((line) => {
      const report = reports.get(line.name);
      return report ? [{ config: line, report, counts: counters.line(line.name) }] : [];
    }),
    directWaiting: directs.waiting(),
    recent,
    health,
    sweeps: sweeps.report(),
    heldLog: heldLog.report(),
    sweepIntervalMs: config.retention.sweepIntervalMs,
    audit: audit.report(),
    disk: space && { ...space, state: disk.state() },
    isClockKept: clockWatch.isKept(),
    agreesWithNetwork: clockWatch.agreesWithNetwork(),
    metricsTrouble,
    central: forwarding.report(),
    holder: holding.report(),
    standing: typeof health === 'string' ? null : register.clockStanding(),
  });
}

/**
 * The gateway: one register, and a session for each line. The search for an absent line never ends; only what a person
 * must correct first (a foreign keyring, a second gateway) throws, and then nothing has been started.
 */
export function startGateway(options: GatewayOptions): Gateway {
  const { clock } = options;
  let { config } = options;
  const settings = () => config;
  const parts = startParts(options, settings);
  const {
    log,
    register,
    counters,
    disk,
    texts,
    directs,
    audit,
    sweeps,
    lines,
    clockWatch,
    forwarding,
    holding,
  } = parts;
  let metrics: MetricsService | null = null;
  const statusNow = () => readStatus(parts, settings, metrics?.trouble() ?? null);
  const sources = { readStatus: statusNow, counters };
  const status = serveStatus(sources, config, log);
  metrics = serveMetrics(sources, config, clock, log);
  const wire = serveWire(lines, config, clock, log);
  const ingest = serveIngest(lines, config, log);
  const overdue = every(clock, overdueEveryMs, texts.acceptOverdue);
  let stopped: Promise<void> | null = null;
  return {
    reports: lines.reports,
    sweeps: sweeps.report,
    status: statusNow,
    async apply(next) {
      const change = compareConfigs(config, next);
      config = change.config;
      await lines.change(change);
      return change;
    },
    stop() {
      stopped ??= stopAll();
      return stopped;
    },
  };

  async function stopAll(): Promise<void> {
    overdue.cancel();
    disk.stop();
    clockWatch.stop();
    await Promise.all([status.close(), metrics?.close(), wire.close()]);
    await Promise.all([sweeps.stop(), lines.stop(), forwarding.stop(), holding.stop()]);
    // Its answers went out when its lines stopped.
    await ingest.close();
    await directs.stop();
    texts.flush();
    audit.close();
    await register.close();
    log.close();
    log.write('info', 'gateway.stopped');
  }
}
