import type { Machine } from './machine.ts';
import { pinState } from './sim-card.ts';

/** What the templates of a family may name: `{imei}`, `{rssi}`, `{pinTries}` … */
export function factsOf(machine: Machine): Record<string, string | number> {
  const { sim, radio, identity } = machine;
  return {
    imei: identity.imei,
    iccid: sim.iccid,
    imsi: sim.imsi,
    operator: identity.operator,
    rssi: radio.registration === 1 || radio.registration === 5 ? radio.rssi : 99,
    pinState: pinState(sim),
    pinTries: sim.pinTries,
    pukTries: sim.pukTries,
    lac: '0A3F',
    ci: machine.family.lte ? '01A2B307' : '3799B',
    act: machine.family.lte ? 7 : 2,
  };
}
