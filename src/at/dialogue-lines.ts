import type { Command } from './command.ts';
import type { DialogueState, Effect, Phase, Step } from './dialogue-state.ts';
import { parseFinal } from './final-result.ts';
import { isNotification, parseDirectHeader } from './notification.ts';
import { readProbeLine, settleDraining, unsync } from './resync.ts';

/**
 * The places at which modems omit a line end (fault B7): after a final error, after a PDU, and before beginnings that
 * never occur inside an answer.
 */
const breaks: readonly RegExp[] = [
  /^(ERROR|OK|\+CM[ES] ERROR: ?\d{1,4})(?=[+^*#$%][A-Z])/,
  /^([0-9A-Fa-f]{16,}?)(?=[+^*#$%][A-Z]|OK$|ERROR(?:$|[+^*#$%]))/,
  /^([+^].*?)(?=\+CM(?:TI|T|GL|GR|S ERROR|E ERROR): )/,
  /^([+^].*[0-9")])(?=OK$)/,
];

/** The lines that a printed line stands for: usually just itself. */
export function splitGlued(line: string): string[] {
  const parts: string[] = [];
  let rest = line;
  for (;;) {
    const first = firstPart(rest);
    if (first === null) return [...parts, rest];
    parts.push(first);
    rest = rest.slice(first.length);
  }
}

function firstPart(line: string): string | null {
  for (const pattern of breaks) {
    const part = pattern.exec(line)?.[1];
    if (part !== undefined && part.length < line.length) return part;
  }
  return null;
}

/** The dialogue after a line of the modem. Glued lines are split first. */
export function readLine(state: DialogueState, line: string, nowMs: number): Step {
  // ESC and SUB occur in echoes only.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these two control characters pass the byte guard
  const text = line.replace(/[\u001b\u001a]/g, '').trim();
  if (text === '') return { state, effects: [] };
  const parts = splitGlued(text);
  if (parts.length === 1) return readPart(state, text, nowMs);
  let next = state;
  const effects: Effect[] = [];
  for (const part of parts) {
    const taken = readPart(next, part.trim(), nowMs);
    next = taken.state;
    effects.push(...taken.effects);
  }
  return { state: next, effects };
}

function readPart(state: DialogueState, line: string, nowMs: number): Step {
  if (line === '>') return readPrompt(state, nowMs);
  if (parseDirectHeader(line)) return readDirectHeader(state, line, nowMs);
  if (state.direct !== null) {
    const step = readDirectBody(state, line, nowMs);
    if (step) return step;
  }
  switch (state.phase.name) {
    case 'busy':
      return readBusyLine(state, state.phase, line, nowMs);
    case 'probing':
      return readProbeLine(state, line, nowMs) ?? readIdleLine(state, line);
    case 'idle':
      if (parseFinal(line)) return readStrayFinal(state, line, nowMs);
      return readIdleLine(state, line);
    case 'draining': {
      const isNotice = isNotification(line) && !isLateAnswer(state, line);
      return readIdleLine({ ...state, phase: settleDraining(state.phase, isNotice) }, line);
    }
    case 'waking':
      if (state.phase.endedMs !== null || !parseFinal(line)) return readIdleLine(state, line);
      return readIdleLine({ ...state, phase: { ...state.phase, endedMs: nowMs } }, line);
    default:
      return readIdleLine(state, line);
  }
}

/** No command of ours opens a prompt: the modem would take every command for a text to send (fault B13). */
function readPrompt(state: DialogueState, nowMs: number): Step {
  const { phase } = state;
  const count: Effect = { type: 'count', what: 'prompt' };
  if (phase.name === 'idle') return unsync(state, null, null, nowMs, [count]);
  if (phase.name === 'busy')
    return unsync(state, { ok: null, why: 'timeout' }, phase.command.text, nowMs, [count]);
  return { state, effects: [] };
}

function readDirectHeader(state: DialogueState, line: string, nowMs: number): Step {
  const header = parseDirectHeader(line);
  const torn: Effect[] = state.direct === null ? [] : [{ type: 'count', what: 'torn-direct' }];
  return {
    state: { ...state, direct: header && { header, sinceMs: nowMs } },
    effects: torn,
  };
}

/** The line after +CMT is its PDU, unless a notification came in between (fault B1). */
function readDirectBody(state: DialogueState, line: string, nowMs: number): Step | null {
  const { direct, phase } = state;
  if (direct === null || isNotification(line)) return null;
  const without = { ...state, direct: null };
  const own = phase.name === 'busy' && line === phase.command.text;
  if (own || parseFinal(line)) {
    const rest = readPart(without, line, nowMs);
    return { state: rest.state, effects: [{ type: 'count', what: 'torn-direct' }, ...rest.effects] };
  }
  return { state: without, effects: [{ type: 'direct', header: direct.header, body: line }] };
}

function readBusyLine(
  state: DialogueState,
  phase: Extract<Phase, { name: 'busy' }>,
  line: string,
  nowMs: number,
): Step {
  const { command } = phase;
  if (line === command.text) return { state, effects: [] };
  const final = parseFinal(line);
  if (final) {
    if (!final.ok && final.error.doubtful) return unsync(state, final, command.text, nowMs, []);
    const next: DialogueState = { ...state, phase: { name: 'idle' }, hasJustFailed: !final.ok };
    return { state: next, effects: [{ type: 'settle', outcome: final }] };
  }
  if (answers(command, line)) {
    if (phase.answers >= state.tuning.maxAnswerLines)
      return unsync(state, { ok: null, why: 'timeout' }, command.text, nowMs, []);
    const next: Phase = {
      ...phase,
      heardMs: nowMs,
      progressMs: nowMs,
      answers: phase.answers + 1,
      last: line,
      complete: command.completeOn?.(line, phase.last) ?? false,
    };
    return { state: { ...state, phase: next }, effects: [{ type: 'answer', line }] };
  }
  // Noise is not progress: a hanging listing must still reach its deadline (faults B3, B12).
  const heard = { ...state, phase: { ...phase, heardMs: phase.progressMs } };
  return readIdleLine(heard, line);
}

function answers(command: Command, line: string): boolean {
  if (command.prefixes.some((prefix) => startsWithName(line, prefix))) return true;
  if (isNotification(line)) return false;
  if (command.bodies) return true;
  return !/^AT/i.test(line) && (command.bare?.(line) ?? false);
}

function startsWithName(line: string, prefix: string): boolean {
  return line.startsWith(prefix) && /^\s*:/.test(line.slice(prefix.length, prefix.length + 2));
}

function readStrayFinal(state: DialogueState, line: string, nowMs: number): Step {
  const final = parseFinal(line);
  if (final && !final.ok && final.error.doubtful) return { state, effects: [{ type: 'notify', line }] };
  // `ERROR` and `OK` in one read are one result, said twice (ofono-phonesim).
  if (final?.ok && state.hasJustFailed) return { state: { ...state, hasJustFailed: false }, effects: [] };
  // Nothing was asked: this is a late answer, or another program's (fault E5), and the next answer could be wrong too.
  return unsync(state, null, null, nowMs, [{ type: 'count', what: 'stray-final' }]);
}

function readIdleLine(state: DialogueState, line: string): Step {
  if (isNotification(line))
    return { state, effects: isLateAnswer(state, line) ? [] : [{ type: 'notify', line }] };
  // Remains of answers and echoes are expected while out of step.
  const inStep = state.phase.name === 'idle' || state.phase.name === 'busy';
  return { state, effects: inStep ? [{ type: 'count', what: 'odd-line' }] : [] };
}

/** `+CPIN: READY` after an AT+CPIN? that timed out is its late answer and does not mean a restart. */
function isLateAnswer(state: DialogueState, line: string): boolean {
  if (state.outstanding.length === 0) return false;
  const name = /^[+^*#$%][A-Z]+/.exec(line)?.[0];
  return name !== undefined && state.outstanding.some((text) => text.slice(2).startsWith(name));
}
