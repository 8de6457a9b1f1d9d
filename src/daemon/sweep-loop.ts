import { hourMs, minuteMs } from '../base/amounts.ts';
import { type Clock, sleep } from '../base/clock.ts';
import type { Actor } from '../store/audit/audit-types.ts';
import type { Records } from '../store/records.ts';
import type { SweepResult } from '../store/sweep/sweep-tally.ts';
import { failureFields, type Log } from './log/log.ts';

interface Instant {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/** The next time to sweep: each full hour and each multiple of the interval; only these if it is longer than an hour. */
export function nextSweepMs(nowMs: number, intervalMs: number): number {
  const next = (periodMs: number) => (Math.floor(nowMs / periodMs) + 1) * periodMs;
  return Math.min(next(intervalMs), intervalMs > hourMs ? Number.POSITIVE_INFINITY : next(hourMs));
}

/**
 * Whether a sweep is due after one that began at `last`: its time by the clock has come, the clock was set back, or the
 * interval has passed by the monotonic clock.
 */
export function isSweepDue(last: Instant, now: Instant, intervalMs: number): boolean {
  return (
    now.wallMs >= nextSweepMs(last.wallMs, intervalMs) ||
    now.wallMs < last.wallMs ||
    now.monotonicMs - last.monotonicMs >= intervalMs
  );
}

/** Logs a sweep: counts only. One that found nothing to do is logged at the level `debug`. */
function logSweep(log: Log, result: SweepResult): void {
  logClock(log, result);
  if (!result.finished) return;
  const { visits, unresolved, undecodable, notices, parts } = result.rows;
  const idle = result.hours.length + visits + unresolved + undecodable + notices + parts === 0;
  log.write(idle ? 'debug' : 'info', 'sweep.done', {
    visits,
    unresolved,
    undecodable,
    notices,
    parts,
    hours: result.hours.length,
    keys: result.keys,
    freed_pages: result.freedPages,
    wal_truncated: result.walTruncated,
    steps: result.steps,
    longest_step_ms: Math.round(result.longestStepMs),
    duration_ms: Math.round(result.durationMs),
  });
}

function logClock(log: Log, { clock, misdated }: SweepResult): void {
  const { standing, waiting, doubtful, living, leapMs } = clock;
  const leapHours = Math.round(leapMs / hourMs);
  if (waiting)
    log.write('warn', 'sweep.waiting', { clock: standing, leap_hours: leapHours, doubtful, living });
  else if (standing === 'behind') log.write('warn', 'clock.behind', { leap_hours: leapHours });
  else if (standing === 'contradicted') log.write('warn', 'clock.contradicted', { leap_hours: leapHours });
  else if (standing !== 'sound') log.write('info', 'clock.leapt', { clock: standing, leap_hours: leapHours });
  if (misdated > 0) log.write('warn', 'clock.misdated', { hours: misdated });
}

export interface SweepLoopOptions {
  readonly records: Pick<Records, 'sweep'>;
  /** The register's: by it hours expire. */
  readonly clock: Clock;
  /** Read at each sweep. */
  readonly settings: () => { readonly sweepIntervalMs: number; readonly sweepMaxShare: number };
  readonly who: Actor;
  readonly log: Log;
  /** Called after each sweep without an error. */
  readonly onSwept?: (result: SweepResult) => void;
}

export interface SweepReport {
  /** `waiting`: for a confirmation of the clock. `failing`: the last sweep ended in an error. */
  readonly state: 'sweeping' | 'idle' | 'waiting' | 'failing';
  /** When the next sweep begins, by the register's clock. */
  readonly nextAtMs: number;
  /** The last complete sweep. */
  readonly last: { readonly atMs: number; readonly result: SweepResult } | null;
  /** The error's code while failing. */
  readonly code: string | null;
  /** Rises at least once a minute and with each step of a sweep, as long as the loop runs. */
  readonly wakes: number;
}

export interface SweepLoop {
  report(): SweepReport;
  /** Resolves when the current step has ended. */
  stop(): Promise<void>;
}

/** After a failure, while a sweep waits, and while a reader needs the write-ahead log. Also the longest sleep. */
const retryMs = minuteMs;

/** Sweeps at once, then on each full hour and each interval, until it is stopped. */
export function startSweeps(options: SweepLoopOptions): SweepLoop {
  const { clock, settings } = options;
  const stopping = new AbortController();
  let report: SweepReport = { state: 'sweeping', nextAtMs: clock.wallMs(), last: null, code: null, wakes: 0 };
  const ended = loop();

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      const begun = instantOf(clock);
      report = { ...report, state: 'sweeping' };
      const end = await pass(options, report.last, stopping.signal, wake);
      report = { ...end, wakes: report.wakes + 1 };
      await untilDue(begun);
    }
  }

  function wake(): void {
    report = { ...report, wakes: report.wakes + 1 };
  }

  async function untilDue(last: Instant): Promise<void> {
    const soon = report.state !== 'idle' || report.last?.result.walTruncated === false;
    // Read each time: a reload can change the interval meanwhile.
    const everyMs = () => Math.min(settings().sweepIntervalMs, soon ? retryMs : Number.POSITIVE_INFINITY);
    while (!stopping.signal.aborted && !isSweepDue(last, instantOf(clock), everyMs())) {
      const nextAtMs = nextSweepMs(clock.wallMs(), everyMs());
      wake();
      report = { ...report, nextAtMs };
      await sleep(clock, Math.max(1, Math.min(retryMs, nextAtMs - clock.wallMs())), stopping.signal);
    }
  }

  return {
    report: () => report,
    stop() {
      stopping.abort();
      return ended;
    },
  };
}

async function pass(
  { records, clock, settings, who, log, onSwept }: SweepLoopOptions,
  last: SweepReport['last'],
  signal: AbortSignal,
  onStep: () => void,
): Promise<Omit<SweepReport, 'wakes'>> {
  const atMs = clock.wallMs();
  const pause = pauseOf(clock, signal);
  try {
    const result = await records.sweep({
      who,
      maxShare: settings().sweepMaxShare,
      command: 'run',
      pause(tookMs) {
        onStep();
        return pause(tookMs);
      },
      signal,
    });
    logSweep(log, result);
    onSwept?.(result);
    const state = result.clock.waiting ? 'waiting' : 'idle';
    return { state, nextAtMs: atMs, last: result.finished ? { atMs, result } : last, code: null };
  } catch (error) {
    const failure = failureFields(error);
    log.write('error', 'sweep.failed', failure);
    return { state: 'failing', nextAtMs: atMs, last, code: failure.code };
  }
}

/** As long as the step took: half of the time is left for texts. */
export function pauseOf(clock: Clock, signal?: AbortSignal): (tookMs: number) => Promise<unknown> {
  return (tookMs) => sleep(clock, Math.max(1, Math.ceil(tookMs)), signal);
}

function instantOf(clock: Clock): Instant {
  return { wallMs: clock.wallMs(), monotonicMs: clock.monotonicMs() };
}
