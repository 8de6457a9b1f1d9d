import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { dayMs, hourMs, minuteMs } from '../base/amounts.ts';
import { type Clock, every } from '../base/clock.ts';
import { systemCodeOf } from '../base/errors.ts';
import type { NetworkNow } from '../store/intake.ts';
import type { Log } from './log/log.ts';

interface ClockWatch {
  /** A time service keeps the clock. Null: not known, or not expected. */
  isKept(): boolean | null;
  /** The network's time in texts has agreed with the clock lately. */
  agreesWithNetwork(): boolean;
  stop(): void;
}

interface ClockWatchOptions {
  /** Null: the clock is not watched. */
  readonly isKept: (() => boolean) | null;
  /** By the configuration a time service keeps the clock; read at each look. */
  readonly isExpected: () => boolean;
  readonly networkNow: () => NetworkNow | null;
  /** The machine's own. */
  readonly clock: Clock;
  readonly log: Log;
}

/** A machine that has just started has not got the time yet. */
const graceMs = 5 * minuteMs;
const everyMs = minuteMs;
/** What a text takes from the network to here, a busy network and whole seconds included. */
const nearMs = 2 * minuteMs;
/** A clock that nobody keeps drifts by some seconds a day: after a week without texts it is not known any more. */
const freshMs = 7 * dayMs;

/**
 * Watches whether anything vouches for the clock: a time service, or the network's time in texts. Logs when nothing does
 * any more, and when something does again.
 */
export function watchClock({ isKept, isExpected, networkNow, clock, log }: ClockWatchOptions): ClockWatch {
  if (isKept === null) return { isKept: () => null, agreesWithNetwork: () => false, stop() {} };
  const beganMs = clock.monotonicMs();
  /** How far the wall clock was ahead of the monotonic one when a text agreed with it, and when that was. */
  let agreed: { readonly offsetMs: number; readonly monotonicMs: number } | null = null;
  let kept: boolean | null = isKept() || null;
  let isAlarmed = false;
  const offsetMs = () => clock.wallMs() - clock.monotonicMs();

  function agreesWithNetwork(): boolean {
    const network = networkNow();
    if (network !== null && network.ageMs <= freshMs && Math.abs(clock.wallMs() - network.atMs) <= nearMs)
      agreed = { offsetMs: offsetMs(), monotonicMs: clock.monotonicMs() - network.ageMs };
    if (agreed === null || clock.monotonicMs() - agreed.monotonicMs > freshMs) return false;
    // A clock that was set since is another one.
    return Math.abs(offsetMs() - agreed.offsetMs) <= nearMs;
  }

  const timer = every(clock, everyMs, () => {
    const now = isKept();
    const isNew = kept === null && clock.monotonicMs() - beganMs < graceMs;
    kept = now || (isNew ? null : false);
    const isAlarm = kept === false && isExpected() && !agreesWithNetwork();
    if (isAlarm !== isAlarmed) {
      if (isAlarm) log.write('warn', 'clock.unsynchronised');
      else log.write('info', 'clock.synchronised');
    }
    isAlarmed = isAlarm;
  });
  return {
    isKept: () => (isExpected() || kept === true ? kept : null),
    agreesWithNetwork,
    stop: () => timer.cancel(),
  };
}

/** timesyncd asks at least every 34 minutes; a day without an answer is an outage, and not the last word. */
const staleMs = 2 * dayMs;

/** systemd-timesyncd(8) touches it at each synchronisation. */
const timesyncdMark = 'run/systemd/timesync/synchronized';
/** Present while the daemon runs. Not their processes, because the unit hides those of other users. */
const runningMarks = ['run/ntpd.pid', 'run/ntpd.sock', 'run/openntpd.sock'];
/** chronyd keeps its socket and its process id there, and closes the folder to others. */
const chronyFolder = 'run/chrony';
/**
 * Its drift file is written once in an hour in which a server vouched for the clock, and at its end; dumps of its sources
 * come and go as it starts. The folder's own time shows that to everybody.
 */
const chronyState = 'var/lib/chrony';
const chronyFirstMs = 2 * hourMs;
const chronyStartMs = 5 * minuteMs;

/** When systemd-timesyncd last set the clock of the machine whose file tree begins at `root`, by that clock. */
export function timesyncdAtMs(root: string): number | null {
  return changedAtMs(join(root, timesyncdMark));
}

/** Whether a time service keeps the clock of the machine whose file tree begins at `root`. */
export function isClockKept(root: string, nowMs: number): boolean {
  const setAtMs = timesyncdAtMs(root);
  if (setAtMs !== null && Math.abs(nowMs - setAtMs) <= staleMs) return true;
  const runs = runningMarks.some((mark) => changedAtMs(join(root, mark)) !== null);
  return runs || (hasFiles(join(root, chronyFolder)) && isChronyHeard(root, nowMs));
}

/**
 * Whether a server has vouched for chronyd's clock within two days, as far as its folders tell; true also if it has just
 * started.
 */
export function isChronyHeard(root: string, nowMs: number): boolean {
  const writtenMs = changedAtMs(join(root, chronyState));
  if (writtenMs === null) return true;
  // Also of a question that chronyc asked as root.
  const startedMs = changedAtMs(join(root, chronyFolder)) ?? 0;
  if (Math.abs(nowMs - startedMs) <= chronyFirstMs) return true;
  return writtenMs - startedMs > chronyStartMs && Math.abs(nowMs - writtenMs) <= staleMs;
}

function changedAtMs(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
}

/** An empty tmpfs folder has the size of its two own entries. */
const emptyBytes = 40;

function hasFiles(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0;
  } catch (error) {
    if (systemCodeOf(error) !== 'EACCES') return false;
    return (statSync(folder, { throwIfNoEntry: false })?.size ?? 0) > emptyBytes;
  }
}
