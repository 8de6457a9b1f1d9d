import { cme, plain } from '../modem-error.ts';
import { ok, refuse } from '../reply.ts';
import { initialSettings } from '../settings.ts';
import { type Handler, numberOf } from './handler.ts';

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
