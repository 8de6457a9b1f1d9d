import type { Family } from '../family.ts';
import { cms, plain } from '../reply.ts';
import { sim800 } from './sim800.ts';
import { sim7600 } from './sim7600.ts';
import { range } from './usual-answers.ts';

/** Wavecom: `+CPIN: READY` without `OK`, no revision, a blank before the maker, +CPMS with two arguments only. */
export const wavecom: Family = {
  ...sim800,
  name: 'wavecom',
  title: 'Wavecom modem',
  answers: {
    '+CGMI': [' WAVECOM MODEM'],
    '+CGMM': [' MULTIBAND  900E  1800'],
    '+CGMR': plain('ERROR'),
    '+CGSN': ['{imei}'],
    '+CIMI': ['{imsi}'],
    '+CCID': ['+CCID: "{iccid}"'],
    '+CSQ': ['+CSQ: {rssi},0'],
    '+COPS?': ['+COPS: 0,0,"{operator}"'],
  },
  memories: { SM: { capacity: 20, base: 1 }, SR: { capacity: 10, base: 1 }, BM: { capacity: 10, base: 1 } },
  views: {},
  cpms: {
    ...sim800.cpms,
    test: '(("SM","BM","SR"),("SM"))',
    start: ['SM', 'SM', 'SM'],
    fewest: 1,
    most: 2,
    allowed: [['SM', 'BM', 'SR'], ['SM'], []],
  },
  alpha: '',
  emptySlot: cms(321),
  cmgdTest: 'range',
  boot: {
    portGoneMs: 0,
    steps: [
      { atMs: 1_500, does: 'answers' },
      { atMs: 3_000, does: 'sim' },
      { atMs: 4_000, does: 'sms' },
      { atMs: 5_000, does: 'network' },
    ],
  },
  noise: ['+WIND: 4', '+WIND: 7', '+CREG: 1'],
};

/** Cinterion MC75i: only bfr=1 is taken, mem3 is the SIM. */
export const mc75i: Family = {
  ...sim800,
  name: 'mc75i',
  title: 'Cinterion MC75i',
  answers: {
    I: ['Cinterion', 'MC75i', 'REVISION 01.100'],
    '+CGMI': ['Cinterion'],
    '+CGMM': ['MC75i'],
    '+CGMR': ['REVISION 01.100'],
    '+CGSN': ['{imei}'],
    '+CIMI': ['{imsi}'],
    '^SCID': ['^SCID: {iccid}'],
    '+CSQ': ['+CSQ: {rssi},99'],
    '+COPS?': ['+COPS: 0,0,"{operator}"'],
  },
  memories: { ME: { capacity: 25, base: 1 }, SM: { capacity: 20, base: 1 } },
  views: { MT: ['SM', 'ME'] },
  cpms: {
    ...sim800.cpms,
    test: '("ME","SM","MT"),("ME","SM","MT"),("SM","MT")',
    start: ['ME', 'ME', 'SM'],
    allowed: [
      ['ME', 'SM', 'MT'],
      ['ME', 'SM', 'MT'],
      ['SM', 'MT'],
    ],
  },
  cnmi: {
    test: '(0-3),(0,1),(0,2,3),(0,2),(1)',
    start: [0, 0, 0, 0, 1],
    allowed: [range(0, 3), [0, 1], [0, 2, 3], [0, 2], [1]],
    refused: [],
    refusal: cms(303),
  },
  alpha: '',
  emptySlot: 'zeros',
  acknowledges: true,
  boot: {
    portGoneMs: 0,
    steps: [
      { atMs: 3_000, line: '^SYSSTART', does: 'answers' },
      { atMs: 4_000, does: 'sim' },
      { atMs: 6_000, does: 'sms' },
      { atMs: 8_000, does: 'network' },
    ],
  },
  noise: ['+CREG: 1', '^SHUTDOWN'],
};

/** T77W968: new texts go to a mem3 that moves only when all three arguments are given. */
export const t77w968: Family = {
  ...sim7600,
  name: 't77w968',
  title: 'Foxconn T77W968',
  answers: {
    ...sim7600.answers,
    I: [
      'Manufacturer: QUALCOMM INCORPORATED',
      'Model: T77W968',
      'Revision: T77W968.F0.0.0.3.3',
      'IMEI: {imei}',
    ],
    '+CGMI': ['QUALCOMM INCORPORATED'],
    '+CGMM': ['T77W968'],
    '+CGMR': ['T77W968.F0.0.0.3.3'],
  },
  memories: { ME: { capacity: 23, base: 0 }, SM: { capacity: 10, base: 0 } },
  cpms: { ...sim7600.cpms, start: ['ME', 'ME', 'SM'], test: '("ME","MT","SM"),("ME","MT","SM"),("ME","SM")' },
  fullNotice: null,
  alpha: '',
};
