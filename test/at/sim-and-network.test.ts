import { describe, expect, it } from 'vitest';
import {
  bestRegistration,
  parseFunctionality,
  parseIccid,
  parseIdentity,
  parseImei,
  parseImsi,
  parseOperator,
  parseRegistration,
  parseSignal,
  parseSimLock,
} from '../../src/at/answers.ts';

describe('the SIM', () => {
  it.each([
    [['+CPIN: READY'], 'ready'],
    [['+CPIN:READY'], 'ready'],
    [['+CPIN: "READY"'], 'ready'],
    [[], 'ready'],
    [['+CPIN: SIM PIN2'], 'ready'],
    [['+CPIN: SIM PUK2'], 'ready'],
    [['+CPIN: SIM PIN'], 'pin'],
    [['+CPIN: NOT READY'], 'not-ready'],
    [['+CPIN: NOT INSERTED'], 'absent'],
    [['+CPIN: SIM PUK'], 'other'],
    [['+CPIN: PH-NET PIN'], 'other'],
    [['+CPIN: SIM REMOVED'], 'absent'],
    [['+CPIN: SIM not inserted'], 'absent'],
    [['+CPIN: SIM CRASH'], 'failed'],
    [['+CPIN: SIM FAILURE'], 'failed'],
    [['+CPIN: BLOCKED'], 'failed'],
    [['+CPIN: SIM STARTING'], 'unknown'],
  ])('a SIM that answers %j is %s', (lines, lock) => {
    expect(parseSimLock(lines)).toBe(lock);
  });

  it.each([
    [['+CCID: "8982000000000000017"'], '8982000000000000017'],
    [['+ICCID: 89820000000000000175'], '89820000000000000175'],
    [['^ICCID: 8982000000000000017F'], '8982000000000000017'],
    [['+CCID: "898600F0000000000175"'], '898600F0000000000175'],
    [['+QCCID: 8982000000000000017F'], '8982000000000000017'],
    [['8982000000000000017f'], '8982000000000000017'],
    [['+CRSM: 144,0,"982800000000000010F7"'], '8982000000000000017'],
    [['+CRSM: 106,130'], null],
    [['450000000000017'], null],
    [[], null],
  ])('the serial number of the SIM is read from %j', (lines, iccid) => {
    expect(parseIccid(lines)).toBe(iccid);
  });

  it.each([
    [['450000000000017'], '450000000000017'],
    [['+CIMI: 450000000000017'], '450000000000017'],
    [['ERROR'], null],
    [['12345'], null],
  ])('the subscriber’s number is read from %j', (lines, imsi) => {
    expect(parseImsi(lines)).toBe(imsi);
  });
});

describe('the modem', () => {
  it.each([
    [['350000000000017'], '350000000000017'],
    [['+CGSN: 350000000000017'], '350000000000017'],
    [['"350000000000017"'], '350000000000017'],
    [['+CGSN: 35000'], null],
    [['SIM800'], null],
  ])('the IMEI is read from %j', (lines, imei) => {
    expect(parseImei(lines)).toBe(imei);
  });

  it.each([
    [['huawei'], 'huawei'],
    [['WAVECOM MODEM'], 'WAVECOM MODEM'],
    [['+CGMR: LE20B04SIM7600G22'], 'LE20B04SIM7600G22'],
    [['Revision:1418B05SIM800L24'], '1418B05SIM800L24'],
    [['"EC25"'], 'EC25'],
    [[''], null],
    [[], null],
  ])('the identity of the modem is read from %j', (lines, name) => {
    expect(parseIdentity(lines)).toBe(name);
  });

  it.each([
    ['+CFUN: 1', 1],
    ['+CFUN: 4,0', 4],
    ['+CFUN: (0-1,4-7),(0-1)', null],
  ])('the functionality is read from %j', (line, level) => {
    expect(parseFunctionality(line)).toBe(level);
  });
});

describe('the network', () => {
  it.each([
    ['+CREG: 0,1', 'home'],
    ['+CREG: 000,001', 'home'],
    ['+CREG: 2,1,4CA,81DE445', 'home'],
    ['+CREG: 1, E006B, ABE0016', 'home'],
    ['+CREG: 2,1,"0B,"0100701",7', 'home'],
    ['+CREG: 1', 'home'],
    ['+CREG: 0,5', 'roaming'],
    ['+CEREG: 2,7,"2616","DDAEA01",7', 'sms-only'],
    ['+CREG: 2,2', 'searching'],
    ['+CREG: 0,3', 'denied'],
    ['+CREG: 0,0', 'none'],
    ['+CREG: 0,99', null],
    ['+CGREG:002,0005,"0f0d","14c3"', 'roaming'],
    ['+CREG: ', null],
  ])('the registration in %j is read', (line, registration) => {
    expect(parseRegistration(line)).toBe(registration);
  });

  it('a modem counts as registered if one of its domains is', () => {
    expect(bestRegistration(['denied', 'home'])).toBe('home');
    expect(bestRegistration([null, 'searching'])).toBe('searching');
    expect(bestRegistration([null, null])).toBeNull();
  });

  it.each([
    ['+CSQ: 14,99', 14],
    ['+CSQ: 13,0', 13],
    ['+CSQ: 99,99', 99],
    ['+CSQ: 141,99', 99],
    ['+CSQ: ', null],
    ['+CSQ: -1,99', null],
  ])('the signal in %j is read', (line, signal) => {
    expect(parseSignal(line)).toBe(signal);
  });

  it.each([
    ['+COPS: 0,0,"SMART"', 'SMART'],
    ['+COPS: 0,0,"o2 - de",7', 'o2 - de'],
    ['+COPS: 0', null],
    ['+COPS: 0,2,45005', null],
    ['+COPS: 0,0,"",7', null],
  ])('the operator in %j is read', (line, operator) => {
    expect(parseOperator(line)).toBe(operator);
  });
});
