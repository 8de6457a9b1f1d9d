import type { ModemFamily } from '../families.ts';

/** Reads the card's own file; the one way that every maker with 3GPP TS 27.007 §8.18 has. */
export const iccidFromCard = 'AT+CRSM=176,12258,0,0,10';

/** A modem of no family that is known here: what the standard says, asked for in every spelling. */
export const generic: ModemFamily = {
  name: 'generic',
  identity: /(?:)/,
  extras: [],
  memories: ['ME', 'SM', 'MT'],
  indications: [],
  iccid: ['AT+CCID', 'AT+ICCID', 'AT^ICCID?', 'AT+QCCID', iccidFromCard],
  pinTries: null,
  listSilenceMs: 30_000,
  acknowledges: true,
  sharesSlots: null,
  hangUp: ['AT+CHUP', 'ATH'],
  gapMs: 0,
  survivesRestart: false,
};
