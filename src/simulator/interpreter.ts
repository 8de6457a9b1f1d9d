import type { Call } from './command-line.ts';
import {
  generalCommands,
  type Handler,
  memoryCommands,
  radioCommands,
  rebootSoon,
} from './commands/radio.ts';
import { simCommands } from './commands/sim.ts';
import { noticeCommands, textCommands } from './commands/texts.ts';
import type { Exchange, Port } from './exchange.ts';
import type { Answer } from './family.ts';
import { factsOf, type Machine } from './machine.ts';
import { cme, cms, fill, ok, okLines, plain, type Reply, refuse } from './reply.ts';
import { pinState } from './sim-card.ts';

const handlers: ReadonlyMap<string, Handler> = new Map(
  Object.entries({
    ...generalCommands,
    ...simCommands,
    ...radioCommands,
    ...noticeCommands,
    ...memoryCommands,
    ...textCommands,
  }),
);

/** Carries out a command line: faults before, commands in order until one fails, faults after. */
export function runExchange(machine: Machine, exchange: Exchange): void {
  const { calls } = exchange;
  machine.counters.commands += 1;
  for (const watcher of machine.watchers) watcher.command?.(exchange.line);
  for (const hooks of machine.faults.hooks) hooks.before?.(exchange);
  if (!exchange.skipped)
    exchange.replies = calls === null ? [refuse(plain())] : runCalls(machine, calls, exchange.port);
  if (exchange.replies?.some((reply) => reply.silent)) exchange.replies = null;
  for (const hooks of machine.faults.hooks) hooks.after?.(exchange);
}

function runCalls(machine: Machine, calls: readonly Call[], port: Port): Reply[] {
  const replies: Reply[] = [];
  for (const call of calls) {
    machine.counters.byName.set(call.name, (machine.counters.byName.get(call.name) ?? 0) + 1);
    const reply = dispatch(machine, call, port);
    replies.push(reply);
    if (reply.error) break;
  }
  return replies;
}

function dispatch(machine: Machine, call: Call, port: Port): Reply {
  const { family } = machine;
  const fixed = family.answers[call.text];
  if (fixed) return fixedAnswer(machine, fixed);
  if (family.gated.includes(call.name)) {
    const hindrance = hindranceOf(machine);
    if (hindrance) return hindrance;
  }
  if (family.rebootCommands.includes(call.name)) {
    rebootSoon(machine);
    return ok();
  }
  const reply = handlers.get(call.name)?.(machine, call, port);
  if (reply) return reply;
  return isAccepted(family.accepted, call.text) ? ok() : refuse(family.unknown);
}

function fixedAnswer(machine: Machine, answer: Answer): Reply {
  if (!isLines(answer)) return refuse(answer);
  const wantsSim = answer.some((line) => line.includes('{imsi}'));
  const wantsCard = wantsSim || answer.some((line) => line.includes('{iccid}'));
  if (wantsCard && !machine.sim.present) return refuse(cme(10));
  if (wantsSim && !machine.ready.sim) return refuse(cme(pinState(machine.sim) === 'SIM PIN' ? 11 : 14));
  const facts = factsOf(machine);
  return okLines(answer.map((line) => fill(line, facts)));
}

const isLines = (answer: Answer): answer is readonly string[] => Array.isArray(answer);

/** Why commands of the SMS store cannot work yet, or null. */
function hindranceOf(machine: Machine): Reply | null {
  if (machine.ready.sms && machine.ready.sim) return null;
  const state = pinState(machine.sim);
  if (state === 'SIM PIN') return refuse(cms(311));
  if (state === 'SIM PUK') return refuse(cms(316));
  return refuse(state === 'absent' ? cms(310) : machine.family.notReady);
}

function isAccepted(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern,
  );
}
