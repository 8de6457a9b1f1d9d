import type { Zone } from '../../base/zone.ts';
import type { LineConfig } from '../../config/config.ts';
import type { LineReport } from '../../modem/line-report.ts';
import { proofNames } from '../../modem/recover/proofs.ts';
import type { LineCounts } from './counters.ts';
import type { LineOfStatus } from './status-object.ts';

interface SignalStrength {
  readonly dbm: number;
  /** 0 to 5, as a telephone shows it. */
  readonly bars: number;
}

const leastDbm = [-111, -103, -93, -83, -73] as const;

/** Reads the value of +CSQ (3GPP TS 27.007 §8.5): 0 is −113 dBm or less, 31 is −51 dBm or more; null: unknown. */
export function signalStrength(csq: number | null): SignalStrength | null {
  if (csq === null || csq < 0 || csq > 31) return null;
  const dbm = 2 * csq - 113;
  return { dbm, bars: leastDbm.filter((least) => dbm >= least).length };
}

export interface LineFacts {
  readonly config: Pick<LineConfig, 'name' | 'number' | 'port'>;
  readonly report: LineReport;
  readonly counts: LineCounts;
  /** Texts since local midnight; null if that is not known. */
  readonly today: number | null;
}

export interface StatusTimes {
  readonly nowMs: number;
  readonly startedMs: number;
  readonly zone: Zone;
}

export function lineOfStatus({ config, report, counts, today }: LineFacts, times: StatusTimes): LineOfStatus {
  const { zone } = times;
  const { recovery } = report;
  return {
    name: config.name,
    number: config.number,
    port: config.port,
    state: report.state,
    reason: report.reason,
    heard: report.heard,
    since: zone.format(report.since),
    out_of_service_s: outOfServiceS(report, times),
    maker: report.maker,
    model: report.model,
    imei: report.imei,
    operator: report.operator,
    registration: report.registration,
    signal: signalStrength(report.signal),
    storage: storageOf(report),
    waiting: report.waiting,
    direct_waiting: report.direct,
    undeletable: report.undeletable,
    missing: report.missing,
    last_text_at: timeOrNull(zone, report.lastTextAt),
    texts: textsOf(counts, today),
    resets: report.resets,
    reconnects: Math.max(0, report.opens - 1),
    recovery: recovery && {
      trouble: recovery.trouble,
      rung: recovery.step,
      next_rung: recovery.nextStep,
      next_at: timeOrNull(zone, recovery.nextAt),
    },
    alarms: report.alarms,
    calls: report.calls,
    deafness: report.deafness,
    commands: report.commands,
    proofs: proofsOf(report),
  };
}

/** A text that waits lies in the memory, even if the modem was asked for its use before that text came. */
function storageOf({ storage, waiting }: LineReport): LineOfStatus['storage'] {
  return storage && { ...storage, used: Math.max(storage.used, Math.min(waiting, storage.total)) };
}

function proofsOf({ proofs }: LineReport): LineOfStatus['proofs'] {
  const inSeconds = (ms: number | null) => (ms === null ? null : Math.floor(ms / 1_000));
  const entries = proofNames.map((name) => {
    const proof = proofs.find((each) => each.name === name);
    const ageMs = proof?.ageMs ?? null;
    const limitMs = proof?.limitMs ?? null;
    return [name, { proven: proof?.isProven ?? false, age_s: inSeconds(ageMs), limit_s: inSeconds(limitMs) }];
  });
  return Object.fromEntries(entries) as LineOfStatus['proofs'];
}

export function timeOrNull(zone: Zone, atMs: number | null): string | null {
  return atMs === null ? null : zone.format(atMs);
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function textsOf(counts: LineCounts, today: number | null): LineOfStatus['texts'] {
  return {
    today,
    last_hour: sum(counts.perMinute),
    visits: counts.visit,
    unresolved: counts.unresolved,
    undecodable: counts.undecodable,
    notices: counts.notice,
    parts: counts.parts,
    known: counts.known,
    refusals: counts.refusals,
  };
}

function outOfServiceS({ state, unreadyAt }: LineReport, { nowMs, startedMs }: StatusTimes): number {
  return state === 'ready' ? 0 : Math.max(0, Math.floor((nowMs - (unreadyAt ?? startedMs)) / 1_000));
}
