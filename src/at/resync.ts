import { parseSerial } from './answers.ts';
import {
  type CommandOutcome,
  type DialogueState,
  type Draining,
  type Effect,
  type OutOfStep,
  type Phase,
  type Probing,
  patientProbeMs,
  type Step,
  type SyncProbe,
} from './dialogue-state.ts';
import { type Final, parseFinal } from './final-result.ts';
import { isNotification } from './notification.ts';

/**
 * ESC closes an open prompt (fault B13). No line end follows it, so that half a command in the modem's input becomes an
 * invalid one and is not executed (fault A3).
 */
const wakeUp = '\u001bATQ0V1E0\r';
/** For models that take the ESC for a part of the command, and are silent. */
const plainWakeUp = 'ATQ0V1E0\r';

const answeredBy = (prefix: string) => (line: string) => line.startsWith(`${prefix}:`);

/** For a modem of which nothing is known; no answer resembles another's. Most are never needed. */
export const commonProbes: readonly SyncProbe[] = [
  { text: 'AT+CGSN', matches: (line) => /^(?:\+CGSN: ?)?"?\d{14,17}"?$/.test(line) },
  { text: 'AT+CSQ', matches: answeredBy('+CSQ') },
  { text: 'AT+CREG?', matches: answeredBy('+CREG') },
  { text: 'AT+CPAS', matches: answeredBy('+CPAS') },
  { text: 'AT+CMEE?', matches: answeredBy('+CMEE') },
  { text: 'AT+CMGF?', matches: answeredBy('+CMGF') },
  { text: 'AT+CSCS?', matches: answeredBy('+CSCS') },
];

/** The same, but AT+CGSN must give what this modem has said before (`parseSerial`). */
export function probesFor(serial: string): readonly SyncProbe[] {
  const own: SyncProbe = { text: 'AT+CGSN', matches: (line) => parseSerial([line]) === serial };
  return [own, ...commonProbes.filter((probe) => probe.text !== own.text)];
}

/**
 * Sends nothing more until there was silence and a probe was answered. The command `unanswered`, whose answer may still
 * come late, ends with `outcome`; both are null if no command was in flight.
 */
export function unsync(
  state: DialogueState,
  outcome: CommandOutcome | null,
  unanswered: string | null,
  nowMs: number,
  before: readonly Effect[],
): Step {
  const settle: Effect[] = outcome === null ? [] : [{ type: 'settle', outcome }];
  const outstanding = withUnanswered(state.outstanding, unanswered);
  return {
    state: { ...state, outstanding, phase: draining(state.tuning.quietMs, 0, nowMs) },
    effects: [...before, { type: 'unsynced', why: reasonOf(outcome) }, ...settle],
  };
}

function reasonOf(outcome: CommandOutcome | null): OutOfStep {
  if (outcome?.ok === null) return 'timeout';
  return outcome?.ok ? 'no-final' : 'stray';
}

export function draining(quietMs: number, attempt: number, nowMs: number): Phase {
  return { name: 'draining', sinceMs: nowMs, heardMs: nowMs, settledMs: nowMs, quietMs, attempt };
}

/** How long each attempt may wait for its probe's answer; after the last the modem counts as lost. */
export function probeLimitsMs({ isPatient, tuning }: DialogueState): readonly number[] {
  return isPatient ? patientProbeMs : tuning.probeMs;
}

/** Takes the next step of a resync. */
export function resyncTick(state: DialogueState, nowMs: number): Step {
  const { phase } = state;
  if (phase.name === 'draining') {
    return wake(state, phase.attempt, false, nowMs);
  }
  if (phase.name === 'waking') {
    const isUnheard = phase.endedMs === null && phase.heardMs === null;
    if (isUnheard && !phase.plain) return wake(state, phase.attempt, true, nowMs);
    return ask({ ...state, wakesPlain: isUnheard ? state.wakesPlain : phase.plain }, phase.attempt, nowMs);
  }
  if (phase.name !== 'probing') return { state, effects: [] };
  const failed = { ...state, outstanding: withUnanswered(state.outstanding, phase.probe.text) };
  if (phase.refusedMs !== null && phase.refusedMs + state.tuning.refusedMs <= nowMs)
    return ask(failed, phase.attempt, nowMs);
  const attempt = phase.attempt + 1;
  if (attempt >= probeLimitsMs(state).length)
    return { state: { ...failed, phase: { name: 'lost' } }, effects: [{ type: 'lost' }] };
  return { state: { ...failed, phase: draining(state.tuning.quietMs, attempt, nowMs) }, effects: [] };
}

function wake(state: DialogueState, attempt: number, plain: boolean, nowMs: number): Step {
  const phase: Phase = { name: 'waking', sentMs: nowMs, heardMs: null, endedMs: null, plain, attempt };
  return { state: { ...state, phase }, effects: [{ type: 'write', text: plain ? plainWakeUp : wakeUp }] };
}

/** A whole line while draining: only a line that may belong to an answer prolongs the drain. */
export function settleDraining(phase: Draining, isNotice: boolean): Draining {
  const heardMs = isNotice ? phase.settledMs : phase.heardMs;
  return { ...phase, heardMs, settledMs: heardMs };
}

/** A line while a probe is under way; null if it does not concern the probe. */
export function readProbeLine(state: DialogueState, line: string, nowMs: number): Step | null {
  const { phase } = state;
  if (phase.name !== 'probing') return null;
  if (phase.probe.matches(line))
    return { state: { ...state, phase: { ...phase, matched: true, refusedMs: null } }, effects: [] };
  const final = parseFinal(line);
  if (!final) {
    if (phase.odd || isNotification(line)) return null;
    return { state: { ...state, phase: { ...phase, odd: true } }, effects: [] };
  }
  // A final result without the probe's answer is the late end of another command.
  if (!phase.matched || !final.ok) return readOtherEnd(state, phase, final, nowMs);
  if (state.probesWanted > 1) {
    const passed = { ...state, outstanding: withUnanswered(state.outstanding, phase.probe.text) };
    return ask({ ...passed, probesWanted: state.probesWanted - 1 }, phase.attempt, nowMs);
  }
  const effects: Effect[] = [{ type: 'synced' }];
  return { state: { ...state, phase: { name: 'idle' }, outstanding: [], probesWanted: 1 }, effects };
}

/**
 * A refusal may be the probe's own, because some models do not know every probe, or answer it in a form of their own
 * (a serial number that is no IMEI). Waiting would not show it; the answer to
 * another probe shows that all commands before it are over.
 */
function readOtherEnd(state: DialogueState, phase: Probing, final: Final, nowMs: number): Step {
  const isOwn = final.ok ? phase.odd : !final.error.doubtful;
  const isRefusal = isOwn && !phase.matched;
  const asked = withUnanswered(state.outstanding, phase.probe.text);
  if (!isRefusal || !state.probes.some(({ text }) => !asked.includes(text))) return { state, effects: [] };
  return { state: { ...state, phase: { ...phase, refusedMs: nowMs } }, effects: [] };
}

/** Modems answer in order: the answer to a probe unlike every outstanding command ends all commands before it. */
function ask(state: DialogueState, attempt: number, nowMs: number): Step {
  const fresh = state.probes.find((probe) => !state.outstanding.includes(probe.text));
  const probe = fresh ?? state.probes[(attempt + state.probesWanted) % state.probes.length];
  if (!probe) return { state: { ...state, phase: { name: 'lost' } }, effects: [{ type: 'lost' }] };
  const phase: Phase = {
    name: 'probing',
    probe,
    sentMs: nowMs,
    matched: false,
    odd: false,
    refusedMs: null,
    attempt,
  };
  return { state: { ...state, phase }, effects: [{ type: 'write', text: `${probe.text}\r` }] };
}

/** Keeps at most 32: a modem that hangs for days is reopened again and again with them. */
export function withUnanswered(outstanding: readonly string[], text: string | null): readonly string[] {
  if (text === null) return outstanding;
  return [...outstanding.filter((earlier) => earlier !== text), text].slice(-32);
}
