import type { Clock } from '../base/clock.ts';
import type { LineReport, LineState } from './line-report.ts';

/** The report as it grows. `enter` tells the outside; `learn` and `count` do not. */
export interface LineStatus {
  readonly report: LineReport;
  enter(state: LineState, reason?: string | null): void;
  learn(facts: Partial<Omit<LineReport, 'state' | 'reason' | 'since'>>): void;
  count(what: 'commands' | 'texts' | 'calls' | 'deafness' | 'opens', by?: number): void;
  /** Raises an alarm or ends it; true when that is news. */
  alarm(code: string, isOn: boolean): boolean;
}

export function createLineStatus(clock: Clock, onState: (report: LineReport) => void): LineStatus {
  let report: LineReport = { ...unknown, state: 'absent', reason: null, since: clock.wallMs() };

  function enter(state: LineState, given: string | null = null): void {
    const reason = given ?? (state === 'ready' ? (report.alarms[0] ?? null) : null);
    // What was stopped stays so: a session that unwinds has no more to say.
    if (report.state === 'stopped' || (report.state === state && report.reason === reason)) return;
    const nowMs = clock.wallMs();
    const wasReady = report.state === 'ready';
    const unreadyAt = state === 'ready' ? null : wasReady ? nowMs : report.unreadyAt;
    report = { ...report, state, reason, since: nowMs, unreadyAt };
    onState(report);
  }

  return {
    get report() {
      return report;
    },
    enter,
    alarm(code, isOn) {
      if (report.alarms.includes(code) === isOn) return false;
      const others = report.alarms.filter((each) => each !== code);
      report = { ...report, alarms: isOn ? [...others, code].sort() : others };
      if (report.state === 'ready') enter('ready');
      return true;
    },
    learn(facts) {
      report = { ...report, ...facts };
    },
    count(what, by = 1) {
      report = { ...report, [what]: report[what] + by };
    },
  };
}

const unknown: Omit<LineReport, 'state' | 'reason' | 'since'> = {
  maker: null,
  model: null,
  firmware: null,
  family: null,
  imei: null,
  iccid: null,
  imsi: null,
  operator: null,
  signal: null,
  registration: null,
  storage: null,
  notifications: null,
  undeletable: 0,
  recovery: null,
  alarms: [],
  calls: 0,
  deafness: 0,
  resets: { radio: 0, restart: 0, hook: 0 },
  opens: 0,
  waiting: 0,
  direct: 0,
  unreadyAt: null,
  changedAt: null,
  commands: 0,
  texts: 0,
  lastTextAt: null,
};
