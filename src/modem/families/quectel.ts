import type { ModemFamily } from '../families.ts';
import { generic, iccidFromCard } from './generic.ts';

/** EC25, EC21, EG25, EC20. */
export const quectel: ModemFamily = {
  ...generic,
  name: 'ec25',
  identity: /quectel/i,
  extras: [
    // A wrong port for notifications is no notification at all; the AT port is `usbat`.
    { ask: 'AT+QURCCFG="urcport"', satisfied: /"usbat"/, set: 'AT+QURCCFG="urcport","usbat"' },
    // A full memory is not announced unless asked for.
    { ask: 'AT+QINDCFG="smsfull"', satisfied: /"smsfull", ?1/, set: 'AT+QINDCFG="smsfull",1' },
  ],
  memories: ['ME', 'SM'],
  indications: [[2, 1, 0, 0, 0]],
  iccid: ['AT+QCCID', 'AT+CCID', iccidFromCard],
  pinTries: { ask: 'AT+QPINC?', prefix: '+QPINC', place: 0 },
  survivesRestart: true,
};
