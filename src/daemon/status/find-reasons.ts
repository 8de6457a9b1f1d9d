import { isWrong } from '../../store/sweep/clock-rule.ts';
import type { ReasonCode } from '../../words/status-reasons.ts';
import type { HeldLog } from '../held-log.ts';
import type {
  CentralOfStatus,
  HolderOfStatus,
  LineOfStatus,
  Reason,
  Status,
  Verdict,
} from './status-object.ts';

/** The parts of a status that give reasons. */
type StatusParts = Pick<
  Status,
  'lines' | 'register' | 'sweep' | 'audit' | 'clock' | 'disk' | 'central' | 'holder'
>;

/** What a status has no part for: codes, mostly. */
interface Troubles {
  /** Of a register that cannot be read. */
  readonly register: string | null;
  readonly metrics: string | null;
  /** Its write-ahead log, if that cannot be cut. */
  readonly heldLog: HeldLog | null;
}

/** A replug or a restart of modem or gateway takes up to this long and is not an outage. */
const briefS = 120;
/** How long after its time a sweep may begin, and how long it may last, before it is late. */
const lateS = { idle: 900, sweeping: 3_600 };

/**
 * Why the gateway is not well, the worst first; none if it is well. `down`: nothing is received, or nothing can be kept.
 */
export function findReasons(parts: StatusParts, troubles: Troubles): Reason[] {
  const reasons = [
    ...reasonsOfRegister(parts, troubles.register),
    ...(troubles.heldLog === null ? [] : [degraded('register.log-held', troubles.heldLog.holder)]),
    ...reasonsOfLines(parts.lines),
    ...reasonsOfSweep(parts),
    ...reasonsOfAudit(parts),
    ...reasonsOfDisk(parts),
    ...reasonsOfCentral(parts),
    ...reasonsOfHolder(parts),
    ...(troubles.metrics === null ? [] : [degraded('metrics.unavailable', troubles.metrics)]),
  ];
  return reasons.sort((a, b) => rank(a) - rank(b));
}

export function verdictOf(reasons: readonly Reason[]): Verdict {
  if (reasons.some(({ severity }) => severity === 'down')) return 'down';
  return reasons.length > 0 ? 'degraded' : 'well';
}

const rank = ({ severity }: Reason) => (severity === 'down' ? 0 : 1);

function degraded(code: ReasonCode, detail: string | null = null, line: string | null = null): Reason {
  return { code, severity: 'degraded', line, detail };
}

function reasonsOfRegister({ register }: StatusParts, error: string | null): Reason[] {
  if (error !== null) return [{ code: 'register.unreadable', severity: 'down', line: null, detail: error }];
  return (register?.keyless_hours ?? 0) > 0 ? [degraded('register.keyless-hours')] : [];
}

function reasonsOfLines(lines: readonly LineOfStatus[]): Reason[] {
  const severity = lines.every(isLost) ? 'down' : 'degraded';
  const [awaiting, others] = [lines.filter(isAwaiting), lines.filter((line) => !isAwaiting(line))];
  const ofAwaiting = awaiting.flatMap((line) => reasonsOfAwaiting(line, severity));
  const ofOthers = others.flatMap((line): Reason[] => {
    const alarms = line.alarms.filter((alarm) => alarm !== 'line.unproven');
    const alarmed = alarms.map((alarm) => degraded(alarm, null, line.name));
    if (line.state === 'ready') return alarmed;
    const detail = line.reason ?? line.state;
    if (line.alarms.includes('line.unproven'))
      return [degraded('line.unproven', detail, line.name), ...alarmed];
    if (line.state === 'unproven') return [degraded('line.interrupted', detail, line.name), ...alarmed];
    // Other alarms of a line that is not set up are of earlier, but for a trouble of the register.
    const direct = line.direct_waiting > 0 ? [degraded('line.direct-waiting', null, line.name)] : [];
    // It says why the line comes and goes, whatever its state is at the moment.
    const flooded = line.alarms.includes('line.flooded') ? [degraded('line.flooded', null, line.name)] : [];
    const more = line.state === 'no-network' ? alarmed : [...direct, ...flooded];
    if (line.state === 'wrong-port') {
      const how = isLost(line) ? severity : 'degraded';
      return [{ code: 'line.wrong-port', severity: how, line: line.name, detail }, ...more];
    }
    if (!isLost(line)) return [degraded('line.interrupted', detail, line.name), ...more];
    return [{ code: codeOfLost(line), severity, line: line.name, detail }, ...more];
  });
  return [...ofAwaiting, ...ofOthers];
}

/** Its alarms are of now: the modem is looked after meanwhile. */
function reasonsOfAwaiting(line: LineOfStatus, severity: Reason['severity']): Reason[] {
  const how = isLost(line) ? severity : 'degraded';
  const { name, storage } = line;
  // What is in the modem, of what has room there.
  const detail = storage && `${storage.used}/${storage.total}`;
  return [
    { code: 'line.awaiting-central', severity: how, line: name, detail },
    ...line.alarms.map((alarm) => degraded(alarm, null, name)),
  ];
}

/** Its texts are on disk, and stay on the modem until the central register has them (`wait`). */
function isAwaiting({ state, reason, out_of_service_s: outS }: LineOfStatus): boolean {
  return state === 'holding' && reason === 'central.not-committed' && outS >= briefS;
}

/** It needs a person, or has been out for too long. */
function isLost(line: LineOfStatus): boolean {
  const { state, storage, waiting, out_of_service_s: outS } = line;
  // As long as there is room the modem takes more, and so does the register.
  if (isAwaiting(line)) return storage !== null && Math.max(storage.used, waiting) >= storage.total;
  // Nothing shows that texts cannot come.
  if (state === 'ready' || state === 'unproven') return false;
  return state === 'pin-needed' || state === 'stopped' || outS >= briefS;
}

function codeOfLost({ state }: LineOfStatus): ReasonCode {
  if (state === 'pin-needed') return 'line.pin-needed';
  return state === 'holding' ? 'line.holding' : 'line.not-receiving';
}

function reasonsOfSweep({ sweep, clock }: StatusParts): Reason[] {
  if (sweep === null) return [];
  const reasons: Reason[] = [];
  if (sweep.state === 'failing') reasons.push(degraded('sweep.failing', sweep.code));
  if (sweep.state === 'waiting') reasons.push(degraded('sweep.waiting', clock?.standing ?? null));
  else if (clock !== null && isWrong(clock.standing)) reasons.push(degraded(`clock.${clock.standing}`));
  if (clock?.synchronised === false && !clock.agrees_with_network)
    reasons.push(degraded('clock.unsynchronised'));
  const { state } = sweep;
  if ((state === 'idle' || state === 'sweeping') && sweep.lag_s >= lateS[state])
    reasons.push(degraded('sweep.late'));
  return reasons;
}

function reasonsOfAudit({ audit }: StatusParts): Reason[] {
  return audit === null || audit.state === 'whole' ? [] : [degraded(`audit.${audit.state}`)];
}

function reasonsOfDisk({ disk }: StatusParts): Reason[] {
  return disk === null || disk.state === 'roomy' ? [] : [degraded(`disk.${disk.state}`)];
}

/** A restart of a server and a fail-over take up to this long. */
const briefStuckS = 60;

function reasonsOfCentral({ central }: StatusParts): Reason[] {
  if (central === null) return [];
  const { state, code, stuck_s: stuckS, replicated, without_holders: without } = central;
  const isStuck = stuckS >= briefStuckS;
  const how = state === 'waiting' ? 'central.waiting' : 'central.failing';
  const stuck = isStuck ? [degraded(how, code)] : [];
  const isAlone = replicated === false && !(isStuck && code === 'central.no-standby');
  return [
    ...stuck,
    ...(isAlone ? [degraded('central.no-standby')] : []),
    ...(without.length > 0 ? [degraded('central.holder-missing', without.join(', '))] : []),
    ...reasonsOfPlaces(central),
  ];
}

/** A place that was registered since is not known here: a code of it makes no visit. */
const oldPlacesS = 3_600;

function reasonsOfPlaces({ places, stuck_s: stuckS }: CentralOfStatus): Reason[] {
  if (places === null) return [];
  const { age_s: ageS, here, code } = places;
  // In the first minute of a site there is none.
  const isOld = ageS === null ? stuckS >= briefStuckS || code !== null : ageS >= oldPlacesS;
  return [
    ...(isOld ? [degraded('central.places-old', code)] : []),
    ...(here > 0 ? [degraded('central.places-here', String(here))] : []),
  ];
}

function reasonsOfHolder({ holder }: StatusParts): Reason[] {
  if (holder === null) return [];
  const { state, code, foreign_hours: foreign } = holder;
  return [
    ...(state === 'failing' ? [degraded('holder.failing', code)] : []),
    ...(state === 'waiting' ? [degraded('holder.waiting')] : []),
    ...(foreign > 0 ? [degraded('holder.foreign')] : []),
    ...reasonsAtCentre(holder),
  ];
}

/** Degraded at most: what the central register takes from sites waits there, on their disks. */
function reasonsAtCentre({ central_reasons: central, state, code }: HolderOfStatus): Reason[] {
  const known = state === 'failing' ? code : null;
  const others = new Set<string>();
  return (central ?? []).flatMap((reason) => {
    if (reason.code === 'central.no-standby') return [degraded('central.no-standby')];
    if (reason.code === 'central.holder-silent') return [degraded('central.holder-silent', reason.of)];
    if (reason.code === known || others.has(reason.code)) return [];
    others.add(reason.code);
    return [degraded('central.server', reason.code)];
  });
}
