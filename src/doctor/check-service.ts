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
  const { fail, warn, ok } = findingsOn('service');
  const running = gatewayState(gateway);
  if (unit === null)
    return [
      running,
      warn(
        'unit.missing',
        'there is no visitlog.service: nothing starts the gateway with the machine',
        'Install the unit, then: systemctl enable --now visitlog',
      ),
    ];
  if (missingUser !== null)
    return [
      running,
      fail(
        'unit.user-missing',
        `${unit} names user ${missingUser}, and there is none`,
        `Run: useradd --system --no-create-home --groups dialout ${missingUser}`,
        { unit, user: missingUser },
      ),
    ];
  if (!enabled)
    return [
      running,
      warn(
        'unit.disabled',
        `${unit} is not enabled: it does not start with the machine`,
        'Run: systemctl enable visitlog',
        { unit },
      ),
    ];
  return [running, ok('unit.enabled', 'visitlog.service starts with the machine')];
}

function gatewayState(gateway: ServiceFacts['gateway']): Finding {
  const { note, ok } = findingsOn('service');
  if (gateway === 'hidden')
    return note(
      'gateway.unseen',
      'this user may not see whether the gateway is running',
      'Run doctor as root',
    );
  return gateway === null
    ? note('gateway.stopped', 'the gateway is not running')
    : ok('gateway.running', `the gateway is running (pid ${gateway})`, null, { pid: gateway });
}

const oldest = [20, 19] as const;

/** Whether the runtime is new enough; `version` as Node gives it: `20.19.2`. */
export function checkRuntime(version: string): Finding[] {
  const { fail, ok } = findingsOn('machine');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1]))
    return [ok('runtime.version', `Node.js ${version}`, null, { version })];
  return [
    fail(
      'runtime.old',
      `Node.js ${version} is older than ${oldest.join('.')}`,
      'Install a newer one, or the package that brings its own',
      { version, oldest: oldest.join('.') },
    ),
  ];
}

export interface MemoryFacts {
  /** Devices or files that memory is swapped to, but those within memory (zram). */
  readonly swaps: readonly string[];
  /** /proc/sys/kernel/core_pattern; null where it does not tell. */
  readonly corePattern: string | null;
  /** The unit forbids memory images: LimitCORE=0. */
  readonly coreForbidden: boolean;
  /** The unit keeps its memory out of swap: MemorySwapMax=0. */
  readonly swapForbidden: boolean;
}

/** Whether what the gateway holds in memory, numbers and keys, can end on a disk. */
export function checkMemory(facts: MemoryFacts): Finding[] {
  const { note, ok } = findingsOn('machine');
  const { swaps, corePattern, coreForbidden, swapForbidden } = facts;
  const swap =
    swaps.length === 0 || swapForbidden
      ? ok('memory.no-swap', 'memory of the gateway is not swapped to a disk')
      : note(
          'memory.swap',
          `memory may be swapped to ${swaps.join(', ')}: numbers and keys with it`,
          'Set MemorySwapMax=0 in the unit, or encrypt the swap',
          { swaps: swaps.join(', ') },
        );
  const core =
    coreForbidden || corePattern === null || corePattern === ''
      ? ok('memory.no-core', 'a crash leaves no memory image')
      : note(
          'memory.core',
          'a crash may leave an image of its memory on disk: numbers and keys with it',
          'Set LimitCORE=0 in the unit',
        );
  return [swap, core];
}

export interface ClockFacts {
  readonly nowMs: number;
  /** When systemd-timesyncd last set the clock since the machine started; null: it has not, or does not run. */
  readonly synchronisedAtMs: number | null;
  /** Another service that keeps the time: `chronyd`, `ntpd`. */
  readonly timeService: string | null;
}

/** No machine that runs this program has seen an earlier day. */
const earliestMs = Date.UTC(2026, 0, 1);
const latestMs = Date.UTC(2100, 0, 1);
const staleMs = 2 * 86_400_000;

/** Retention, hours and the order of visits go by the machine's clock. */
export function checkClock({ nowMs, synchronisedAtMs, timeService }: ClockFacts): Finding[] {
  const { fail, warn, note, ok } = findingsOn('machine');
  if (nowMs < earliestMs || nowMs >= latestMs)
    return [
      fail(
        'clock.wrong',
        `the clock says ${new Date(nowMs).toISOString().slice(0, 10)}`,
        'Set the date, and a time server: records would expire at the wrong time',
        { date: new Date(nowMs).toISOString().slice(0, 10) },
      ),
    ];
  if (timeService !== null)
    return [ok('clock.kept', `${timeService} keeps the clock`, null, { service: timeService })];
  const fix = 'Run: timedatectl set-ntp true; on a closed network name its time server in timesyncd.conf';
  if (synchronisedAtMs === null)
    return [warn('clock.free', 'no time service has set the clock since the machine started', fix)];
  if (nowMs - synchronisedAtMs > staleMs)
    return [
      note(
        'clock.stale',
        `the clock was last set ${Math.floor((nowMs - synchronisedAtMs) / 86_400_000)} days ago`,
        fix,
        { days: Math.floor((nowMs - synchronisedAtMs) / 86_400_000) },
      ),
    ];
  return [ok('clock.kept', 'the clock is synchronised')];
}
