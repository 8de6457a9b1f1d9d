import { describe, expect, it } from 'vitest';
import { formatHex, parseHex } from '../../src/base/bytes.ts';
import { parseAddress } from '../../src/sms/address.ts';
import { decodeDcs } from '../../src/sms/dcs.ts';
import {
  callbackElement,
  callbackOf,
  concatElement,
  concatOf,
  messageWaitingOf,
  portsElement,
  portsOf,
  specialIndicationsOf,
} from '../../src/sms/elements.ts';
import { languageElements, languagesOf } from '../../src/sms/languages.ts';
import { decodeUdh, encodeUdh } from '../../src/sms/udh.ts';

const udh = (hex: string) => decodeUdh(parseHex(hex) as Uint8Array);

describe('concatenation', () => {
  it.each([
    ['00032A0201', { ref: 42, bits: 8, total: 2, seq: 1 }],
    ['0804BEEF0302', { ref: 0xbeef, bits: 16, total: 3, seq: 2 }],
    ['0003FFFFFF', { ref: 255, bits: 8, total: 255, seq: 255 }],
  ] as const)('%s is a place in a message, and is written so', (hex, concat) => {
    expect(concatOf(udh(hex))).toEqual(concat);
    expect(formatHex(encodeUdh([concatElement(concat)]))).toBe(hex);
  });

  it.each([
    ['total 0', '0003070000'],
    ['sequence 0', '0003070200'],
    ['sequence above the total', '0003070203'],
    ['an octet too few', '00020701'],
    ['an octet too many', '000407020100'],
    ['a long one with an octet too few', '0803070201'],
    ['no element', '7000'],
  ])('an element with %s is not a concatenation', (_what, hex) => {
    expect(concatOf(udh(hex))).toBeNull();
  });

  it('the last of two concatenation elements counts, 8 and 16 bit alike', () => {
    expect(concatOf(udh('00030702010003080302'))).toMatchObject({ ref: 8, total: 3, seq: 2 });
    expect(concatOf(udh('00030702010804000A0302'))).toMatchObject({ ref: 10, bits: 16 });
    expect(concatOf(udh('0804000A03020003070201'))).toMatchObject({ ref: 7, bits: 8 });
  });

  it('the last valid concatenation element counts', () => {
    expect(concatOf(udh('00030702010003080300'))).toMatchObject({ ref: 7, total: 2, seq: 1 });
  });

  it('a text without a header is not a part', () => {
    expect(concatOf(null)).toBeNull();
  });
});

describe('ports', () => {
  it.each([
    ['05040B8423F0', { destination: 2948, source: 9200, bits: 16 }],
    ['0402F5F0', { destination: 245, source: 240, bits: 8 }],
  ] as const)('%s are read and written', (hex, ports) => {
    expect(portsOf(udh(hex))).toEqual(ports);
    expect(formatHex(encodeUdh([portsElement(ports)]))).toBe(hex);
  });

  it.each(['05030B8423', '040105', '7000'])('the header %s has no ports', (hex) => {
    expect(portsOf(udh(hex))).toBeNull();
  });
});

describe('the number to call back', () => {
  it.each([
    ['22080B811010325476F8', '01012345678'],
    ['22080C91280155050021', '+821055500012'],
    ['22020081', ''],
    ['22020400', null],
    ['220104', null],
    ['2200', null],
    ['7000', null],
  ])('the number to call back in %s is %j', (hex, callback) => {
    expect(callbackOf(udh(hex))).toBe(callback);
  });

  it('the number to call back is written as it is read', () => {
    const element = callbackElement(parseAddress('0313242114'));
    expect(callbackOf(udh(formatHex(encodeUdh([element]))))).toBe('0313242114');
  });
});

describe('national languages', () => {
  it.each([
    ['240101250101', { single: 1, locking: 1 }],
    ['25010D', { single: 0, locking: 13 }],
    ['240102', { single: 2, locking: 0 }],
  ] as const)('%s asks for tables, and is written so', (hex, languages) => {
    expect(languagesOf(udh(hex))).toEqual(languages);
    expect(formatHex(encodeUdh(languageElements(languages)))).toBe(hex);
  });

  it.each([
    ['an identifier that does not exist', '24010E'],
    ['a reserved identifier', '2501FF'],
    ['no identifier', '2400'],
    ['two identifiers', '24020102'],
    ['decimal 24 and 25', '180101190101'],
  ])('a header with %s asks for no national language', (_what, hex) => {
    expect(languagesOf(udh(hex))).toEqual({ single: 0, locking: 0 });
  });
});

describe('message waiting', () => {
  it.each([
    ['01020002', [{ kind: 0, count: 2, store: false }]],
    [
      '01028003' + '01020101',
      [
        { kind: 0, count: 3, store: true },
        { kind: 1, count: 1, store: false },
      ],
    ],
    ['010100', []],
  ])('waiting messages are announced: %s in a header', (hex, indications) => {
    expect(specialIndicationsOf(udh(hex))).toEqual(indications);
  });

  it.each([
    ['by its coding group', 0xc8, null, { waiting: true, discard: true }],
    ['by its coding group, to be kept', 0xd8, null, { waiting: true, discard: false }],
    ['by its header', 0x00, '01020002', { waiting: true, discard: true }],
    ['by its header, to be kept', 0x00, '01028002', { waiting: true, discard: false }],
    ['by neither', 0x00, '0003010201', { waiting: false, discard: false }],
    ['by neither, without a header', 0x08, null, { waiting: false, discard: false }],
  ])('waiting messages are announced %s', (_what, dcs, hex, expected) => {
    const part = { dcs: decodeDcs(dcs), udh: hex === null ? null : udh(hex) };
    expect(messageWaitingOf(part)).toEqual(expected);
  });
});
