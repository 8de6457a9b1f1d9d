import { factsOf, type ModemDevice } from './device.ts';
import { fill } from './reply.ts';
import { pinState } from './sim-card.ts';

const searchMs = 3_000;

/** States of +CREG (TS 27.007 §7.2). */
export const registration = { none: 0, home: 1, searching: 2, denied: 3, roaming: 5 } as const;

/** AT+CFUN=0, 1 or 4. When it returns to 1, the modem searches for its network again. */
export function setFunction(device: ModemDevice, value: number): void {
  const before = device.radio.cfun;
  device.radio.cfun = value;
  if (value === before) return;
  if (value !== 1) {
    setRegistration(device, registration.none);
    if (value === 0) device.ready.sim = false;
    return;
  }
  if (pinState(device.sim) === 'READY') device.ready.sim = true;
  setRegistration(device, registration.searching);
  device.clock.after(searchMs * device.bootScale, () => {
    if (device.radio.cfun === 1 && device.radio.registration === registration.searching) register(device);
  });
}

/** The network accepts the modem. */
export function register(device: ModemDevice): void {
  setRegistration(device, registration.home);
  for (const hooks of device.faults.hooks) hooks.registered?.();
  device.network.resumeDelivery();
}

export function setRegistration(device: ModemDevice, state: number): void {
  if (device.radio.registration === state) return;
  device.radio.registration = state;
  const commands = device.family.lte ? ['+CREG', '+CGREG', '+CEREG'] : ['+CREG', '+CGREG'];
  for (const command of commands) {
    const n = device.settings.registrationNotices[command] ?? 0;
    const place = n === 2 && state !== 0 ? `,${fill(device.family.location.notice, factsOf(device))}` : '';
    if (n > 0) device.notify(`${command}: ${state}${place}`);
  }
}

/** Whether a text that the network sends now would arrive. */
export function isReachable(device: ModemDevice): boolean {
  const { ready, radio } = device;
  const listening = radio.registration === registration.home || radio.registration === registration.roaming;
  return (
    ready.sms && ready.sim && listening && device.faults.hooks.every((hooks) => hooks.reachable?.() ?? true)
  );
}
