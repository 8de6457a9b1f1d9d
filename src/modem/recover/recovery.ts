import type { Rung } from './ladder.ts';

/** How a session that has ended is followed by the next. */
export interface Recovery {
  /** `set-up`: on the port that is open; `reopen`: after closing it. */
  readonly action: 'set-up' | 'reopen';
  readonly waitMs: number;
}

/** The port works and the modem is there: only what it was told is gone. */
const onOpenPort = new Set(['line.rebooted', 'line.settings-lost', 'line.sim-lost']);

/** What a modem needs after it was restarted or cut off from its power, before its port is worth opening. */
const restartMs = 10_000;

const reopenWaitsMs = [1_000, 2_000, 5_000, 10_000, 30_000] as const;
const setUpWaitsMs = [0, 1_000, ...reopenWaitsMs] as const;

/**
 * What follows the end of a session with this error code, after so many ends in a row without a minute of
 * service in between. Never gives up; waits grow to half a minute. `rung`: how the modem was reset at this end.
 */
export function recoveryFrom(code: string, failuresInRow: number, rung: Rung | null = null): Recovery {
  if (rung === 'restart' || rung === 'hook') return { action: 'reopen', waitMs: restartMs };
  if (code === 'line.reset') return { action: 'set-up', waitMs: 0 };
  const action = onOpenPort.has(code) ? 'set-up' : 'reopen';
  const waitsMs = action === 'set-up' ? setUpWaitsMs : reopenWaitsMs;
  return { action, waitMs: waitsMs[Math.min(failuresInRow, waitsMs.length - 1)] ?? 0 };
}

/** How long to wait before the register is offered again what it refused, or a busy SIM asked again. */
export function retryWaitMs(failuresInRow: number): number {
  return reopenWaitsMs[Math.min(failuresInRow, reopenWaitsMs.length - 1)] ?? 30_000;
}
