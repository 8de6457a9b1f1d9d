import type { Clock } from '../../base/clock.ts';
import { every } from '../../base/every.ts';
import { mib } from '../../base/size.ts';
import type { GatewayWatcher } from '../gateway-context.ts';
import type { Log } from '../log/log.ts';
import { type DiskJudgement, type DiskRule, judgeDisk } from './disk-policy.ts';
import type { ReserveFile } from './reserve-file.ts';

export interface DiskGuardOptions {
  /** Asked at each look. */
  readonly rule: () => DiskRule;
  readonly freeBytes: () => number | null;
  readonly reserve: ReserveFile;
  readonly clock: Clock;
  readonly log: Log;
}

export interface DiskGuard {
  readonly watcher: GatewayWatcher;
  state(): DiskJudgement['state'];
  takesTexts(): boolean;
  /** The reserve stays. */
  stop(): void;
}

const everyMs = 5_000;

/** Looks after the room on the disk, until it is stopped. */
export function guardDisk({ rule, freeBytes, reserve, clock, log }: DiskGuardOptions): DiskGuard {
  let refusedMs = Number.NEGATIVE_INFINITY;
  let making = false;
  let judged: DiskJudgement | null = null;
  look();
  const timer = every(clock, everyMs, look);

  function look(): void {
    const free = freeBytes();
    const sight = {
      freeBytes: free,
      hasReserve: reserve.isThere(),
      sinceRefusalMs: clock.monotonicMs() - refusedMs,
    };
    const now = judgeDisk(sight, rule());
    if (now.reserve === 'release') reserve.release();
    if (now.reserve === 'make' && !making) void make();
    if (now.state !== (judged?.state ?? 'roomy')) tell(now, free, sight.hasReserve);
    judged = now;
  }

  async function make(): Promise<void> {
    making = true;
    const { reserveBytes } = rule();
    if (await reserve.make(reserveBytes))
      log.write('info', 'disk.reserved', { reserve_mib: toMib(reserveBytes) });
    making = false;
  }

  function tell({ state, reserve: fate }: DiskJudgement, free: number | null, hadReserve: boolean): void {
    const { alarmBytes, reserveBytes } = rule();
    const free_mib = free === null ? null : toMib(free);
    if (state === 'roomy') log.write('info', 'disk.recovered', { free_mib });
    else if (state === 'low') log.write('warn', 'disk.low', { free_mib, alarm_mib: toMib(alarmBytes) });
    else {
      const released = hadReserve && fate === 'release' ? reserveBytes : 0;
      log.write('error', 'disk.full', { free_mib, released_mib: toMib(released) });
    }
  }

  return {
    watcher: {
      onTransaction(code) {
        if (code !== 'register.disk-full') return;
        refusedMs = clock.monotonicMs();
        look();
      },
    },
    state: () => judged?.state ?? 'roomy',
    takesTexts: () => judged?.takesTexts ?? true,
    stop: () => timer.cancel(),
  };
}

const toMib = (bytes: number) => Math.round(bytes / mib);
