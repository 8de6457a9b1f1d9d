import { describe, expect, it } from 'vitest';
import { isNotification, parseDirectHeader, parseNotification } from '../../src/at/notification.ts';

describe('what a modem says unasked', () => {
  it.each([
    ['+CMTI: "SM",3', { kind: 'stored', memory: 'SM', slot: 3, report: false }],
    ['+CMTI: "ME",0', { kind: 'stored', memory: 'ME', slot: 0, report: false }],
    ['+CMTI: "SM",-1', { kind: 'stored', memory: 'SM', slot: null, report: false }],
    ['+CMTI: ,-1', { kind: 'stored', memory: null, slot: null, report: false }],
    ['+CMTI:', { kind: 'stored', memory: null, slot: null, report: false }],
    ['+CDSI: "SR",50', { kind: 'stored', memory: 'SR', slot: 50, report: true }],
    ['RDY', { kind: 'rebooted' }],
    ['^SYSSTART', { kind: 'rebooted' }],
    ['*ATREADY: 1', { kind: 'rebooted' }],
    ['NORMAL POWER DOWN', { kind: 'rebooted' }],
    ['UNDER-VOLTAGE POWER DOWN', { kind: 'rebooted' }],
    ['POWERED DOWN', { kind: 'rebooted' }],
    ['+CFUN: 1', { kind: 'starting' }],
    ['+CPIN: READY', { kind: 'starting' }],
    ['Call Ready', { kind: 'starting' }],
    ['SMS Ready', { kind: 'starting' }],
    ['SMS DONE', { kind: 'starting' }],
    ['PB DONE', { kind: 'starting' }],
    ['+QUSIM: 1', { kind: 'suspicious' }],
    ['+QIND: SMS DONE', { kind: 'starting' }],
    ['^BOOT:27710117,0,0,0,75', { kind: 'suspicious' }],
    ['+CPIN: NOT READY', { kind: 'sim-lost' }],
    ['+CPIN: NOT INSERTED', { kind: 'sim-lost' }],
    ['+CPIN: SIM REMOVED', { kind: 'sim-lost' }],
    ['+CPIN: SIM CRASH', { kind: 'sim-lost' }],
    ['+QUSIM: 0', { kind: 'sim-lost' }],
    ['+QSIMSTAT: 0,0', { kind: 'sim-lost' }],
    ['^SIMST:255', { kind: 'sim-lost' }],
    ['^SMMEMFULL:"SM"', { kind: 'full' }],
    ['+SMS FULL', { kind: 'full' }],
    ['+ZSMMEMFULL', { kind: 'full' }],
    ['+QIND: "smsfull","ME"', { kind: 'full' }],
    ['RING', { kind: 'ring' }],
    ['^RSSI:18', { kind: 'noise', name: '^RSSI' }],
    ['^HCSQ:"LTE",60,52,106,24', { kind: 'noise', name: '^HCSQ' }],
    ['+ZUSIMR:2', { kind: 'noise', name: '+ZUSIMR' }],
    ['*PSUTTZ: 2022,9,14,4,55,1', { kind: 'noise', name: '*PSUTTZ' }],
    ['+QIND: "csq",24,99', { kind: 'noise', name: '+QIND' }],
    ['$GPGGA,1,2', { kind: 'noise', name: '$GPGGA' }],
    ['^X01055500123', { kind: 'noise', name: '^X' }],
    ['^Hello there', { kind: 'noise', name: 'unknown' }],
    ['DODGY', { kind: 'noise', name: 'unknown' }],
    ['DST: 0', { kind: 'noise', name: 'unknown' }],
    ['UNDER-VOLTAGE WARNNING', { kind: 'voltage' }],
  ])('the notification %j is understood', (line, notification) => {
    expect(isNotification(line)).toBe(true);
    expect(parseNotification(line)).toEqual(notification);
  });

  it.each(['OK', 'huawei', '0791280101', 'SIM800 R14.18', '359853035323129', '+', '+8210'])(
    'the line %j is not a notification',
    (line) => {
      expect(isNotification(line)).toBe(false);
    },
  );

  it.each([
    ['+CMT: ,24', 'text', 24],
    ['+CMT: "",24', 'text', 24],
    ['+CMT:,36', 'text', 36],
    ['+CDS: 25', 'report', 25],
    ['+CDS: ,25', 'report', 25],
    ['+CBM: 88', 'broadcast', 88],
    ['+CMT: "Kim 26/11/23",24', 'text', 24],
  ])('the line %j is the header of a direct message', (line, kind, announcedLength) => {
    expect(parseDirectHeader(line)).toEqual({ kind, announcedLength, textMode: false, line });
  });

  it.each([
    '+CMT: "+82",,"26/11/23"',
    '+CMT: "+82",,"26/11/23,14:20:00+36",145,4,0,0,"+8210",145,10',
    '+CMT: +82,,26/11/23,14:20:00+36',
  ])('the line %j is the header of a direct text in words', (line) => {
    expect(parseDirectHeader(line)).toMatchObject({ kind: 'text', textMode: true, line });
  });

  it.each(['+CMTI: "SM",1', '+CDSI: "SR",1', 'OK'])(
    'the line %j is not the header of a direct message',
    (line) => {
      expect(parseDirectHeader(line)).toBeNull();
    },
  );
});
