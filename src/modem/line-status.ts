import type { Clock } from '../base/clock.ts';
import type { LineReport, LineState } from './line-report.ts';

/** The report as it grows. `enter` tells the outside; `learn` and `count` do not. */
export interface LineStatus {
  readonly report: LineReport;
  enter(state: LineState, reason?: string | null): void;
  learn(facts: Partial<Omit<LineReport, 'state' | 'reason' | 'since'>>): void;
  count(what: 'commands' | 'texts', by?: number): void;
}

export function createLineStatus(clock: Clock, onState: (report: LineReport) => void): LineStatus {
  let report: LineReport = { ...unknown, state: 'absent', reason: null, since: clock.wallMs() };
  return {
    get report() {
      return report;
    },
    enter(state, reason = null) {
      // What was stopped stays so: a session that unwinds has no more to say.
      if (report.state === 'stopped' || (report.state === state && report.reason === reason)) return;
      report = { ...report, state, reason, since: clock.wallMs() };
      onState(report);
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
  commands: 0,
  texts: 0,
  lastTextAt: null,
};
