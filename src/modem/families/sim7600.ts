import type { ModemFamily } from '../families.ts';
import { generic, iccidFromCard } from './generic.ts';

/** SIM7600 and, as variants, A7600, A7670 and SIM7670. */
export const sim7600: ModemFamily = {
  ...generic,
  name: 'sim7600',
  identity: /(?:SIM7|A76)\d\d/i,
  memories: ['ME', 'SM'],
  indications: [
    [2, 1, 0, 0, 0],
    [1, 1, 0, 0, 0],
  ],
  iccid: ['AT+ICCID', 'AT+CICCID', iccidFromCard],
  pinTries: { ask: 'AT+SPIC', prefix: '+SPIC', place: 0 },
  // A7600E-H takes up to two minutes for a full memory.
  listSilenceMs: 120_000,
  sharesSlots: /7670/,
  acknowledges: false,
  survivesRestart: true,
};
