import type { Family } from '../family.ts';
import { cme, cms, plain } from '../reply.ts';
import { gatedByAll, range } from './usual-answers.ts';

/*
 * Two simulators that other projects test against. They say less than modems do: no echo, no notifications of their
 * own, refusals of questions that every modem answers.
 */

/**
 * ofono-phonesim with its own default.xml. `AT+CPMS?` and `AT+CNMI?` are refused, though `AT+CPMS=?` and two forms with
 * three arguments work; an empty memory answers 321, an empty slot `ERROR` and then `OK`.
 */
export const phonesim: Family = {
  name: 'phonesim',
  title: 'ofono-phonesim',
  answers: {
    I: ['Meego Synthetic Phone'],
    '+CGMI': ['Meego'],
    '+CGMM': ['Synthetic Device'],
    '+CGMR': ['REV1'],
    // Ten digits, and no IMEI.
    '+CGSN': ['1234567890'],
    '+GSN': ['1234567890'],
    '+CIMI': ['246813579'],
    '+CSQ': ['+CSQ: 99,99'],
    '+COPS?': ['+COPS: 0,0,"{operator}"'],
    '+CSCS=?': ['+CSCS: "GSM","IRA","PCCP437","PCDN","8859-1","HEX","UCS2"'],
    '+CPMS?': plain('ERROR'),
    '+CNMI?': plain('ERROR'),
    '+CMGD=?': plain('ERROR'),
    '+CMEE=1': plain('ERROR'),
    '+CMEE=2': plain('ERROR'),
    '+CSMS=1': plain('ERROR'),
    '+CSMS?': ['+CSMS: 0,1,1,1'],
  },
  accepted: ['V1', 'Q0', '&C*', '&D*', 'S*', '+CRC=*', '+CUSD=*', '+CSCA=*'],
  knownLines: null,
  searchesForAt: false,
  echoes: false,
  unknown: plain('ERROR'),
  cmee: 0,
  memories: { SM: { capacity: 99, base: 1 }, ME: { capacity: 99, base: 1 } },
  views: {},
  cpms: {
    test: '("SM","ME"),("SM","ME"),("SM")',
    start: ['SM', 'SM', 'SM'],
    setAnswer: 'counts',
    separator: ',',
    fewest: 3,
    most: 3,
    allowed: [['SM', 'ME'], ['SM', 'ME'], ['SM']],
    refusal: plain('ERROR'),
  },
  cnmi: {
    test: '(0,1,2,3),(0,1),(0,1,2),(0),(0,1)',
    start: [1, 1, 0, 0, 0],
    // The original takes any <mt> and stores all the same; here another one than 1 is refused.
    allowed: [range(0, 3), [1], range(0, 2), [0], [0, 1]],
    refused: [],
    refusal: plain('ERROR'),
  },
  alpha: '',
  emptySlot: plain('ERROR\r\nOK'),
  emptyListing: cms(321),
  badIndex: plain('ERROR\r\nOK'),
  cmgdTest: 'range-only',
  cmgdFlags: false,
  fullNotice: null,
  saved: [],
  directForm: 'standard',
  acknowledges: false,
  cdsPrefix: '+CDS: ',
  cdsiMemory: 'SM',
  lte: false,
  location: { answer: '"{lac}","{ci}"', notice: '"{lac}","{ci}"' },
  cpinAnswer: '+CPIN: ',
  boot: {
    portGoneMs: 0,
    steps: [
      { atMs: 0, does: 'answers' },
      { atMs: 0, does: 'sim' },
      { atMs: 0, does: 'sms' },
      { atMs: 0, does: 'network' },
    ],
  },
  partsShareIndex: false,
  rebootCommands: [],
  cdromAfterReset: false,
  noise: ['*TCMD: 2'],
  prompt: '\r\n> ',
  gated: gatedByAll,
  notReady: cms(310),
};

/**
 * The Android emulator's modem. It knows the command lines of one program only, has no memory, and hands each text over
 * as `+CMT: 0` with a PDU in lower case that has no service centre.
 */
export const android: Family = {
  ...phonesim,
  name: 'android',
  title: 'Android emulator',
  answers: {
    '+CGSN': ['000000000000000'],
    '+CIMI': ['310260000000000'],
    '+CSQ': ['+CSQ: {rssi},99,85,130,90,6,4,99,2147483647,2147483647,2147483647,2147483647'],
    '+COPS?': ['+COPS: 0,0,"{operator}"'],
    '+CSMS=1': ['+CSMS: 1, 1, 1'],
    '+CNMI?': ['+CNMI: 1,2,2,1,1'],
    '+CNMI=1,2,2,1,1': [],
    '+CNMA=1': [],
    '+CNMA=2': [],
  },
  accepted: ['Q0', 'V1', 'S0=0', '+CMOD=0', '+COLP=0', '+CSCS="HEX"'],
  knownLines: [
    'E0Q0V1',
    'S0=0',
    'H',
    '+CMEE=1',
    '+CMGF=0',
    '+CFUN=0',
    '+CFUN=1',
    '+CFUN?',
    '+CPIN?',
    '+CPIN=*',
    '+CREG*',
    '+CGREG*',
    '+COPS*',
    '+CSQ',
    '+CSMS=1',
    '+CNMI=1,2,2,1,1',
    '+CNMI?',
    '+CNMA=1',
    '+CNMA=2',
    '+CGSN',
    '+CIMI',
    '+CRSM=*',
    '+CMGD=*',
    '+CMGS=*',
    '+CMGW=*',
    '+CMOD=0',
    '+COLP=0',
    '+CSCS="HEX"',
  ],
  unknown: plain('ERROR: UNSUPPORTED'),
  cmee: 1,
  memories: {},
  cpms: { ...phonesim.cpms, test: '', allowed: [[], [], []] },
  cnmi: { ...phonesim.cnmi, start: [1, 2, 2, 0, 1], allowed: [[1], [2], [2], [0], [1]] },
  emptySlot: 'ok',
  emptyListing: 'ok',
  badIndex: cme(21),
  directForm: 'bare',
  noise: ['%CTZV: 26/11/23:05:00:19+36:0'],
  gated: [],
};
