import type { ModemFamily } from '../families.ts';
import { generic, iccidFromCard } from './generic.ts';

/** SIM800 and SIM900 on a serial bridge, which stays open while the modem reboots. */
export const sim800: ModemFamily = {
  ...generic,
  name: 'sim800',
  identity: /SIM(?:[89]\d\d|600)(?!\d)/i,
  memories: ['SM', 'ME'],
  indications: [
    [2, 1, 0, 0, 0],
    [1, 1, 0, 0, 0],
  ],
  iccid: ['AT+CCID', 'AT+ICCID', iccidFromCard],
  pinTries: { ask: 'AT+SPIC', prefix: '+SPIC', place: 0 },
  hangUp: ['ATH', 'AT+CHUP'],
  gapMs: 10,
  acknowledges: false,
  survivesRestart: true,
};
