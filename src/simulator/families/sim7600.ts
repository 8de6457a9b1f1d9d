import type { CpmsDialect, Family } from '../family.ts';
import { cms, plain } from '../reply.ts';
import { acceptedByAll, gatedByAll, range } from './usual-answers.ts';

const cpms: CpmsDialect = {
  test: '("ME","MT","SM","SR"),("ME","MT","SM"),("ME","SM")',
  start: ['SM', 'SM', 'SM'],
  setAnswer: 'counts',
  separator: ',',
  fewest: 1,
  most: 3,
  allowed: [
    ['ME', 'MT', 'SM', 'SR'],
    ['ME', 'MT', 'SM'],
    ['ME', 'SM'],
  ],
  refusal: cms(302),
};

/** SIMCom SIM7600 (E-H, G-H, SA): words for errors, a used list for +CMGD, a slow start. */
export const sim7600: Family = {
  name: 'sim7600',
  title: 'SIMCom SIM7600G-H',
  answers: {
    I: [
      'Manufacturer: SIMCOM INCORPORATED',
      'Model: SIMCOM_SIM7600G-H',
      'Revision: SIM7600M22_V2.0',
      'IMEI: {imei}',
      '+GCAP: +CGSM',
    ],
    '+CGMI': ['SIMCOM INCORPORATED'],
    '+CGMM': ['SIMCOM_SIM7600G-H'],
    '+CGMR': ['+CGMR: LE20B04SIM7600G22'],
    '+CGSN': ['{imei}'],
    '+CIMI': ['{imsi}'],
    '+CICCID': ['+ICCID: {iccid}'],
    '+SPIC': ['+SPIC: {pinTries},{pukTries},0,10'],
    '+CSQ': ['+CSQ: {rssi},99'],
    '+COPS?': ['+COPS: 0,0,"{operator}",7'],
    '+CSCS=?': ['+CSCS: ("IRA","GSM","UCS2")'],
    '+CNSMOD?': ['+CNSMOD: 0,8'],
  },
  accepted: [...acceptedByAll, '+CNMP=*', '+CNSMOD=*', '+CUSBPIDSWITCH*'],
  knownLines: null,
  searchesForAt: true,
  echoes: true,
  unknown: plain('ERROR'),
  cmee: 2,
  memories: { ME: { capacity: 23, base: 0 }, SM: { capacity: 50, base: 0 }, SR: { capacity: 50, base: 0 } },
  views: { MT: ['ME', 'SM'] },
  cpms,
  cnmi: {
    test: '(0-2),(0-3),(0,2),(0-2),(0,1)',
    start: [2, 1, 0, 0, 0],
    allowed: [range(0, 2), range(0, 3), [0, 2], range(0, 2), [0, 1]],
    refused: [
      [1, 1, 0, 1, null],
      [2, 1, 0, 1, 0],
    ],
    refusal: cms(303),
  },
  alpha: '""',
  emptySlot: cms(321),
  emptyListing: 'ok',
  badIndex: cms(321),
  cmgdTest: 'used',
  cmgdFlags: true,
  fullNotice: '+SMS FULL',
  saved: [],
  directForm: 'standard',
  acknowledges: false,
  cdsPrefix: '+CDS: ',
  cdsiMemory: 'SR',
  lte: true,
  location: { answer: '{lac},{ci}', notice: '{lac},{ci}' },
  cpinAnswer: '+CPIN: ',
  boot: {
    portGoneMs: 4_000,
    steps: [
      { atMs: 1_000, line: 'RDY', does: 'answers' },
      { atMs: 3_000, line: '+CPIN: READY', does: 'sim' },
      { atMs: 6_000, line: 'SMS DONE', does: 'sms' },
      { atMs: 8_000, line: 'PB DONE' },
      { atMs: 56_000, does: 'network' },
    ],
  },
  partsShareIndex: false,
  rebootCommands: ['+CRESET'],
  cdromAfterReset: false,
  noise: [
    '+NITZ: "26/11/23,05:00:19+36,0"',
    '+CNSMOD: 0,8',
    '+CGEV: NW DETACH',
    '+STIN: 25',
    '+CIPEVENT: NETWORK CLOSED UNEXPECTEDLY',
  ],
  prompt: '\r\n> ',
  gated: gatedByAll,
  notReady: cms(314),
};

/** A7670, SIM7670G: parts of a text share one index, `2,2,0,1,0` is refused. */
export const a7670: Family = {
  ...sim7600,
  name: 'a7670',
  title: 'SIMCom A7670E',
  answers: {
    ...sim7600.answers,
    I: [
      'Manufacturer: INCORPORATED',
      'Model: A7670E-FASE',
      'Revision: A110B05A7670M7_F',
      'IMEI: {imei}',
      '+GCAP: +CGSM',
    ],
    '+CGMI': ['INCORPORATED'],
    '+CGMM': ['A7670E-FASE'],
    '+CGMR': ['+CGMR: A110B05A7670M7_F'],
  },
  cnmi: { ...sim7600.cnmi, refused: [[2, 2, 0, 1, 0]] },
  partsShareIndex: true,
  boot: {
    portGoneMs: 4_000,
    steps: [
      { atMs: 1_000, line: '*ATREADY: 1', does: 'answers' },
      { atMs: 3_000, line: '+CPIN: READY', does: 'sim' },
      { atMs: 6_000, line: 'SMS DONE', does: 'sms' },
      { atMs: 8_000, line: 'PB DONE' },
      { atMs: 12_000, does: 'network' },
    ],
  },
};
