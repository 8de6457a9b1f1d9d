import type { ResetStep } from './escalation.ts';

/** How a session that has ended is followed by the next. */
interface Recovery {
  /** `set-up`: on the port that is open; `reopen`: after closing it. */
  readonly action: 'set-up' | 'reopen';
  readonly waitMs: number;
}

/** The port works and the modem is there: only its settings are gone. */
const onOpenPort = new Set(['line.rebooted', 'line.settings-lost', 'line.sim-lost']);

/** What a modem needs after a restart or a loss of power before its port is worth opening. */
const restartMs = 10_000;

const longestWaitMs = 30_000;
const reopenWaitsMs = [1_000, 2_000, 5_000, 10_000, longestWaitMs] as const;
const setUpWaitsMs = [0, 1_000, ...reopenWaitsMs] as const;

/**
 * What follows the end of a session with this error code, after so many ends in a row without a minute of service in
 * between. Never gives up; waits grow to half a minute. `step`: how the modem was reset at this end.
 */
export function recoveryFrom(code: string, failuresInRow: number, step: ResetStep | null = null): Recovery {
  if (step === 'restart' || step === 'hook') return { action: 'reopen', waitMs: restartMs };
  if (code === 'line.reset') return { action: 'set-up', waitMs: 0 };
  const action = onOpenPort.has(code) ? 'set-up' : 'reopen';
  const waitsMs = action === 'set-up' ? setUpWaitsMs : reopenWaitsMs;
  return { action, waitMs: waitsMs[failuresInRow] ?? longestWaitMs };
}

/** How long to wait before the register is offered again what it refused, or a busy SIM is asked again. */
export function retryWaitMs(failuresInRow: number): number {
  return reopenWaitsMs[failuresInRow] ?? longestWaitMs;
}

/** How long to wait before a modem that is starting is asked the same question again; `attempt` counts from 0. */
export function askAgainMs(attempt: number): number {
  return Math.min(5_000, 1_000 * (attempt + 1));
}
