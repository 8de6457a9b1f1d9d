import type { ParsedCommand } from '../command-line.ts';
import { factsOf, type ModemDevice } from '../device.ts';
import type { Port } from '../exchange.ts';
import { setFunction } from '../radio.ts';
import { cme, fill, type ModemReply, ok, plain, refuse } from '../reply.ts';
import { initialSettings } from '../settings.ts';

/** Carries out one command. null: this modem has no such form of it. */
export type Handler = (device: ModemDevice, command: ParsedCommand, port: Port) => ModemReply | null;

/** A whole number written in an argument, null for anything else. */
export function numberOf(argument: string | undefined): number | null {
  return argument !== undefined && /^\d{1,9}$/.test(argument) ? Number(argument) : null;
}

const functionality: Handler = (device, command) => {
  if (command.kind === 'ask') return ok(`+CFUN: ${device.radio.cfun}`);
  if (command.kind === 'test') return ok('+CFUN: (0,1,4),(0,1)');
  const value = numberOf(command.args[0]);
  if (value === null || ![0, 1, 4].includes(value)) return refuse(cme(50));
  if (command.args[1] === '1') rebootSoon(device);
  else setFunction(device, value);
  return ok();
};

/** Long enough for the `OK` to get out. */
const rebootDelayMs = 200;

export function rebootSoon(device: ModemDevice): void {
  device.clock.after(rebootDelayMs, () => device.reboot('reset'));
}

const registration: Handler = (device, command) => {
  if (command.name === '+CEREG' && !device.family.lte) return null;
  const notices = device.settings.registrationNotices;
  const n = notices[command.name] ?? 0;
  if (command.kind === 'test') return ok(`${command.name}: (0-2)`);
  if (command.kind === 'set') {
    const wanted = numberOf(command.args[0]);
    if (wanted === null || wanted > 2) return refuse(cme(50));
    notices[command.name] = wanted;
    return ok();
  }
  const state = device.radio.registration;
  const place = n === 2 && state !== 0 ? `,${fill(device.family.location.answer, factsOf(device))}` : '';
  return ok(`${command.name}: ${n},${state}${place}`);
};

export const radioCommands: Readonly<Record<string, Handler>> = {
  '+CFUN': functionality,
  '+CREG': registration,
  '+CGREG': registration,
  '+CEREG': registration,
};

const echo: Handler = (_device, command, port) => {
  port.echo = command.args[0] === '1';
  return ok();
};

/** AT&F and ATZ: the family's own settings, and echo. */
const factory: Handler = (device, _call, port) => {
  device.settings = initialSettings(device.family);
  port.echo = true;
  return ok();
};

const hangUp: Handler = (device) => {
  device.ringing = false;
  return ok();
};

const errorLevel: Handler = (device, command) => {
  if (command.kind === 'ask') return ok(`+CMEE: ${device.settings.cmee}`);
  if (command.kind === 'test') return ok('+CMEE: (0-2)');
  const level = numberOf(command.args[0]);
  if (level === null || level > 2) return refuse(cme(50));
  device.settings.cmee = level;
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
  '+CMGS': () => ({ info: [], error: null, prompt: 'message' }),
  '+CMGW': () => ({ info: [], error: null, prompt: 'message' }),
};
