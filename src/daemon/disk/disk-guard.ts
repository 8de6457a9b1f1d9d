import { mib } from '../../base/amounts.ts';
import { type Clock, every } from '../../base/clock.ts';
import type { GatewayWatcher } from '../gateway-context.ts';
import type { Log } from '../log/log.ts';
import type { ReserveFile } from './reserve-file.ts';

/** What is known of the disk at one look. */
export interface DiskSight {
  /** Null where the system does not tell. */
  readonly freeBytes: number | null;
  /** The reserve's file is there. */
  readonly hasReserve: boolean;
  /** Since the register last had no room for a transaction; infinite if it always had. */
  readonly sinceRefusalMs: number;
}

export interface DiskRule {
  /** What texts may not use; 0: there is no reserve. */
  readonly reserveBytes: number;
  /** Less than this is an alarm. */
  readonly alarmBytes: number;
}

export interface DiskJudgement {
  /** `full`: the sweep and the audit log live on what the reserve held, and texts wait on their modems. */
  readonly state: 'roomy' | 'low' | 'full';
  readonly reserve: 'leave' | 'release' | 'make';
  readonly takesTexts: boolean;
}

/** How long after a refusal the room that is seen is not believed: a quota is not seen at all. */
const doubtMs = 60_000;

/** A quarter more than what the reserve's end has set free: else texts would begin on that at once. */
const enough = 1.25;

/**
 * A disk that fills (fault G1). The reserve is a file, so that nothing else on the machine uses it up. When the disk is
 * full it is given up, to the sweep and the audit log alone: what has expired has to go, and who looked has to be
 * written down, though no text can be taken. It is made again when there is room for it twice.
 */
export function judgeDisk(sight: DiskSight, { reserveBytes, alarmBytes }: DiskRule): DiskJudgement {
  const { hasReserve, sinceRefusalMs } = sight;
  const freeBytes = sight.freeBytes ?? Number.POSITIVE_INFINITY;
  const wasRefused = sinceRefusalMs < doubtMs;
  // A tenth of it: below that the next transaction of a sweep may not fit.
  const isUsedUp = freeBytes < reserveBytes / 10;
  const reserve = reserveFate();
  const isKept = hasReserve && reserve === 'leave';
  const takesTexts = isKept || reserveBytes === 0 || freeBytes >= enough * reserveBytes;
  const state = isUsedUp || wasRefused || !takesTexts ? 'full' : freeBytes < alarmBytes ? 'low' : 'roomy';
  return { state, reserve, takesTexts };

  function reserveFate(): DiskJudgement['reserve'] {
    if (hasReserve) return isUsedUp || wasRefused || reserveBytes === 0 ? 'release' : 'leave';
    return reserveBytes > 0 && !wasRefused && freeBytes >= 2 * reserveBytes ? 'make' : 'leave';
  }
}

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
