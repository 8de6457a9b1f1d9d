/**
 * Calls `expired` when another has not answered for `ms` in which this process listened. An answer that came while the process did
 * something else, or did not run at all, is read before.
 */
export function listeningLimit(ms: number, expired: () => void): { clear(): void } {
  let dueMs = performance.now() + ms;
  let timer = setTimeout(check, ms);

  function check(): void {
    const lateMs = performance.now() - dueMs;
    if (lateMs < mostLateMs) {
      expired();
      return;
    }
    const moreMs = Math.min(lateMs, ms);
    dueMs = performance.now() + moreMs;
    timer = setTimeout(check, moreMs);
  }

  return { clear: () => clearTimeout(timer) };
}

/** Timers of a process that has time are later by a few milliseconds. */
const mostLateMs = 50;
