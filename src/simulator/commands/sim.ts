import type { ModemDevice } from '../device.ts';
import { cme, type ModemReply, ok, refuse } from '../reply.ts';
import { enterPin, enterPuk, pinState } from '../sim-card.ts';
import type { Handler } from './general.ts';

const pin: Handler = (device, command) => {
  if (command.kind === 'ask') return pinQuestion(device);
  if (command.kind !== 'set') return ok();
  const [first = '', second] = command.args;
  switch (pinState(device.sim)) {
    case 'absent':
      return refuse(cme(10));
    case 'READY':
      return refuse(cme(3));
    case 'SIM PUK':
      if (second === undefined) return refuse(cme(12));
      return unlock(device, enterPuk(device.sim, first, second));
    case 'SIM PIN':
      return unlock(device, enterPin(device.sim, first));
  }
};

function unlock(device: ModemDevice, right: boolean): ModemReply {
  if (!right) return refuse(cme(16));
  device.simUnlocked();
  return ok();
}

function pinQuestion(device: ModemDevice): ModemReply {
  const state = pinState(device.sim);
  if (state === 'absent') return refuse(cme(10));
  if (device.radio.cfun === 0) return refuse(cme(13));
  if (state === 'READY' && !device.ready.sim) return refuse(cme(14));
  return ok(`${device.family.cpinAnswer}${state}`);
}

/** AT+CLCK="SC",2: whether the PIN is asked for at all. */
const lock: Handler = (device, command) => {
  if (command.kind !== 'set' || command.args[0] !== 'SC' || command.args[1] !== '2') return null;
  return ok(`+CLCK: ${device.sim.pin === null ? 0 : 1}`);
};

/** AT+CRSM=176,12258: EF-ICCID, its digits swapped in pairs (TS 27.007 §8.18). */
const restrictedAccess: Handler = (device, command) => {
  if (command.kind !== 'set' || command.args[0] !== '176' || command.args[1] !== '12258') return null;
  if (!device.sim.present) return refuse(cme(10));
  const swapped = device.sim.iccid.padEnd(20, 'F').replace(/(.)(.)/g, '$2$1');
  return ok(`+CRSM: 144,0,"${swapped}"`);
};

export const simCommands: Readonly<Record<string, Handler>> = {
  '+CPIN': pin,
  '+CLCK': lock,
  '+CRSM': restrictedAccess,
};
