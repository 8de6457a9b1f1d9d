import type { ModemFamily } from '../families.ts';
import { generic, iccidFromCard } from './generic.ts';

/** MF190, MF180, MF626, MF627, K3565-Z, MF710. */
export const zte: ModemFamily = {
  ...generic,
  name: 'zte',
  identity: /ZTE/i,
  memories: ['SM', 'ME'],
  // Mode 2 is offered; only mode 1 brings every notification.
  indications: [
    [1, 1, 0, 0, 0],
    [1, 1, 0, 0, 1],
  ],
  iccid: ['AT+ZGETICCID', iccidFromCard],
  pinTries: { ask: 'AT+ZPINPUK=?', prefix: '+ZPINPUK', place: 0 },
};
