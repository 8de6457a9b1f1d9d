import { describe, expect, it } from 'vitest';
import { splitGlued } from '../../src/at/dialogue-lines.ts';

const pdu = '07912801012000F0040B818001';

describe('lines that a modem glued together', () => {
  it.each([
    ['+CME ERROR: 25+CNUM: ,"1",129', ['+CME ERROR: 25', '+CNUM: ,"1",129']],
    ['ERROR+CNUM: 1', ['ERROR', '+CNUM: 1']],
    ['OK+CMTI: "SM",1', ['OK', '+CMTI: "SM",1']],
    [`${pdu}+CMGL: 2,1,,24`, [pdu, '+CMGL: 2,1,,24']],
    [`${pdu}OK`, [pdu, 'OK']],
    [`${pdu}ERROR`, [pdu, 'ERROR']],
    ['+CSQ: 14,99+CMTI: "SM",1', ['+CSQ: 14,99', '+CMTI: "SM",1']],
    ['^RSSI:26+CMT: ,24', ['^RSSI:26', '+CMT: ,24']],
    ['+CPMS: "ME",0,50OK', ['+CPMS: "ME",0,50', 'OK']],
    ['+CSQ: 14,99+CMS ERROR: 500', ['+CSQ: 14,99', '+CMS ERROR: 500']],
    [`${pdu}+CMGL: 2,1,,24+CMTI: "ME",3`, [pdu, '+CMGL: 2,1,,24', '+CMTI: "ME",3']],
  ])('the glued lines %j are split', (line, parts) => {
    expect(splitGlued(line)).toEqual(parts);
  });

  it.each([
    'OK',
    'ERROR',
    '+CMS ERROR: 321',
    '+CMTI: "SM",1',
    '+CMGL: 1,1,"",24',
    pdu,
    '359853035323129',
    '+COPS: 0,0,"BOOK",7',
    'SIMCOM INCORPORATED',
    '*PSUTTZ: 2022,9,14,4,55,1',
    '+CIEV: 10,"45202","VinaPhone","", 0, 0',
    'LOOK',
  ])('the line %j stays whole', (line) => {
    expect(splitGlued(line)).toEqual([line]);
  });
});
