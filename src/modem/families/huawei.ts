import type { ModemFamily } from '../families.ts';
import { generic, iccidFromCard } from './generic.ts';

/** E173, E1752, E3131, E3531 and their like. */
export const huawei: ModemFamily = {
  ...generic,
  name: 'huawei',
  identity: /huawei/i,
  // Notifications come on the port of the user interface unless this one is named.
  extras: [{ ask: 'AT^PORTSEL?', satisfied: /\^PORTSEL: ?1/, set: 'AT^PORTSEL=1' }],
  // E17xx announces and keeps texts in SM even where ME was set.
  memories: ['SM', 'ME'],
  // Mode 2 is offered and refused by some; E3531 takes nothing but the last one, which announces nothing.
  indications: [
    [2, 1, 0, 0, 0],
    [1, 1, 0, 0, 0],
    [1, 1, 0, 0, 1],
  ],
  iccid: ['AT^ICCID?', iccidFromCard, 'AT+CCID'],
  pinTries: { ask: 'AT^CPIN?', prefix: '^CPIN', place: -3 },
};
