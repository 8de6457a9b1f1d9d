import type { Machine } from '../machine.ts';
import { cme, ok, type Reply, refuse } from '../reply.ts';
import { enterPin, enterPuk, pinState } from '../sim-card.ts';
import type { Handler } from './radio.ts';

const pin: Handler = (machine, call) => {
  if (call.kind === 'ask') return pinQuestion(machine);
  if (call.kind !== 'set') return ok();
  const [first = '', second] = call.args;
  switch (pinState(machine.sim)) {
    case 'absent':
      return refuse(cme(10));
    case 'READY':
      return refuse(cme(3));
    case 'SIM PUK':
      if (second === undefined) return refuse(cme(12));
      return unlock(machine, enterPuk(machine.sim, first, second));
    case 'SIM PIN':
      return unlock(machine, enterPin(machine.sim, first));
  }
};

function unlock(machine: Machine, right: boolean): Reply {
  if (!right) return refuse(cme(16));
  machine.simUnlocked();
  return ok();
}

function pinQuestion(machine: Machine): Reply {
  const state = pinState(machine.sim);
  if (state === 'absent') return refuse(cme(10));
  if (machine.radio.cfun === 0) return refuse(cme(13));
  if (state === 'READY' && !machine.ready.sim) return refuse(cme(14));
  return ok(`${machine.family.cpinAnswer}${state}`);
}

/** AT+CLCK="SC",2: whether the PIN is asked for at all. */
const lock: Handler = (machine, call) => {
  if (call.kind !== 'set' || call.args[0] !== 'SC' || call.args[1] !== '2') return null;
  return ok(`+CLCK: ${machine.sim.pin === null ? 0 : 1}`);
};

/** AT+CRSM=176,12258: EF-ICCID, its digits swapped in pairs (TS 27.007 §8.18). */
const restrictedAccess: Handler = (machine, call) => {
  if (call.kind !== 'set' || call.args[0] !== '176' || call.args[1] !== '12258') return null;
  if (!machine.sim.present) return refuse(cme(10));
  const swapped = machine.sim.iccid.padEnd(20, 'F').replace(/(.)(.)/g, '$2$1');
  return ok(`+CRSM: 144,0,"${swapped}"`);
};

export const simCommands: Readonly<Record<string, Handler>> = {
  '+CPIN': pin,
  '+CLCK': lock,
  '+CRSM': restrictedAccess,
};
