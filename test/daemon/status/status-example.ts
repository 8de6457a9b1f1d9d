import { localDay, openZone } from '../../../src/base/zone.ts';
import { buildStatus, type StatusFacts } from '../../../src/daemon/status/build-status.ts';
import type { LineCounts } from '../../../src/daemon/status/counters.ts';
import type { LineFacts } from '../../../src/daemon/status/line-of-status.ts';
import type { Status } from '../../../src/daemon/status/status-object.ts';
import { createLineStatus, type LineReport } from '../../../src/modem/line-report.ts';
import type { RegisterHealth } from '../../../src/store/records.ts';
import { noRows, type SweepResult } from '../../../src/store/sweep/sweep-tally.ts';

export const nowMs = Date.UTC(2026, 10, 23, 5, 5, 9);
export const startedMs = nowMs - 3 * 86_400_000;

function reportExample(changes: Partial<LineReport> = {}): LineReport {
  return {
    ...createLineStatus(
      () => startedMs,
      () => {},
      () => {},
    ).report,
    state: 'ready',
    maker: 'Quectel',
    model: 'EC25',
    imei: '860000000000017',
    operator: 'SKTelecom',
    signal: 18,
    registration: 'home',
    storage: { memory: 'ME', used: 3, total: 255 },
    opens: 1,
    commands: 4_711,
    texts: 312,
    lastTextAt: nowMs - 12_000,
    ...changes,
  };
}

export function countsExample(changes: Partial<LineCounts> = {}): LineCounts {
  const perMinute = Array.from({ length: 60 }, (_, minute) => minute % 3);
  const counts = { visit: 300, unresolved: 9, undecodable: 1, notice: 2, parts: 4, known: 0, refusals: 0 };
  return { ...counts, perMinute, ...changes };
}

export function lineExample(name = 'line1', report: Partial<LineReport> = {}): Omit<LineFacts, 'today'> {
  return {
    config: { name, number: '031-324-2900', port: '/dev/serial/by-id/usb-Quectel_EC25-if02-port0' },
    report: reportExample(report),
    counts: countsExample(),
  };
}

export const healthExample: RegisterHealth = {
  visits: 12_345,
  unresolved: 12,
  undecodable: 1,
  notices: 34,
  openParts: 2,
  oldestHourMs: Date.UTC(2026, 9, 26, 5),
  begunMs: Date.UTC(2026, 8, 1, 0),
  latestDay: {
    day: localDay(openZone('Asia/Seoul'), nowMs),
    isWhole: true,
    lines: { line1: 312, line2: 312 },
  },
  keylessHours: 0,
  keys: 512,
  slots: 720,
  databaseBytes: 4_000_000,
  walBytes: 32_000,
};

export const sweptExample: SweepResult = {
  clock: {
    standing: 'sound',
    cutMs: nowMs,
    clockMs: nowMs,
    leapMs: 0,
    doubtful: 0,
    living: 500,
    waiting: false,
  },
  rows: noRows(),
  hours: [],
  keys: 0,
  misdated: 0,
  freedPages: 0,
  walTruncated: true,
  finished: true,
  steps: 1,
  longestStepMs: 1,
  durationMs: 1,
};

/** A gateway that is well; what a test changes of it. */
export function factsExample(changes: Partial<StatusFacts> = {}): StatusFacts {
  return {
    nowMs,
    startedMs,
    zone: openZone('Asia/Seoul'),
    version: '0.1.0',
    pid: 812,
    lines: [lineExample()],
    directWaiting: 0,
    recent: [
      {
        atMs: nowMs - 12_000,
        line: 'line1',
        kind: 'visit',
      },
    ],
    health: healthExample,
    sweeps: {
      state: 'idle',
      nextAtMs: Date.UTC(2026, 10, 23, 6),
      last: { atMs: Date.UTC(2026, 10, 23, 5), result: sweptExample },
      code: null,
      wakes: 4,
    },
    heldLog: null,
    sweepIntervalMs: 3_600_000,
    audit: { rows: 48, anchored: 48, state: 'whole', verifiedMs: nowMs - 3_600_000 },
    disk: { free_bytes: 12_300_000_000, total_bytes: 40_000_000_000, state: 'roomy' },
    central: null,
    holder: null,
    isClockKept: true,
    agreesWithNetwork: false,
    metricsTrouble: null,
    standing: 'sound',
    ...changes,
  };
}

export function statusExample(changes: Partial<StatusFacts> = {}): Status {
  return buildStatus(factsExample(changes));
}
