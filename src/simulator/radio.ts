import { factsOf, type Machine } from './machine.ts';
import { fill } from './reply.ts';
import { pinState } from './sim-card.ts';

const searchMs = 3_000;

/** States of +CREG (TS 27.007 §7.2). */
export const registration = { none: 0, home: 1, searching: 2, denied: 3, roaming: 5 } as const;

/** AT+CFUN=0, 1 or 4. Coming back to 1, the modem looks for its network again. */
export function setFunction(machine: Machine, value: number): void {
  const before = machine.radio.cfun;
  machine.radio.cfun = value;
  if (value === before) return;
  if (value !== 1) {
    setRegistration(machine, registration.none);
    if (value === 0) machine.ready.sim = false;
    return;
  }
  if (pinState(machine.sim) === 'READY') machine.ready.sim = true;
  setRegistration(machine, registration.searching);
  machine.clock.after(searchMs * machine.bootScale, () => {
    if (machine.radio.cfun === 1 && machine.radio.registration === registration.searching) register(machine);
  });
}

/** The network has let the modem in. */
export function register(machine: Machine): void {
  setRegistration(machine, registration.home);
  for (const hooks of machine.faults.hooks) hooks.registered?.();
  machine.network.reachableAgain();
}

export function setRegistration(machine: Machine, state: number): void {
  if (machine.radio.registration === state) return;
  machine.radio.registration = state;
  const commands = machine.family.lte ? ['+CREG', '+CGREG', '+CEREG'] : ['+CREG', '+CGREG'];
  for (const command of commands) {
    const n = machine.settings.registrationNotices[command] ?? 0;
    const place = n === 2 && state !== 0 ? `,${fill(machine.family.location.notice, factsOf(machine))}` : '';
    if (n > 0) machine.notify(`${command}: ${state}${place}`);
  }
}

/** Whether a text that the network sends now would arrive. */
export function isReachable(machine: Machine): boolean {
  const { ready, radio } = machine;
  const listening = radio.registration === registration.home || radio.registration === registration.roaming;
  return (
    ready.sms && ready.sim && listening && machine.faults.hooks.every((hooks) => hooks.reachable?.() ?? true)
  );
}
