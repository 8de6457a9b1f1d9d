import type { ParsedCommand } from './command-line.ts';
import { deliveryCommands } from './commands/delivery.ts';
import { generalCommands, type Handler, radioCommands, rebootSoon } from './commands/general.ts';
import { characterSetCommands, identityCommands } from './commands/identity.ts';
import { simCommands } from './commands/sim.ts';
import { storageCommands } from './commands/storage.ts';
import { factsOf, type ModemDevice } from './device.ts';
import type { Exchange, Port } from './exchange.ts';
import { acceptedRanges } from './families/usual-answers.ts';
import type { Family, FixedAnswer } from './family.ts';
import { cme, cms, fill, type ModemReply, ok, okLines, plain, refuse } from './reply.ts';
import { pinState } from './sim-card.ts';

const handlers: ReadonlyMap<string, Handler> = new Map(
  Object.entries({
    ...generalCommands,
    ...simCommands,
    ...radioCommands,
    ...storageCommands,
    ...deliveryCommands,
    ...characterSetCommands,
  }),
);

/** What clients in the field ask of every modem; the simulators of other projects say less. */
const usualHandlers: ReadonlyMap<string, Handler> = new Map(
  Object.entries({ ...identityCommands, '+CLAC': listCommands }),
);

/** Carries out a command line: faults before, commands in order until one fails, faults after. */
export function runExchange(device: ModemDevice, exchange: Exchange): void {
  device.counters.commands += 1;
  for (const watcher of device.watchers) watcher.command?.(exchange.line);
  for (const hooks of device.faults.hooks) hooks.before?.(exchange);
  if (!exchange.skipped) exchange.replies = repliesTo(device, exchange);
  if (exchange.replies?.some((reply) => reply.silent)) exchange.replies = null;
  for (const hooks of device.faults.hooks) hooks.after?.(exchange);
}

function repliesTo(device: ModemDevice, { line, commands, port }: Exchange): ModemReply[] {
  const { knownLines, unknown } = device.family;
  if (knownLines && commands?.length !== 0) {
    const typed = line.slice('AT'.length);
    if (typed === '') return [];
    if (!matchesOne(knownLines, typed)) return [refuse(unknown)];
  }
  return commands === null ? [refuse(plain())] : runCommands(device, commands, port);
}

function runCommands(device: ModemDevice, commands: readonly ParsedCommand[], port: Port): ModemReply[] {
  const replies: ModemReply[] = [];
  for (const command of commands) {
    device.counters.byName.set(command.name, (device.counters.byName.get(command.name) ?? 0) + 1);
    const reply = dispatch(device, command, port);
    replies.push(reply);
    if (reply.error) break;
  }
  return replies;
}

function dispatch(device: ModemDevice, command: ParsedCommand, port: Port): ModemReply {
  const { family } = device;
  const fixed = family.answers[command.text];
  if (fixed) return fixedAnswer(device, fixed);
  if (family.gated.includes(command.name)) {
    const refusal = refusalOf(device);
    if (refusal) return refusal;
  }
  if (family.rebootCommands.includes(command.name)) {
    rebootSoon(device);
    return ok();
  }
  const handler =
    handlers.get(command.name) ?? (family.searchesForAt ? usualHandlers.get(command.name) : undefined);
  const reply = handler?.(device, command, port);
  if (reply) return reply;
  if (command.kind === 'test') return testedAnswer(family, command);
  return matchesOne(family.accepted, command.text) ? ok() : refuse(family.unknown);
}

/** A pattern for what a set accepts says nothing of its test form, of which a client reads the values. */
function testedAnswer({ accepted, unknown }: Family, { name, text }: ParsedCommand): ModemReply {
  const range = acceptedRanges[name];
  if (range !== undefined && accepted.includes(`${name}=*`)) return ok(`${name}: ${range}`);
  return accepted.includes(text) ? ok() : refuse(unknown);
}

function listCommands({ family }: ModemDevice, { kind }: ParsedCommand): ModemReply | null {
  if (kind === 'test') return ok();
  if (kind !== 'do') return null;
  const answered = Object.keys(family.answers).map((text) => text.replace(/[=?].*$/, ''));
  const accepted = family.accepted.map((text) => text.replace(/[=*].*$/, ''));
  const all = new Set([...handlers.keys(), ...usualHandlers.keys(), ...answered, ...accepted]);
  return okLines([...all].filter((name) => /^[+^]/.test(name)).sort());
}

function fixedAnswer(device: ModemDevice, answer: FixedAnswer): ModemReply {
  if (!isLines(answer)) return refuse(answer);
  const wantsSim = answer.some((line) => line.includes('{imsi}'));
  const wantsCard = wantsSim || answer.some((line) => line.includes('{iccid}'));
  if (wantsCard && !device.sim.present) return refuse(cme(10));
  if (wantsSim && !device.ready.sim) return refuse(cme(pinState(device.sim) === 'SIM PIN' ? 11 : 14));
  const facts = factsOf(device);
  return okLines(answer.map((line) => fill(line, facts)));
}

const isLines = (answer: FixedAnswer): answer is readonly string[] => Array.isArray(answer);

/** How commands of the SMS store are refused while it is not ready; null if it is. */
function refusalOf(device: ModemDevice): ModemReply | null {
  if (device.ready.sms && device.ready.sim) return null;
  const state = pinState(device.sim);
  if (state === 'SIM PIN') return refuse(cms(311));
  if (state === 'SIM PUK') return refuse(cms(316));
  return refuse(state === 'absent' ? cms(310) : device.family.notReady);
}

/** A `*` at the end of a pattern stands for anything. */
function matchesOne(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern,
  );
}
