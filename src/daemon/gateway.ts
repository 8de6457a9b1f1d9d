import { every } from '../base/clock.ts';
import { openZone } from '../base/zone.ts';
import type { Config } from '../config/config.ts';
import type { LineReport } from '../modem/line.ts';
import { actorOf, systemProbe } from '../store/audit/audit-actor.ts';
import { openRegister } from '../store/register.ts';
import { startAuditUpkeep } from './audit-upkeep.ts';
import { type ConfigChange, compareConfigs } from './config-change.ts';
import { guardDisk } from './disk/disk-guard.ts';
import { reserveFileIn } from './disk/reserve-file.ts';
import { type GatewayContext, type GatewayOptions, tellWatchers } from './gateway-context.ts';
import { acceptOverdue } from './intake/accept-listing.ts';
import { startDirectTexts } from './intake/direct-texts.ts';
import { startGatewayLines } from './lines/gateway-lines.ts';
import { foldRepeats } from './log/log.ts';
import { serveMetrics } from './metrics/serve-metrics.ts';
import { registerOptionsOf } from './register-options.ts';
import { diskSpaceAt, statusReader } from './status/gather-status.ts';
import { serveStatus } from './status/serve-status.ts';
import type { Status } from './status/status-object.ts';
import { createTally } from './status/tally.ts';
import { type SweepReport, startSweeps } from './sweep-loop.ts';
import { watchClock } from './watch-clock.ts';

/** How often sets of parts are looked at that may have waited too long. */
const overdueEveryMs = 60_000;

export interface Gateway {
  /** Each line's report, by its name. */
  reports(): ReadonlyMap<string, LineReport>;
  sweeps(): SweepReport;
  status(): Promise<Status>;
  /** Takes up what a new configuration changes, as far as that can be while the gateway runs; tells what that is. */
  apply(next: Config): Promise<ConfigChange>;
  /** Stops the lines, within 5 s whatever hangs, and closes the register. Once, however often it is called. */
  stop(): Promise<void>;
}

/**
 * The gateway: one register, and a session for each line. A line that is absent is looked for for ever; only what a
 * person must mend first (a foreign keyring, a second gateway) throws, and then nothing has been started.
 */
export function startGateway(options: GatewayOptions): Gateway {
  const { clock, openTransport } = options;
  let { config } = options;
  const log = foldRepeats(options.log, clock);
  const registerOptions = registerOptionsOf(config, clock, 'gateway');
  const register = openRegister(registerOptions);
  const tally = createTally(register.clock, openZone(config.timeZone));
  const disk = guardDisk({
    rule: () => config.disk,
    freeBytes: () => diskSpaceAt(config.dataDir)?.free_bytes ?? null,
    reserve: reserveFileIn(config.dataDir),
    clock,
    log,
  });
  const watcher = tellWatchers([tally.watcher, disk.watcher, ...(options.watchers ?? [])], log);
  const context: GatewayContext = {
    ...{ settings: () => config, clock, intake: register, log, openTransport, watcher },
    takesTexts: disk.takesTexts,
  };
  log.write('info', 'gateway.started', { lines: config.lines.length });
  // Before anything else: these have waited longest.
  const directs = startDirectTexts(context);
  const audit = startAuditUpkeep(
    { ...registerOptions, clock: register.clock },
    () => config.retention.auditPeriodMs,
    log,
  );
  const sweeps = startSweeps({
    records: register,
    clock: register.clock,
    settings: () => config.retention,
    who: actorOf(systemProbe(process.env)),
    log,
    onSwept(result) {
      audit.afterSweep(result);
      directs.swept();
      watcher.onSwept(result);
    },
  });
  const lines = startGatewayLines(context, directs, config.lines);
  const clockWatch = watchClock({ isKept: options.isClockKept ?? null, clock, log });
  const sources = {
    ...{
      settings: context.settings,
      records: register,
      clock: register.clock,
      tally,
      reports: lines.reports,
      sweeps: sweeps.report,
      audit: audit.report,
    },
    directWaiting: directs.waiting,
    ...{ diskState: disk.state, isClockKept: clockWatch.isKept },
  };
  const readStatus = statusReader(sources);
  const readings = { read: readStatus, tally };
  const status = serveStatus(readings, config, log);
  const metrics = serveMetrics(readings, config, clock, log);
  const overdue = every(clock, overdueEveryMs, () => acceptOverdue(context));
  let stopped: Promise<void> | null = null;
  return {
    reports: lines.reports,
    sweeps: () => sweeps.report(),
    status: readStatus,
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
    await Promise.all([status.close(), metrics.close()]);
    await Promise.all([sweeps.stop(), lines.stop()]);
    await directs.stop();
    audit.close();
    await register.close();
    log.close();
    log.write('info', 'gateway.stopped');
  }
}
