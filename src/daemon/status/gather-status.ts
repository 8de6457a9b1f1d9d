import { statfsSync } from 'node:fs';
import type { Clock } from '../../base/clock.ts';
import { codeOf } from '../../base/errors.ts';
import { openZone } from '../../base/zone.ts';
import type { Config } from '../../config/config.ts';
import type { LineReport } from '../../modem/line-report.ts';
import type { Records, RegisterHealth, Venue } from '../../store/records.ts';
import { formatNational, maskNumber } from '../../visits/phone-number.ts';
import type { AuditReport } from '../audit-upkeep.ts';
import type { DiskVerdict } from '../disk/disk-guard.ts';
import type { SweepReport } from '../sweep-loop.ts';
import { version } from '../version.ts';
import { judgeStatus, verdictOf } from './judge-status.ts';
import { type Instants, type LineFacts, lineOfStatus, sum, timeOrNull } from './line-of-status.ts';
import type {
  AuditOfStatus,
  ClockOfStatus,
  DiskOfStatus,
  LineOfStatus,
  RegisterOfStatus,
  Status,
  SweepOfStatus,
  TextsOfStatus,
} from './status-object.ts';
import type { RecentText, Tally } from './tally.ts';

/** Everything that a status is made of. */
export interface StatusFacts extends Instants {
  readonly version: string;
  readonly pid: number;
  readonly lines: readonly LineFacts[];
  readonly directWaiting: number;
  readonly recent: readonly RecentText[];
  /** Of the register; or the code of the error that reading it ended with. */
  readonly health: RegisterHealth | string;
  readonly sweeps: SweepReport;
  readonly sweepIntervalMs: number;
  readonly audit: AuditReport | null;
  readonly disk: DiskOfStatus | null;
  readonly isClockKept: boolean | null;
  /** The venues of `recent`, by number. */
  readonly venues: ReadonlyMap<string, Venue | null>;
}

/** The status of a gateway, judged. */
export function gatherStatus(facts: StatusFacts): Status {
  const { zone, health } = facts;
  const known = typeof health === 'string' ? null : health;
  const lines = facts.lines.map((line) => lineOfStatus(line, facts));
  const parts = {
    lines,
    texts: textsOf(facts, lines),
    register: known && registerOfStatus(known, facts),
    backlog: {
      texts: sum(lines.map(({ waiting }) => waiting)),
      direct: facts.directWaiting,
      parts: known?.openParts ?? 0,
    },
    sweep: sweepOf(facts),
    keyring: known && { keys: known.keys, slots: known.slots },
    audit: auditOf(facts),
    clock: clockOf(facts),
    disk: facts.disk,
  };
  const reasons = judgeStatus(parts, typeof health === 'string' ? health : null);
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

export function registerOfStatus(health: RegisterHealth, { zone }: Pick<Instants, 'zone'>): RegisterOfStatus {
  return {
    visits: health.visits,
    unresolved: health.unresolved,
    undecodable: health.undecodable,
    notices: health.notices,
    oldest_at: timeOrNull(zone, health.oldestHourMs),
    keyless_hours: health.keylessHours,
    database_bytes: health.databaseBytes,
    wal_bytes: health.walBytes,
  };
}

function textsOf(facts: StatusFacts, lines: readonly LineOfStatus[]): TextsOfStatus {
  const { zone } = facts;
  const perMinute = facts.lines.map(({ tally }) => tally.perMinute);
  const lastMs = facts.lines.flatMap(({ report }) => report.lastTextAt ?? []);
  return {
    today: sum(lines.map(({ texts }) => texts.today)),
    last_hour: sum(lines.map(({ texts }) => texts.last_hour)),
    per_minute: (perMinute[0] ?? []).map((_, minute) => sum(perMinute.map((each) => each[minute] ?? 0))),
    last_at: lastMs.length === 0 ? null : zone.format(Math.max(...lastMs)),
    recent: facts.recent.map(({ atMs, line, kind, visitor, venues }) => ({
      at: zone.format(atMs),
      line,
      kind,
      visitor,
      venues: venues.map((venue) => venueShown(venue, facts.venues.get(venue) ?? null)),
    })),
  };
}

/** A mobile number that nobody registered as a place may be a person's. */
function venueShown(number: string, venue: Venue | null): string {
  if (venue === null && number.startsWith('01')) return maskNumber(number);
  return venue?.name ?? formatNational(number);
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

function clockOf({ sweeps, isClockKept }: StatusFacts): ClockOfStatus | null {
  if (sweeps.last === null) return null;
  const { standing, waiting, leapMs } = sweeps.last.result.clock;
  return { standing, waiting, leap_s: Math.round(leapMs / 1_000), synchronised: isClockKept };
}

/** Of the file system that holds this path; null where it cannot be told. */
export function diskSpaceAt(path: string): Omit<DiskOfStatus, 'state'> | null {
  try {
    const { bavail, blocks, bsize } = statfsSync(path);
    return { free_bytes: bavail * bsize, total_bytes: blocks * bsize };
  } catch {
    return null;
  }
}

/** The parts of a running gateway that know how it is. */
export interface StatusSources {
  readonly settings: () => Config;
  readonly records: Pick<Records, 'health' | 'venueOf'>;
  /** The register's. */
  readonly clock: Clock;
  readonly tally: Tally;
  readonly reports: () => ReadonlyMap<string, LineReport>;
  readonly sweeps: () => SweepReport;
  readonly audit: () => AuditReport | null;
  /** Texts that came directly and that the register has refused so far. */
  readonly directWaiting: () => number;
  readonly diskState: () => DiskVerdict['state'];
  /** A time service keeps the machine's clock; null: nobody has looked. */
  readonly isClockKept: () => boolean | null;
}

/** Looks at a running gateway as often as it is called. */
export function statusReader(sources: StatusSources): () => Promise<Status> {
  const { records, clock, settings, tally } = sources;
  const zone = openZone(settings().timeZone);
  const beganMs = clock.monotonicMs();
  return async () => {
    const { recent } = tally.read();
    const [health, venues] = await Promise.all([healthOf(records), venuesOf(records, recent)]);
    const config = settings();
    const nowMs = clock.wallMs();
    const reports = sources.reports();
    const space = diskSpaceAt(config.dataDir);
    return gatherStatus({
      nowMs,
      // By the monotonic clock: a date that was set does not make the gateway older.
      startedMs: nowMs - Math.round(clock.monotonicMs() - beganMs),
      zone,
      version: version(),
      pid: process.pid,
      lines: config.lines.flatMap((line) => {
        const report = reports.get(line.name);
        return report ? [{ config: line, report, tally: tally.line(line.name) }] : [];
      }),
      directWaiting: sources.directWaiting(),
      recent,
      health,
      sweeps: sources.sweeps(),
      sweepIntervalMs: config.retention.sweepIntervalMs,
      audit: sources.audit(),
      disk: space && { ...space, state: sources.diskState() },
      isClockKept: sources.isClockKept(),
      venues,
    });
  };
}

async function healthOf(records: Pick<Records, 'health'>): Promise<RegisterHealth | string> {
  try {
    return await records.health();
  } catch (error) {
    return codeOf(error);
  }
}

async function venuesOf(
  records: Pick<Records, 'venueOf'>,
  recent: readonly RecentText[],
): Promise<ReadonlyMap<string, Venue | null>> {
  const numbers = new Set(recent.flatMap(({ venues }) => venues));
  return new Map(
    await Promise.all([...numbers].map(async (number) => [number, await records.venueOf(number)] as const)),
  );
}
