import type { Family } from '../family.ts';
import { cme, cms, plain } from '../reply.ts';
import { acceptedByAll, gatedByAll, plainCpms, range } from './common.ts';

/** Huawei E173 and its kin (E1752, E160, K3715). */
export const huawei: Family = {
  name: 'huawei',
  title: 'Huawei E173',
  answers: {
    I: [
      'Manufacturer: huawei',
      'Model: E173',
      'Revision: 11.126.16.00.715',
      'IMEI: {imei}',
      '+GCAP: +CGSM,+DS,+ES',
    ],
    '+CGMI': ['huawei'],
    '+CGMM': ['E173'],
    '+CGMR': ['11.126.16.00.715'],
    '+CGSN': ['{imei}'],
    '+GSN': ['{imei}'],
    '+CIMI': ['{imsi}'],
    '^ICCID?': ['^ICCID: {iccid}'],
    '^CPIN?': ['^CPIN: {pinState},{pinTries},{pukTries},{pinTries},10,3'],
    '+CSQ': ['+CSQ: {rssi},99'],
    '+COPS?': ['+COPS: 0,0,"{operator}",2'],
    '+CSCS=?': ['+CSCS: ("IRA","GSM","UCS2")'],
    '^SYSINFO': ['^SYSINFO:2,3,0,5,1,,4'],
    '^HWVER': ['^HWVER:"CD6E173UM"'],
  },
  accepted: [...acceptedByAll, '^CURC=*', '^PORTSEL=*', '^SYSCFG=*', '^U2DIAG=*', '^DSFLOWCLR'],
  unknown: plain('COMMAND NOT SUPPORT'),
  cmee: 0,
  memories: { ME: { capacity: 23, base: 0 }, SM: { capacity: 50, base: 0 }, SR: { capacity: 10, base: 0 } },
  views: { MT: ['ME', 'SM'] },
  cpms: plainCpms(['ME', 'MT', 'SM', 'SR'], 'SM'),
  cnmi: {
    test: '(0-2),(0-3),(0,2),(0-2),(0,1)',
    start: [0, 0, 0, 0, 0],
    allowed: [range(0, 2), range(0, 3), [0, 2], range(0, 2), [0, 1]],
    refused: [],
    refusal: cms(303),
  },
  alpha: '',
  emptySlot: 'ok',
  badIndex: cms(321),
  cmgdTest: { line: '(0-254),(0-4)' },
  cmgdFlags: true,
  fullNotice: '^SMMEMFULL:"{memory}"',
  saved: [],
  acknowledges: true,
  cdsPrefix: '+CDS: ',
  cdsiMemory: 'SR',
  lte: false,
  location: { answer: '{lac},{ci}', notice: ' {lac}, {ci}' },
  cpinAnswer: '+CPIN: ',
  boot: {
    portGoneMs: 4_000,
    steps: [
      { atMs: 0, does: 'answers' },
      { atMs: 1_000, line: '^BOOT:27710117,0,0,0,75' },
      { atMs: 2_500, line: '^SIMST:1', does: 'sim' },
      { atMs: 3_000, line: '^SRVST:2', does: 'sms' },
      { atMs: 4_000, line: '^RSSI:18' },
      { atMs: 5_000, line: '^MODE:5,4', does: 'network' },
    ],
  },
  partsShareIndex: false,
  rebootCommands: ['^RESET'],
  cdromAfterReset: true,
  noise: [
    '^RSSI:18',
    '^MODE:5,4',
    '^HCSQ:"WCDMA",39,29,45',
    '^DSFLOWRPT:0000003C,00000000,00000000,0000000000000000,0000000000000000,00000000,00000000',
    '^SRVST:2',
    '^STIN: 7,0,0',
    '^NWTIME: 26/11/23,05:00:21+36,00',
    '^CSNR:-93,-23',
    '^HWNAT:06',
    '^BOOT:27710117,0,0,0,75',
  ],
  prompt: '\r\n> ',
  gated: gatedByAll,
  notReady: cme(14),
};

/** E220: a set of +CPMS answers `OK` alone. */
export const e220: Family = {
  ...huawei,
  name: 'e220',
  title: 'Huawei E220',
  answers: { ...huawei.answers, '+CGMM': ['E220'], '+CGMR': ['11.117.10.00.00'] },
  cpms: { ...huawei.cpms, setAnswer: 'none' },
};

/** E3531, E3372: newer sticks, no MT, one working +CNMI. */
export const e3531: Family = {
  ...huawei,
  name: 'e3531',
  title: 'Huawei E3531',
  answers: { ...huawei.answers, '+CGMM': ['E3531'], '+CGMR': ['21.158.13.03.112'] },
  memories: { ME: { capacity: 100, base: 0 }, SM: { capacity: 50, base: 1 } },
  views: {},
  cpms: plainCpms(['SM', 'ME'], 'SM'),
  cnmi: {
    ...huawei.cnmi,
    refused: [
      [1, null, null, null, null],
      [2, null, null, 0, null],
      [2, null, null, 2, null],
    ],
  },
  emptySlot: cms(321),
  noise: [...huawei.noise, '^HCSQ:"LTE",60,52,106,24'],
};
