import { mib, minuteMs } from '../../base/amounts.ts';
import { type Clock, every } from '../../base/clock.ts';
import type { GatewayWatcher } from '../gateway-watcher.ts';
import type { Log } from '../log/log.ts';
import type { ReserveFile } from './reserve-file.ts';

/** The disk at one moment. */
export interface DiskReading {
  /** Null if the system does not report it. */
  readonly freeBytes: number | null;
  /** The reserve's file exists. */
  readonly hasReserve: boolean;
  /** Since the register last had no room for a transaction; infinite if that never happened. */
  readonly sinceRefusalMs: number;
  /** It has taken one since. */
  readonly hasTakenSince: boolean;
}

interface DiskRule {
  /** Space that texts must not use; 0: no reserve. */
  readonly reserveBytes: number;
  /** Less free space than this is an alarm. */
  readonly alarmBytes: number;
}

export interface DiskVerdict {
  /** `full`: the sweep and the audit log use the space of the reserve, and texts stay on their modems. */
  readonly state: 'roomy' | 'low' | 'full';
  readonly reserve: 'leave' | 'release' | 'make';
  readonly takesTexts: boolean;
}

/**
 * For this time after a refusal the free space is not believed, because it does not show a quota. A transaction that was
 * taken since lets the reserve be tried, and a reserve that could be made shows that there is room.
 */
const doubtMs = minuteMs;

/** More than the released reserve: otherwise texts would use up its space at once. */
const spareFactor = 1.25;

/**
 * A disk that fills (fault G1). The reserve is a file, so that nothing else on the machine uses its space. When the disk
 * is full it is released, for the sweep and the audit log alone: expired rows must go, and who looked must be recorded,
 * although no text can be taken. It is made again once there is room for two.
 */
export function assessDisk(reading: DiskReading, { reserveBytes, alarmBytes }: DiskRule): DiskVerdict {
  const { hasReserve, sinceRefusalMs, hasTakenSince } = reading;
  const freeBytes = reading.freeBytes ?? Number.POSITIVE_INFINITY;
  const wasRefused = sinceRefusalMs < doubtMs && !(hasTakenSince && reserveBytes === 0);
  // Below a tenth of the reserve the next transaction of a sweep may not fit.
  const isUsedUp = freeBytes < reserveBytes / 10;
  const reserve = reserveAction();
  const isKept = hasReserve && reserve === 'leave';
  const takesTexts = isKept || reserveBytes === 0 || freeBytes >= spareFactor * reserveBytes;
  const state = isUsedUp || wasRefused || !takesTexts ? 'full' : freeBytes < alarmBytes ? 'low' : 'roomy';
  return { state, reserve, takesTexts };

  function reserveAction(): DiskVerdict['reserve'] {
    if (hasReserve) return isUsedUp || wasRefused || reserveBytes === 0 ? 'release' : 'leave';
    return reserveBytes > 0 && (!wasRefused || hasTakenSince) && freeBytes >= 2 * reserveBytes
      ? 'make'
      : 'leave';
  }
}

interface DiskGuardOptions {
  /** Read at each check. */
  readonly rule: () => DiskRule;
  readonly freeBytes: () => number | null;
  readonly reserve: ReserveFile;
  readonly clock: Clock;
  readonly log: Log;
}

export interface DiskGuard {
  readonly watcher: GatewayWatcher;
  state(): DiskVerdict['state'];
  takesTexts(): boolean;
  /** Stops the checks; the reserve stays. */
  stop(): void;
}

const everyMs = 5_000;

/** Checks the free space until it is stopped; makes and releases the reserve. */
export function guardDisk({ rule, freeBytes, reserve, clock, log }: DiskGuardOptions): DiskGuard {
  let refusedMs = Number.NEGATIVE_INFINITY;
  let hasTakenSince = false;
  let making = false;
  let isStopped = false;
  let last: DiskVerdict | null = null;
  check();
  const timer = every(clock, everyMs, check);

  function check(): void {
    const free = freeBytes();
    const reading = {
      freeBytes: free,
      hasReserve: reserve.exists(),
      sinceRefusalMs: clock.monotonicMs() - refusedMs,
      hasTakenSince,
    };
    const now = assessDisk(reading, rule());
    if (now.reserve === 'release') reserve.release();
    if (now.reserve === 'make' && !making) void make();
    if (now.state !== (last?.state ?? 'roomy')) logState(now, free, reading.hasReserve);
    last = now;
  }

  async function make(): Promise<void> {
    making = true;
    const { reserveBytes } = rule();
    const beganMs = clock.monotonicMs();
    const isMade = await reserve.make(reserveBytes);
    making = false;
    if (!isMade) {
      hasTakenSince = false;
      return;
    }
    log.write('info', 'disk.reserved', { reserve_mib: toMib(reserveBytes) });
    if (isStopped || refusedMs > beganMs) return;
    refusedMs = Number.NEGATIVE_INFINITY;
    check();
  }

  function logState({ state, reserve: action }: DiskVerdict, free: number | null, hadReserve: boolean): void {
    const { alarmBytes, reserveBytes } = rule();
    const free_mib = free === null ? null : toMib(free);
    if (state === 'roomy') log.write('info', 'disk.recovered', { free_mib });
    else if (state === 'low') log.write('warn', 'disk.low', { free_mib, alarm_mib: toMib(alarmBytes) });
    else {
      const released = hadReserve && action === 'release' ? reserveBytes : 0;
      log.write('error', 'disk.full', { free_mib, released_mib: toMib(released) });
    }
  }

  return {
    watcher: {
      onTransaction(code) {
        const isRefusal = code === 'register.disk-full';
        const isFirstTaken = code === null && !hasTakenSince && Number.isFinite(refusedMs);
        if (!isRefusal && !isFirstTaken) return;
        hasTakenSince = !isRefusal;
        if (isRefusal) refusedMs = clock.monotonicMs();
        check();
      },
    },
    state: () => last?.state ?? 'roomy',
    takesTexts: () => last?.takesTexts ?? true,
    stop() {
      isStopped = true;
      timer.cancel();
    },
  };
}

const toMib = (bytes: number) => Math.round(bytes / mib);
