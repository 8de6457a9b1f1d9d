import { dayMs } from '../base/amounts.ts';
import { type Finding, findingsOn } from './finding.ts';

export interface ServiceFacts {
  /** Where visitlog.service was found; null: nowhere. */
  readonly unit: string | null;
  /** It starts with the machine. */
  readonly enabled: boolean;
  /** A user that the unit names and that does not exist. */
  readonly missingUser: string | null;
  /** Process id of the gateway that works on the configured register; `hidden`: it may not be seen whether one does. */
  readonly gateway: number | 'hidden' | null;
}

/** Whether the gateway runs, and will again after a restart of the machine. */
export function checkService({ unit, enabled, missingUser, gateway }: ServiceFacts): Finding[] {
  const find = findingsOn('service');
  return [gatewayState(gateway), unitState()];

  function unitState(): Finding {
    if (unit === null) return find('unit.missing');
    if (missingUser !== null) return find('unit.user-missing', { unit, user: missingUser });
    return enabled ? find('unit.enabled') : find('unit.disabled', { unit });
  }
}

function gatewayState(gateway: ServiceFacts['gateway']): Finding {
  const find = findingsOn('service');
  if (gateway === 'hidden') return find('gateway.unseen');
  return gateway === null ? find('gateway.stopped') : find('gateway.running', { pid: gateway });
}

const oldest = [20, 19] as const;

/** Whether the runtime is new enough; `version` as Node gives it: `20.19.2`. */
export function checkRuntime(version: string): Finding {
  const find = findingsOn('machine');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1]))
    return find('runtime.version', { version });
  return find('runtime.old', { version, oldest: oldest.join('.') });
}

export interface MemoryFacts {
  /** Devices or files that memory is swapped to, without those in memory (zram). */
  readonly swaps: readonly string[];
  /** /proc/sys/kernel/core_pattern; null if unreadable. */
  readonly corePattern: string | null;
  /** The unit forbids memory images: LimitCORE=0. */
  readonly coreForbidden: boolean;
  /** The unit keeps its memory out of swap: MemorySwapMax=0. */
  readonly swapForbidden: boolean;
}

/** Whether numbers and keys that the gateway holds in memory can end up on a disk. */
export function checkMemory(facts: MemoryFacts): Finding[] {
  const find = findingsOn('machine');
  const { swaps, corePattern, coreForbidden, swapForbidden } = facts;
  return [
    swaps.length === 0 || swapForbidden
      ? find('memory.no-swap')
      : find('memory.swap', { swaps: swaps.join(', ') }),
    find(coreForbidden || corePattern === null || corePattern === '' ? 'memory.no-core' : 'memory.core'),
  ];
}

export interface ClockFacts {
  readonly nowMs: number;
  /** When systemd-timesyncd last set the clock since the machine started; null: it has not, or does not run. */
  readonly synchronisedAtMs: number | null;
  /** Another service that keeps the time: `chronyd`, `ntpd`. */
  readonly timeService: string | null;
  /** A server has vouched for the clock of that service lately, as far as it shows. */
  readonly isServiceHeard: boolean;
  /** By the configuration nobody needs to keep it but a person. */
  readonly isUnkeptAccepted: boolean;
}

/** This program is newer than this day. */
const earliestMs = Date.UTC(2026, 0, 1);
const latestMs = Date.UTC(2100, 0, 1);
const staleMs = 2 * dayMs;

/** Retention, hours and the order of visits go by the machine's clock. */
export function checkClock(facts: ClockFacts): Finding {
  const { nowMs, synchronisedAtMs, timeService, isServiceHeard, isUnkeptAccepted } = facts;
  const find = findingsOn('machine');
  if (nowMs < earliestMs || nowMs >= latestMs)
    return find('clock.wrong', { date: new Date(nowMs).toISOString().slice(0, 10) });
  if (timeService !== null)
    return isServiceHeard
      ? find('clock.kept', { service: timeService })
      : find('clock.unreached', { service: timeService, accepted: isUnkeptAccepted });
  if (synchronisedAtMs === null) return find('clock.free', { accepted: isUnkeptAccepted });
  const ageMs = nowMs - synchronisedAtMs;
  return ageMs > staleMs
    ? find('clock.stale', { days: Math.floor(ageMs / dayMs) })
    : find('clock.kept', { service: null });
}
