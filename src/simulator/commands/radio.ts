import type { Call } from '../command-line.ts';
import type { Port } from '../exchange.ts';
import type { CpmsDialect } from '../family.ts';
import { factsOf, type Machine } from '../machine.ts';
import { openView } from '../memory.ts';
import { setFunction } from '../radio.ts';
import { cme, fill, ok, plain, type Reply, refuse } from '../reply.ts';
import { initialSettings } from '../settings.ts';

/** Carries out one command. null: this modem has no such form of it. */
export type Handler = (machine: Machine, call: Call, port: Port) => Reply | null;

/** A whole number written in an argument, null for anything else. */
export function numberOf(argument: string | undefined): number | null {
  return argument !== undefined && /^\d{1,9}$/.test(argument) ? Number(argument) : null;
}

const functionality: Handler = (machine, call) => {
  if (call.kind === 'ask') return ok(`+CFUN: ${machine.radio.cfun}`);
  if (call.kind === 'test') return ok('+CFUN: (0,1,4),(0,1)');
  const value = numberOf(call.args[0]);
  if (value === null || ![0, 1, 4].includes(value)) return refuse(cme(50));
  if (call.args[1] === '1') rebootSoon(machine);
  else setFunction(machine, value);
  return ok();
};

/** Long enough for the `OK` to get out. */
const rebootDelayMs = 200;

export function rebootSoon(machine: Machine): void {
  machine.clock.after(rebootDelayMs, () => machine.reboot('reset'));
}

const registration: Handler = (machine, call) => {
  if (call.name === '+CEREG' && !machine.family.lte) return null;
  const notices = machine.settings.registrationNotices;
  const n = notices[call.name] ?? 0;
  if (call.kind === 'test') return ok(`${call.name}: (0-2)`);
  if (call.kind === 'set') {
    const wanted = numberOf(call.args[0]);
    if (wanted === null || wanted > 2) return refuse(cme(50));
    notices[call.name] = wanted;
    return ok();
  }
  const state = machine.radio.registration;
  const place = n === 2 && state !== 0 ? `,${fill(machine.family.location.answer, factsOf(machine))}` : '';
  return ok(`${call.name}: ${n},${state}${place}`);
};

export const radioCommands: Readonly<Record<string, Handler>> = {
  '+CFUN': functionality,
  '+CREG': registration,
  '+CGREG': registration,
  '+CEREG': registration,
};

const echo: Handler = (_machine, call, port) => {
  port.echo = call.args[0] === '1';
  return ok();
};

/** AT&F and ATZ: the family's own settings, and echo. */
const factory: Handler = (machine, _call, port) => {
  machine.settings = initialSettings(machine.family);
  port.echo = true;
  return ok();
};

const hangUp: Handler = (machine) => {
  machine.ringing = false;
  return ok();
};

const errorLevel: Handler = (machine, call) => {
  if (call.kind === 'ask') return ok(`+CMEE: ${machine.settings.cmee}`);
  if (call.kind === 'test') return ok('+CMEE: (0-2)');
  const level = numberOf(call.args[0]);
  if (level === null || level > 2) return refuse(cme(50));
  machine.settings.cmee = level;
  return ok();
};

const noCall: Handler = () => refuse(plain('NO CARRIER'));

export const generalCommands: Readonly<Record<string, Handler>> = {
  '': () => ok(),
  E: echo,
  Z: factory,
  '&F': factory,
  H: hangUp,
  A: noCall,
  D: noCall,
  '+CHUP': hangUp,
  '+CMEE': errorLevel,
  '+CMGS': () => ({ info: [], error: null, prompt: true }),
  '+CMGW': () => ({ info: [], error: null, prompt: true }),
};

/** +CPMS: which memory is read, written and received into (TS 27.005 §3.2.2). */
const memories: Handler = (machine, call) => {
  const { cpms } = machine.family;
  if (call.kind === 'test') return ok(`+CPMS: ${cpms.test}`);
  if (call.kind === 'ask') return ok(`+CPMS: ${counts(machine, true)}`);
  return choose(machine, cpms, call.args);
};

function choose(machine: Machine, cpms: CpmsDialect, names: readonly string[]): Reply {
  const fits = names.length >= cpms.fewest && names.length <= cpms.most;
  if (!fits || !names.every((name, i) => cpms.allowed[i]?.includes(name))) return refuse(cpms.refusal);
  names.forEach((name, i) => {
    machine.settings.cpms[i as 0 | 1 | 2] = name;
  });
  if (cpms.setAnswer === 'none') return ok();
  return ok(`+CPMS: ${counts(machine, cpms.setAnswer === 'names')}`);
}

function counts(machine: Machine, named: boolean): string {
  const { cpms } = machine.family;
  return machine.settings.cpms
    .slice(0, cpms.most === 2 ? 2 : 3)
    .flatMap((name) => {
      const { used, capacity } = openView(machine.memories, machine.family, name);
      return named ? [`"${name}"`, used, capacity] : [used, capacity];
    })
    .join(cpms.separator);
}

export const memoryCommands: Readonly<Record<string, Handler>> = { '+CPMS': memories };
