import { type Finding, findingsOn } from './finding.ts';

export interface ClockFacts {
  readonly nowMs: number;
  /** When systemd-timesyncd last set the clock since the machine started; null: it has not, or does not run. */
  readonly synchronisedAtMs: number | null;
  /** Another service that keeps the time: `chronyd`, `ntpd`. */
  readonly timeService: string | null;
}

/** No machine that runs this program has seen an earlier day. */
const earliestMs = Date.UTC(2026, 0, 1);
const latestMs = Date.UTC(2100, 0, 1);
const staleMs = 2 * 86_400_000;

/** Retention, hours and the order of visits go by the machine's clock. */
export function checkClock({ nowMs, synchronisedAtMs, timeService }: ClockFacts): Finding[] {
  const { fail, warn, note, ok } = findingsOn('machine');
  if (nowMs < earliestMs || nowMs >= latestMs)
    return [
      fail(
        'clock.wrong',
        `the clock says ${new Date(nowMs).toISOString().slice(0, 10)}`,
        'Set the date, and a time server: records would expire at the wrong time',
        { date: new Date(nowMs).toISOString().slice(0, 10) },
      ),
    ];
  if (timeService !== null)
    return [ok('clock.kept', `${timeService} keeps the clock`, null, { service: timeService })];
  const fix = 'Run: timedatectl set-ntp true; on a closed network name its time server in timesyncd.conf';
  if (synchronisedAtMs === null)
    return [warn('clock.free', 'no time service has set the clock since the machine started', fix)];
  if (nowMs - synchronisedAtMs > staleMs)
    return [
      note(
        'clock.stale',
        `the clock was last set ${Math.floor((nowMs - synchronisedAtMs) / 86_400_000)} days ago`,
        fix,
        { days: Math.floor((nowMs - synchronisedAtMs) / 86_400_000) },
      ),
    ];
  return [ok('clock.kept', 'the clock is synchronised')];
}
