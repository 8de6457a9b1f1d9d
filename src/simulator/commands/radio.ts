import { factsOf } from '../facts.ts';
import type { Machine } from '../machine.ts';
import { cme } from '../modem-error.ts';
import { setFunction } from '../radio.ts';
import { fill, ok, refuse } from '../reply.ts';
import { type Handler, numberOf } from './handler.ts';

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
