import { minuteMs } from '../base/amounts.ts';
import type { Clock } from '../base/clock.ts';
import type { Holder } from '../modem/discovery/port-holders.ts';
import type { SweepResult } from '../store/sweep/sweep-tally.ts';
import type { Log } from './log/log.ts';

/** A long export of an officer needs the log for minutes. */
const patienceMs = 15 * minuteMs;

/** A write-ahead log that no sweep could cut for long, because somebody reads an old state of the register. */
export interface HeldLog {
  /** `sqlite3 4711`: a process that has the register open; null if this machine does not show it. */
  readonly holder: string | null;
}

interface HeldLogWatch {
  /** Null while the log is cut in time. */
  report(): HeldLog | null;
  afterSweep(result: Pick<SweepResult, 'walTruncated' | 'finished'>): void;
}

interface HeldLogOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Other processes that have the register open now. */
  readonly holders: () => readonly Holder[];
}

/** Tells once when sweeps cannot cut the write-ahead log: it grows with every text, on disk, and is read at each start. */
export function watchHeldLog({ clock, log, holders }: HeldLogOptions): HeldLogWatch {
  let sinceMs: number | null = null;
  let held: HeldLog | null = null;
  return {
    report: () => held,
    afterSweep({ walTruncated, finished }) {
      if (!finished) return;
      if (walTruncated) {
        if (held !== null) log.write('info', 'register.log-cut');
        sinceMs = null;
        held = null;
        return;
      }
      sinceMs ??= clock.monotonicMs();
      const heldMs = clock.monotonicMs() - sinceMs;
      if (heldMs < patienceMs) return;
      const [first] = holders();
      const { name = null, pid = null } = first ?? {};
      if (held === null)
        log.write('warn', 'register.log-held', {
          minutes: Math.floor(heldMs / minuteMs),
          process: name,
          pid,
        });
      held = { holder: first ? `${name} ${pid}` : null };
    },
  };
}
