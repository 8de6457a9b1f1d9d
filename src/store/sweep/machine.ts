import { readFileSync, statSync } from 'node:fs';
import { type Clock, systemClock } from '../../base/clock.ts';

/** What a machine tells of its own time besides the date. */
export interface Machine {
  /** Names this start of the machine; null where the system does not tell. */
  readonly boot: string | null;
  /** Since the machine started; a change of the date does not move it. */
  uptimeMs(): number;
  /** When the time service last set the clock, by that clock; null: it has not since the machine started. */
  synchronisedAtMs(): number | null;
}

/** systemd-timesyncd(8) touches it at each synchronisation; it is gone after a restart. */
const synchronisedFile = '/run/systemd/timesync/synchronized';

/** The machine behind a clock; of a clock that is not the system's, what that clock tells. */
export function machineOf(clock: Clock): Machine {
  if (clock !== systemClock)
    return { boot: 'clock', uptimeMs: () => clock.monotonicMs(), synchronisedAtMs: () => null };
  return {
    boot: readBoot(),
    // CLOCK_MONOTONIC, the same for every process of one start of the machine.
    uptimeMs: () => Number(process.hrtime.bigint() / 1_000_000n),
    synchronisedAtMs: () => statSync(synchronisedFile, { throwIfNoEntry: false })?.mtimeMs ?? null,
  };
}

function readBoot(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim() || null;
  } catch {
    return null;
  }
}
