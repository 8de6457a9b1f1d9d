import { statfsSync } from 'node:fs';
import { minuteMs } from '../../base/amounts.ts';
import { codeOf } from '../../base/errors.ts';
import { localDay, type Zone } from '../../base/zone.ts';
import type { PlacesReport } from '../../central/copy-places.ts';
import { hourStartMs } from '../../store/hour.ts';
import type { Records, RegisterHealth } from '../../store/records.ts';
import { isWrong, type Standing } from '../../store/sweep/clock-rule.ts';
import type { AuditReport } from '../audit-upkeep.ts';
import type { ForwardingReport } from '../central/start-forwarding.ts';
import type { HoldingReport } from '../central/start-holding.ts';
import type { HeldLog } from '../held-log.ts';
import type { SweepReport } from '../sweep-loop.ts';
import type { RecentText } from './counters.ts';
import { findReasons, verdictOf } from './find-reasons.ts';
import { type LineFacts, lineOfStatus, type StatusTimes, sum, timeOrNull } from './line-of-status.ts';
import type {
  AuditOfStatus,
  CentralOfStatus,
  ClockOfStatus,
  DiskOfStatus,
  HolderOfStatus,
  LineOfStatus,
  PlacesOfStatus,
  RegisterOfStatus,
  Status,
  SweepOfStatus,
  TextsOfStatus,
} from './status-object.ts';

/** Everything that a status is made of, gathered at one moment. */
export interface StatusFacts extends StatusTimes {
  readonly version: string;
  readonly pid: number;
  readonly lines: readonly Omit<LineFacts, 'today'>[];
  readonly directWaiting: number;
  readonly recent: readonly RecentText[];
  /** As `readHealth` gives it. */
  readonly health: RegisterHealth | string;
  readonly sweeps: SweepReport;
  readonly sweepIntervalMs: number;
  readonly heldLog: HeldLog | null;
  readonly audit: AuditReport | null;
  readonly disk: DiskOfStatus | null;
  readonly isClockKept: boolean | null;
  readonly agreesWithNetwork: boolean;
  /** What the clock is held to be now; null if the register cannot be read. */
  readonly standing: Standing | null;
  /** The code of what does not work of the metrics; null if all does. */
  readonly metricsTrouble: string | null;
  readonly central: ForwardingReport | null;
  readonly holder: HoldingReport | null;
}

/** The status of a gateway, with its reasons. */
export function buildStatus(facts: StatusFacts): Status {
  const { zone, health } = facts;
  const known = typeof health === 'string' ? null : health;
  const today = known && textsToday(known, facts);
  const lines = facts.lines.map((line) =>
    lineOfStatus({ ...line, today: today && (today[line.config.name] ?? 0) }, facts),
  );
  const parts = {
    lines,
    texts: textsOf(facts, lines, today),
    register: known && registerOfStatus(known, facts),
    backlog: {
      texts: sum(lines.map(({ waiting }) => waiting)),
      direct: facts.directWaiting,
      parts: known?.openParts ?? null,
    },
    sweep: sweepOf(facts),
    keyring: known && { keys: known.keys, slots: known.slots },
    audit: auditOf(facts),
    clock: clockOf(facts),
    disk: facts.disk,
    central: centralOf(facts),
    holder: holderOf(facts),
  };
  const reasons = findReasons(parts, {
    register: typeof health === 'string' ? health : null,
    metrics: facts.metricsTrouble,
    heldLog: facts.heldLog,
  });
  return {
    status: verdictOf(reasons),
    reasons,
    at: zone.format(facts.nowMs),
    version: facts.version,
    pid: facts.pid,
    since: zone.format(facts.startedMs),
    ...parts,
  };
}

export function registerOfStatus(
  health: RegisterHealth,
  { zone }: Pick<StatusTimes, 'zone'>,
): RegisterOfStatus {
  return {
    visits: health.visits,
    unresolved: health.unresolved,
    undecodable: health.undecodable,
    notices: health.notices,
    oldest_at: timeOrNull(zone, health.oldestHourMs),
    created_at: timeOrNull(zone, health.begunMs),
    keyless_hours: health.keylessHours,
    database_bytes: health.databaseBytes,
    wal_bytes: health.walBytes,
  };
}

/** By line, since local midnight; null if the register began to count in the middle of this day. */
export function textsToday(
  { latestDay, oldestHourMs }: RegisterHealth,
  { zone, nowMs }: Pick<StatusTimes, 'zone' | 'nowMs'>,
): Readonly<Record<string, number>> | null {
  if (latestDay === null) return oldestHourMs === null ? {} : null;
  if (latestDay.day !== localDay(zone, nowMs)) return {};
  return latestDay.isWhole ? latestDay.lines : null;
}

function textsOf(
  facts: StatusFacts,
  lines: readonly LineOfStatus[],
  today: Readonly<Record<string, number>> | null,
): TextsOfStatus {
  const { zone } = facts;
  const perMinute = facts.lines.map(({ counts }) => counts.perMinute);
  const lastMs = facts.lines.flatMap(({ report }) => report.lastTextAt ?? []);
  return {
    // Also of a line that is not configured any more.
    today: today && sum(Object.values(today)),
    last_hour: sum(lines.map(({ texts }) => texts.last_hour)),
    per_minute: (perMinute[0] ?? []).map((_, minute) => sum(perMinute.map((each) => each[minute] ?? 0))),
    last_at: lastMs.length === 0 ? null : zone.format(Math.max(...lastMs)),
    recent: facts.recent.map(({ atMs, line, kind }) => ({
      at: zone.format(Math.floor(atMs / minuteMs) * minuteMs),
      line,
      kind,
    })),
  };
}

function sweepOf({ sweeps, zone, nowMs, startedMs, sweepIntervalMs }: StatusFacts): SweepOfStatus {
  const dueMs = (sweeps.last?.atMs ?? startedMs - sweepIntervalMs) + sweepIntervalMs;
  return {
    state: sweeps.state,
    code: sweeps.code,
    last_at: timeOrNull(zone, sweeps.last?.atMs ?? null),
    next_at: zone.format(sweeps.nextAtMs),
    lag_s: Math.max(0, Math.floor((nowMs - dueMs) / 1_000)),
  };
}

function auditOf({ audit, zone }: StatusFacts): AuditOfStatus | null {
  if (audit === null) return null;
  const { rows, anchored, state, verifiedMs } = audit;
  return { rows, anchored, state, verified_at: timeOrNull(zone, verifiedMs) };
}

/** What the last sweep held against the clock is over as soon as the clock is right again. */
function clockOf({
  sweeps,
  standing: now,
  isClockKept,
  agreesWithNetwork,
}: StatusFacts): ClockOfStatus | null {
  if (sweeps.last === null) return null;
  const { standing, waiting, leapMs } = sweeps.last.result.clock;
  return {
    standing: now === 'sound' && isWrong(standing) ? now : standing,
    waiting,
    leap_s: Math.round(leapMs / 1_000),
    synchronised: isClockKept,
    agrees_with_network: agreesWithNetwork,
  };
}

function centralOf({ central, zone, nowMs }: StatusFacts): CentralOfStatus | null {
  if (central === null) return null;
  const { forwarder, waiting, stuckMs } = central;
  const { state, code, host, replicated, forwarded, lastAtMs, withoutKeys } = forwarder;
  const oldest = waiting?.oldestHour ?? null;
  return {
    ...{ state, code, host, replicated, stuck_s: Math.floor(stuckMs / 1_000) },
    waiting: waiting?.rows ?? null,
    oldest_at: oldest === null ? null : zone.format(hourStartMs(oldest)),
    ...{ forwarded, last_at: timeOrNull(zone, lastAtMs), without_holders: withoutKeys },
    places: central.places && placesOf(central.places, zone, nowMs),
  };
}

function placesOf({ list, copied, here, code }: PlacesReport, zone: Zone, nowMs: number): PlacesOfStatus {
  return {
    ...{ copied, here, taken_at: timeOrNull(zone, list?.takenAtMs ?? null) },
    checked_at: timeOrNull(zone, list?.checkedAtMs ?? null),
    age_s: list && Math.max(0, Math.floor((nowMs - list.checkedAtMs) / 1_000)),
    code,
  };
}

function holderOf({ holder, zone }: StatusFacts): HolderOfStatus | null {
  if (holder === null) return null;
  const { name, state, code, publishedUntilMs, foreignHours, lastAtMs, central } = holder;
  return {
    ...{ name, state, code, published_until: timeOrNull(zone, publishedUntilMs) },
    ...{ foreign_hours: foreignHours, last_at: timeOrNull(zone, lastAtMs) },
    central_reasons: central?.map(({ code: reason, of }) => ({ code: reason, of })) ?? null,
  };
}

/** Of the file system that holds this path; null if the system does not report it. */
export function diskSpaceAt(path: string): Omit<DiskOfStatus, 'state'> | null {
  try {
    const { bavail, blocks, bsize } = statfsSync(path);
    return { free_bytes: bavail * bsize, total_bytes: blocks * bsize };
  } catch {
    return null;
  }
}

/** The register's health, or the code of the error that reading it ended with. */
export async function readHealth(records: Pick<Records, 'health'>): Promise<RegisterHealth | string> {
  try {
    return await records.health();
  } catch (error) {
    return codeOf(error);
  }
}
