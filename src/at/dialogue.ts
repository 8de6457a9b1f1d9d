import type { Command } from './command.ts';
import { readLine } from './dialogue-lines.ts';
import type { DialogueEvent, DialogueState, DialogueTuning, Effect, Phase, Step } from './dialogue-state.ts';
import { defaultTuning } from './dialogue-state.ts';
import { commonProbes, draining, probeLimitsMs, resyncTick, unsync, withUnanswered } from './resync.ts';

/**
 * A dialogue before its modem is known to be awake. `outstanding`: commands of an earlier dialogue with this modem that
 * were never answered.
 */
export function startDialogue(
  nowMs: number,
  outstanding: readonly string[] = [],
  tuning: DialogueTuning = defaultTuning,
): DialogueState {
  return {
    phase: draining(tuning.openQuietMs, 0, nowMs),
    direct: null,
    outstanding,
    // A late answer to an earlier program could match one probe; it cannot match two different ones in order.
    probesWanted: 2,
    probes: commonProbes,
    wakesPlain: false,
    hasJustFailed: false,
    isPatient: false,
    tuning,
  };
}

/**
 * The dialogue's state after an event, and the effects to perform. One command is in flight; a command that is not
 * answered in time puts the dialogue out of step, so a late answer never reaches the next command (fault B4).
 */
export function step(state: DialogueState, event: DialogueEvent, nowMs: number): Step {
  switch (event.type) {
    case 'send':
      return send(state, event.command, nowMs);
    case 'octets':
      return { state: hear(state, nowMs), effects: [] };
    case 'line':
      return readLine(state, event.line, nowMs);
    case 'tick':
      return tick(state, nowMs);
    case 'restart':
      return restart(state, nowMs);
    case 'closed':
      return end(state, { name: 'closed' });
  }
}

/** When the next `tick` is due, or null if no time is waited for. */
export function dueMs(state: DialogueState): number | null {
  const { tuning, direct } = state;
  const phase = phaseDueMs(state);
  return direct === null ? phase : Math.min(phase ?? Infinity, direct.sinceMs + tuning.directMs);
}

function phaseDueMs(state: DialogueState): number | null {
  const { phase, tuning, wakesPlain } = state;
  switch (phase.name) {
    case 'busy': {
      const { command } = phase;
      const silent = command.silenceMs === undefined ? Infinity : phase.heardMs + command.silenceMs;
      const graced = phase.complete ? phase.heardMs + tuning.graceMs : Infinity;
      return Math.min(phase.startedMs + command.deadlineMs, silent, graced);
    }
    case 'draining':
      return Math.min(phase.heardMs + phase.quietMs, phase.sinceMs + tuning.drainLimitMs);
    case 'waking': {
      const firstLimitMs = wakesPlain ? tuning.wakeQuietMs : tuning.wakeLimitMs;
      const limitMs = phase.plain ? tuning.plainWakeLimitMs : firstLimitMs;
      const quiet = phase.heardMs === null ? Infinity : phase.heardMs + tuning.wakeQuietMs;
      const ended = phase.endedMs === null ? Infinity : phase.endedMs + tuning.wakeGapMs;
      return Math.min(phase.sentMs + limitMs, quiet, ended);
    }
    case 'probing': {
      const refused = phase.refusedMs === null ? Infinity : phase.refusedMs + tuning.refusedMs;
      return Math.min(phase.sentMs + (probeLimitsMs(state)[phase.attempt] ?? 0), refused);
    }
    default:
      return null;
  }
}

function send(state: DialogueState, command: Command, nowMs: number): Step {
  const phase: Phase = {
    name: 'busy',
    command,
    startedMs: nowMs,
    heardMs: nowMs,
    progressMs: nowMs,
    answers: 0,
    last: null,
    complete: false,
  };
  const next = { ...state, phase, hasJustFailed: false, isPatient: command.display ?? false };
  return { state: next, effects: [{ type: 'write', text: `${command.text}\r` }] };
}

function hear(before: DialogueState, nowMs: number): DialogueState {
  const state = before.hasJustFailed ? { ...before, hasJustFailed: false } : before;
  const { phase } = state;
  if (phase.name !== 'busy' && phase.name !== 'draining' && phase.name !== 'waking') return state;
  return { ...state, phase: { ...phase, heardMs: nowMs } };
}

function tick(state: DialogueState, nowMs: number): Step {
  if ((dueMs(state) ?? Infinity) > nowMs) return { state, effects: [] };
  const { direct, phase, tuning } = state;
  if (direct !== null && direct.sinceMs + tuning.directMs <= nowMs)
    return { state: { ...state, direct: null }, effects: [{ type: 'count', what: 'torn-direct' }] };
  if (phase.name !== 'busy') return resyncTick(state, nowMs);
  const { command } = phase;
  if (phase.complete && phase.heardMs + tuning.graceMs <= nowMs)
    return unsync(state, { ok: true }, command.text, nowMs, [{ type: 'count', what: 'no-final' }]);
  return unsync(state, { ok: null, why: 'timeout' }, command.text, nowMs, []);
}

function restart(state: DialogueState, nowMs: number): Step {
  if (state.phase.name === 'closed' || state.phase.name === 'lost') return { state, effects: [] };
  const ended = end(state, draining(state.tuning.openQuietMs, 0, nowMs));
  return { ...ended, state: { ...ended.state, probesWanted: 2, probes: commonProbes, isPatient: false } };
}

function end(state: DialogueState, phase: Phase): Step {
  if (state.phase.name === 'closed') return { state, effects: [] };
  const effects: Effect[] = [{ type: 'unsynced', why: 'interrupted' }];
  if (state.phase.name !== 'busy') return { state: { ...state, phase }, effects };
  const outstanding = withUnanswered(state.outstanding, state.phase.command.text);
  effects.push({ type: 'settle', outcome: { ok: null, why: 'interrupted' } });
  return { state: { ...state, phase, outstanding }, effects };
}
