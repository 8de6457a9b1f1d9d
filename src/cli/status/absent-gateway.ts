import type { Clock } from '../../base/clock.ts';
import { AppError } from '../../base/errors.ts';
import { openZone } from '../../base/zone.ts';
import type { Config } from '../../config/config.ts';
import { assessDisk } from '../../daemon/disk/disk-guard.ts';
import { gatewayPid } from '../../daemon/gateway-process.ts';
import { registerOptionsOf } from '../../daemon/register-options.ts';
import { diskSpaceAt, registerOfStatus, textsToday } from '../../daemon/status/build-status.ts';
import { sum } from '../../daemon/status/line-of-status.ts';
import type { DiskOfStatus, Reason, Status } from '../../daemon/status/status-object.ts';
import { version } from '../../daemon/version.ts';
import { findHolders } from '../../modem/discovery/port-holders.ts';
import type { RegisterHealth } from '../../store/records.ts';
import { openRegister } from '../../store/register.ts';
import type { ReasonCode } from '../../words/status-reasons.ts';

/** The status if no gateway answers: what the register shows. `code`: why there was no answer. */
export async function statusWithoutGateway(config: Config, clock: Clock, code: ReasonCode): Promise<Status> {
  const zone = openZone(config.timeZone);
  const health = await healthOf(config, clock);
  const known = typeof health === 'string' ? null : health;
  const today = known && textsToday(known, { zone, nowMs: clock.wallMs() });
  return {
    status: 'down',
    reasons: [
      reasonOf(config, code),
      ...(typeof health === 'string' && !isNoTrouble(health)
        ? [{ code: 'register.unreadable', severity: 'down', line: null, detail: health } as const]
        : []),
    ],
    at: zone.format(clock.wallMs()),
    version: version(),
    pid: null,
    since: null,
    lines: [],
    texts: {
      today: today && sum(Object.values(today)),
      last_hour: null,
      per_minute: [],
      last_at: null,
      recent: [],
    },
    register: known && registerOfStatus(known, { zone }),
    backlog: { texts: null, direct: null, parts: known?.openParts ?? null },
    sweep: null,
    keyring: known && { keys: known.keys, slots: known.slots },
    audit: null,
    clock: null,
    disk: diskOf(config),
    central: null,
    holder: null,
  };
}

/** Before its first start a gateway has no register, and whoever may not look at one does not know how it is. */
function isNoTrouble(code: string): boolean {
  return code === 'register.missing' || code === 'register.forbidden';
}

/** A running gateway is known by its lock on the register, even if its socket is missing or another one. */
function reasonOf({ dataDir }: Config, code: ReasonCode): Reason {
  const pid = code === 'gateway.absent' ? gatewayPid(findHolders('/'), dataDir) : null;
  if (pid === null) return { code, severity: 'down', line: null, detail: null };
  return { code: 'gateway.unreachable', severity: 'down', line: null, detail: `pid ${pid}` };
}

/** Only a gateway knows whether its reserve is given up, so it counts as there. */
function diskOf({ dataDir, disk }: Config): DiskOfStatus | null {
  const space = diskSpaceAt(dataDir);
  if (space === null) return null;
  const sight = {
    freeBytes: space.free_bytes,
    hasReserve: true,
    sinceRefusalMs: Number.POSITIVE_INFINITY,
    hasTakenSince: false,
  };
  return { ...space, state: assessDisk(sight, disk).state };
}

async function healthOf(config: Config, clock: Clock): Promise<RegisterHealth | string> {
  try {
    const register = openRegister(registerOptionsOf(config, clock, 'reader'));
    try {
      return await register.health();
    } finally {
      await register.close();
    }
  } catch (error) {
    return error instanceof AppError ? error.code : 'internal';
  }
}
