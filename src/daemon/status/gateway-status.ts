import { AppError, systemCodeOf } from '../../base/errors.ts';
import { openZone } from '../../base/zone.ts';
import type { Config } from '../../config/config.ts';
import type { LineReport } from '../../modem/line-report.ts';
import type { Register, RegisterHealth } from '../../store/register-types.ts';
import type { DiskJudgement } from '../disk/disk-policy.ts';
import type { SweepReport } from '../sweep-loop.ts';
import type { AuditReport } from '../tend-audit.ts';
import { version } from '../version.ts';
import { diskSpaceAt } from './disk-space.ts';
import { gatherStatus } from './gather-status.ts';
import type { Status } from './status-object.ts';
import type { Tally } from './tally.ts';

/** The parts of a running gateway that know how it is. */
export interface StatusSources {
  readonly settings: () => Config;
  readonly register: Register;
  readonly tally: Tally;
  readonly reports: () => ReadonlyMap<string, LineReport>;
  readonly sweeps: () => SweepReport;
  readonly audit: () => AuditReport | null;
  /** Texts that came directly and that the register has refused so far. */
  readonly directWaiting: () => number;
  readonly diskState: () => DiskJudgement['state'];
  /** A time service keeps the machine's clock; null: nobody has looked. */
  readonly isClockKept: () => boolean | null;
}

/** Looks at a running gateway as often as it is called. */
export function statusReader(sources: StatusSources): () => Status {
  const { register, settings, tally } = sources;
  const { clock } = register;
  const zone = openZone(settings().timeZone);
  const beganMs = clock.monotonicMs();
  return () => {
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
      recent: tally.read().recent,
      health: healthOf(register),
      sweeps: sources.sweeps(),
      sweepIntervalMs: config.retention.sweepIntervalMs,
      audit: sources.audit(),
      disk: space && { ...space, state: sources.diskState() },
      isClockKept: sources.isClockKept(),
      venueOf: (number) => register.venueOf(number),
    });
  };
}

function healthOf(register: Register): RegisterHealth | string {
  try {
    return register.health();
  } catch (error) {
    return error instanceof AppError ? error.code : (systemCodeOf(error) ?? 'internal');
  }
}
