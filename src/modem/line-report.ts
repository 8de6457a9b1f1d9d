import type { MemoryUse } from '../at/answers.ts';
import type { LogLevel } from '../words/events/event.ts';
import type { LineLogEvent, LogEntry } from '../words/events/log-events.ts';
import type { AlarmCode } from '../words/status-reasons.ts';
import type { ResetCause, ResetStep } from './recover/escalation.ts';
import type { ProofReport } from './recover/proofs.ts';

/**
 * - `absent`: the port does not open; the gateway tries without end
 * - `wrong-port`: something else than a modem is at the port; `reason` says what, and the gateway tries without end
 * - `opening`, `waking`, `setting-up`: on the way
 * - `waiting-for-sim`: the modem answers, its SIM or its SMS service does not yet; the gateway waits without limit
 * - `pin-needed`: a person has to act; `reason` says why
 * - `ready`: texts are received: everything that this takes was proven lately (`recover/proofs.ts`)
 * - `unproven`: set up, and takes what comes; something was not proven within its time, and `reason` says what
 * - `no-network`: the same, and the modem says that it is not registered
 * - `holding`: the register refuses texts (`reason` is its error code); they stay on the modem
 * - `resyncing`: a command was not answered; nothing is sent until the dialogue is in step again
 * - `recovering`: the session has ended; the line is set up anew or its port is opened again
 * - `stopped`: by request
 */
export type LineState =
  | 'absent'
  | 'wrong-port'
  | 'opening'
  | 'waking'
  | 'setting-up'
  | 'waiting-for-sim'
  | 'pin-needed'
  | 'ready'
  | 'unproven'
  | 'no-network'
  | 'holding'
  | 'resyncing'
  | 'recovering'
  | 'stopped';

/** Room in the memory that new texts go to. */
export interface LineStorage {
  readonly memory: string;
  readonly used: number;
  readonly total: number;
}

/** What is tried against a trouble that lasts. */
export interface LineRecovery {
  readonly trouble: ResetCause;
  /** What was tried last, or null. */
  readonly step: ResetStep | null;
  readonly nextStep: ResetStep | null;
  /** Wall clock, milliseconds; null if nothing is left to try but waiting. */
  readonly nextAt: number | null;
}

/** What is known of a line now; null: not known (yet). */
export interface LineReport {
  readonly state: LineState;
  /** A stable dotted code that says why the state is what it is, or null. */
  readonly reason: string | null;
  /** The first line that was heard at a wrong port, its digits masked; null: none, or the port is not a wrong one. */
  readonly heard: string | null;
  /** Wall clock, milliseconds, when the state or its reason last changed. */
  readonly since: number;
  readonly maker: string | null;
  readonly model: string | null;
  readonly firmware: string | null;
  readonly family: string | null;
  readonly imei: string | null;
  readonly iccid: string | null;
  readonly imsi: string | null;
  readonly operator: string | null;
  /** 0 to 31, or 99 for unknown (3GPP TS 27.007 §8.5). */
  readonly signal: number | null;
  readonly registration: 'home' | 'roaming' | 'sms-only' | 'searching' | 'denied' | 'none' | null;
  readonly storage: LineStorage | null;
  /** What the line has proven of its service, in a fixed order. */
  readonly proofs: readonly ProofReport[];
  /** False if no notification setting works and texts are found by listing alone. */
  readonly notifications: boolean | null;
  /** Slots whose deletion has failed for good; their texts are in the register. */
  readonly undeletable: number;
  /** Null while there is no trouble that a reset could cure. */
  readonly recovery: LineRecovery | null;
  /**
   * What a person should know though the line works or recovers: stable dotted codes, in order. The first of them is
   * the reason of a line that is ready.
   */
  readonly alarms: readonly AlarmCode[];
  /** Calls that rang the line and were hung up since it was started. */
  readonly calls: number;
  /** How often a new registration brought texts to a line that had been quiet (fault D7). */
  readonly deafness: number;
  /** Resets of the modem since the line was started, by how it was done. */
  readonly resets: Readonly<Record<ResetStep, number>>;
  /** How often the port was opened since the line was started. */
  readonly opens: number;
  /** Texts that a listing showed and the register has refused to take so far; they stay on the modem. */
  readonly waiting: number;
  /** Texts that came directly and the register has refused to take so far; no modem holds them. */
  readonly direct: number;
  /** Wall clock, milliseconds, when the line last stopped being ready; null while it is, or never was. */
  readonly unreadyAt: number | null;
  /** Wall clock, milliseconds, when another SIM or modem was found in this line; null: never since the start. */
  readonly changedAt: number | null;
  /** Texts that the modem has announced and that could not be found, since the line was started. */
  readonly missing: number;
  /** AT commands written since the line was started. */
  readonly commands: number;
  /** Messages that were accepted since the line was started. */
  readonly texts: number;
  readonly lastTextAt: number | null;
}

/** Why a line waits for its SIM, or for a person who has its PIN. Each has a page of `explain`. */
export const simReasons = [
  'pin.missing',
  'pin.refused',
  'pin.tries-low',
  'sim.absent',
  'sim.busy',
  'sim.failed',
  'sim.locked',
  'sms.not-ready',
  'sms.refused',
] as const;
export type SimReason = (typeof simReasons)[number];

/** Why a line that is set up does not say that it receives. Each has a page of `explain`. */
export const serviceReasons = [
  'sim.unproven',
  'network.unproven',
  'memory.unproven',
  'notifications.unproven',
  'network.denied',
  'network.searching',
  'network.unregistered',
  'ingest.nobody',
] as const;

/** Something to log once. Counts, codes and slots only: never a number, a text or a PDU. */
export interface LineEvent {
  readonly level: LogLevel;
  readonly code: LineLogEvent;
  readonly facts: Readonly<Record<string, string | number | boolean | null | undefined>>;
}

type LineEventFacts = LineEvent['facts'];

/** The report of one line as it grows, and its log. `enter` tells the gateway; `learn` and `count` do not. */
export interface LineStatus {
  readonly report: LineReport;
  /** The wall time that the report's times are in; see `LineOptions`. */
  readonly recordTimeMs: () => number;
  enter(state: LineState, reason?: string | null): void;
  /** Enters `waiting-for-sim`. */
  waitForSim(reason: SimReason): void;
  learn(facts: Partial<Omit<LineReport, 'state' | 'reason' | 'since'>>): void;
  /** What the modem says of its memories, in the order read, write, receive. */
  learnMemoryUses(uses: readonly MemoryUse[]): void;
  count(what: 'commands' | 'texts' | 'calls' | 'deafness' | 'missing' | 'opens', by?: number): void;
  /** Begins an alarm or ends it. Each change is logged once, the beginning with `facts`. */
  setAlarm(alarm: AlarmCode, isOn: boolean, facts?: LineEventFacts): void;
  log(...entry: LogEntry<LineLogEvent>): void;
}

export function createLineStatus(
  recordTimeMs: () => number,
  onState: (report: LineReport) => void,
  onEvent: (event: LineEvent) => void,
): LineStatus {
  let report: LineReport = { ...unknown, state: 'absent', reason: null, since: recordTimeMs() };

  function enter(state: LineState, given: string | null = null): void {
    const reason = given ?? (state === 'ready' ? (report.alarms[0] ?? null) : null);
    // A session that unwinds after the stop changes nothing any more.
    if (report.state === 'stopped' || (report.state === state && report.reason === reason)) return;
    const nowMs = recordTimeMs();
    const wasReady = report.state === 'ready';
    const unreadyAt = state === 'ready' ? null : wasReady ? nowMs : report.unreadyAt;
    const heard = state === 'wrong-port' ? report.heard : null;
    report = { ...report, state, reason, heard, since: nowMs, unreadyAt };
    onState(report);
  }

  function learn(facts: Partial<LineReport>): void {
    report = { ...report, ...facts };
  }

  function log(...[level, code, facts = {}]: LogEntry<LineLogEvent>): void {
    onEvent({ level, code, facts });
  }

  return {
    get report() {
      return report;
    },
    recordTimeMs,
    enter,
    waitForSim: (reason) => enter('waiting-for-sim', reason),
    learn,
    learnMemoryUses(uses) {
      // New texts go to the third memory, which is not always the one that is read.
      const use = uses[2] ?? uses[0];
      if (!use) return;
      const memory = use.memory ?? uses[0]?.memory ?? '';
      learn({ storage: { memory, used: use.used, total: use.total } });
    },
    count(what, by = 1) {
      learn({ [what]: report[what] + by });
    },
    setAlarm(alarm, isOn, facts = {}) {
      if (report.alarms.includes(alarm) === isOn) return;
      const others = report.alarms.filter((each) => each !== alarm);
      learn({ alarms: isOn ? [...others, alarm].sort() : others });
      if (report.state === 'ready') enter('ready');
      if (isOn) log('warn', 'line.alarm', { alarm, ...facts });
      else log('info', 'line.alarm-over', { alarm });
    },
    log,
  };
}

const unknown: Omit<LineReport, 'state' | 'reason' | 'since'> = {
  heard: null,
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
  proofs: [],
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
  missing: 0,
  commands: 0,
  texts: 0,
  lastTextAt: null,
};
