import type { Family } from '../family.ts';
import { cme, cms, plain } from '../reply.ts';
import { acceptedByAll, gatedByAll, plainCpms, range } from './common.ts';

/** ZTE MF190 and its kin (MF180, MF626, K3565-Z). */
export const zte: Family = {
  name: 'zte',
  title: 'ZTE MF190',
  answers: {
    I: [
      'Manufacturer: ZTE CORPORATION',
      'Model: MF190',
      'Revision: BD_MF190V1.0.0B02',
      'IMEI: {imei}',
      '+GCAP: +CGSM,+DS,+ES',
    ],
    '+CGMI': ['ZTE CORPORATION'],
    '+CGMM': ['MF190'],
    '+CGMR': ['BD_MF190V1.0.0B02'],
    '+CGSN': ['{imei}'],
    '+CIMI': ['{imsi}'],
    '+ZGETICCID': ['+ZGETICCID: {iccid}'],
    '+ZPINPUK=?': ['+ZPINPUK: {pinTries},{pukTries}'],
    '+CSQ': ['+CSQ: {rssi},99'],
    '+COPS?': ['+COPS: 0,0,"{operator}",2'],
    // Answers the question as if it had been asked for the test (K3565-Z).
    '+CFUN?': ['+CFUN: (0-1,4-7),(0-1)'],
    '+CSCS=?': ['+CSCS: ("IRA","GSM","UCS2")'],
  },
  accepted: [...acceptedByAll, '+ZCDRUN=*', '+ZSNT=*', '+ZOPRT=*'],
  unknown: plain('ERROR'),
  cmee: 0,
  memories: { ME: { capacity: 100, base: 0 }, SM: { capacity: 50, base: 1 }, SR: { capacity: 100, base: 0 } },
  views: { MT: ['ME', 'SM'] },
  cpms: plainCpms(['ME', 'MT', 'SM', 'SR'], 'ME'),
  cnmi: {
    test: '(0-2),(0-3),(0,2),(0-2),(0,1)',
    start: [1, 0, 0, 0, 0],
    allowed: [range(0, 2), range(0, 3), [0, 2], range(0, 2), [0, 1]],
    // Mode 2 is offered and refused.
    refused: [[2, null, null, null, null]],
    refusal: cms(303),
  },
  alpha: '',
  emptySlot: cms(321),
  badIndex: cms(321),
  cmgdTest: { line: '(0-99),(0-4)' },
  cmgdFlags: true,
  fullNotice: '+ZSMMEMFULL',
  saved: [],
  acknowledges: true,
  cdsPrefix: '+CDS: ,',
  cdsiMemory: 'SR',
  lte: false,
  location: { answer: '"{lac}","{ci}"', notice: '"{lac}","{ci}"' },
  cpinAnswer: '+CPIN: ',
  boot: {
    portGoneMs: 4_000,
    steps: [
      { atMs: 0, does: 'answers' },
      { atMs: 1_500, line: '+ZUSIMR:2', does: 'sim' },
      { atMs: 3_500, line: '+ZUSIMR:2', does: 'sms' },
      { atMs: 5_000, line: '+ZDONR: "SKTelecom",450,5,"CS_PS","ROAM_OFF"', does: 'network' },
      { atMs: 5_500, line: '+ZPASR: "UMTS"' },
    ],
  },
  partsShareIndex: false,
  rebootCommands: ['+ZRST'],
  cdromAfterReset: true,
  noise: [
    '+ZUSIMR:2',
    '+ZDONR: "SKTelecom",450,5,"CS_PS","ROAM_OFF"',
    '+ZPASR: "UMTS"',
    '+ZPASR: "No Service"',
    '+ZPSTM: 1',
    '+ZEND',
    'DODGY',
  ],
  prompt: '\r\n> \r\n',
  gated: gatedByAll,
  notReady: cme(14),
};

/** MF710: blanks behind the commas of +CPMS, words of its own for errors. */
export const mf710: Family = {
  ...zte,
  name: 'mf710',
  title: 'ZTE MF710',
  answers: { ...zte.answers, '+CGMM': ['MF710M'], '+CGMR': ['BD_MF710MV1.0.0B03'] },
  unknown: cme(100),
  cmee: 1,
  memories: { ME: { capacity: 50, base: 0 }, SM: { capacity: 50, base: 1 } },
  views: { MT: ['ME', 'SM'] },
  cpms: { ...plainCpms(['ME', 'MT', 'SM'], 'ME'), separator: ', ' },
};
