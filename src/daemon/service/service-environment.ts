/** What systemd has said to this process by its environment (sd_watchdog_enabled(3)). */
export interface ServiceEnvironment {
  readonly notifySocket: string | undefined;
  /** How long it waits for a sign of life; null: it does not. */
  readonly watchdogMs: number | null;
}

/** Reads `NOTIFY_SOCKET`, `WATCHDOG_USEC` and `WATCHDOG_PID`, which may mean another process than `pid`. */
export function readServiceEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  pid: number,
): ServiceEnvironment {
  const isMeant = !env.WATCHDOG_PID || Number(env.WATCHDOG_PID) === pid;
  const watchdogMs = Number(env.WATCHDOG_USEC ?? 0) / 1_000;
  return {
    notifySocket: env.NOTIFY_SOCKET || undefined,
    watchdogMs: isMeant && watchdogMs >= 1 ? watchdogMs : null,
  };
}
