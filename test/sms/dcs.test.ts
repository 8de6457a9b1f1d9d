import { describe, expect, it } from 'vitest';
import { decodeDcs, encodeDcs } from '../../src/sms/dcs.ts';

type Row = readonly [octet: number, alphabet: string, messageClass: number | null];

const rows: readonly Row[] = [
  // 00xx: general
  [0x00, 'gsm7', null],
  [0x03, 'gsm7', null],
  [0x04, '8bit', null],
  [0x08, 'ucs2', null],
  [0x0c, 'gsm7', null],
  [0x10, 'gsm7', 0],
  [0x11, 'gsm7', 1],
  [0x15, '8bit', 1],
  [0x18, 'ucs2', 0],
  [0x19, 'ucs2', 1],
  [0x1f, 'gsm7', 3],
  // 01xx: the same, marked for deletion
  [0x40, 'gsm7', null],
  [0x44, '8bit', null],
  [0x48, 'ucs2', null],
  [0x5a, 'ucs2', 2],
  // 10xx: reserved, but for Korea
  [0x80, 'gsm7', null],
  [0x84, 'ksc5601', null],
  [0x88, 'gsm7', null],
  [0x90, 'gsm7', null],
  [0x95, 'ksc5601', 1],
  [0xa4, 'gsm7', null],
  [0xb0, 'gsm7', null],
  [0xb4, 'gsm7', null],
  // 1100, 1101, 1110: message waiting
  [0xc0, 'gsm7', null],
  [0xc8, 'gsm7', null],
  [0xd0, 'gsm7', null],
  [0xe1, 'ucs2', null],
  [0xef, 'ucs2', null],
  // 1111: data and class
  [0xf0, 'gsm7', 0],
  [0xf1, 'gsm7', 1],
  [0xf5, '8bit', 1],
  [0xf6, '8bit', 2],
  [0xf9, 'gsm7', 1],
  [0xff, '8bit', 3],
];

describe('a data coding scheme', () => {
  it.each(rows)('F6: the coding scheme %i is %s of class %s', (octet, alphabet, messageClass) => {
    expect(decodeDcs(octet)).toMatchObject({ octet, alphabet, class: messageClass, compressed: false });
  });

  it('only the general groups have compression', () => {
    const compressed = Array.from({ length: 256 }, (_, octet) => octet).filter(
      (octet) => decodeDcs(octet).compressed,
    );
    expect(compressed.map((octet) => octet & 0xa0)).toEqual(Array(64).fill(0x20));
  });

  it('only group 01xx marks texts for deletion', () => {
    expect([0x00, 0x40, 0x58, 0x80, 0xc0].map((octet) => decodeDcs(octet).automaticDeletion)).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
  });

  it.each([
    [0xc8, { kind: 'voicemail', active: true, discard: true }],
    [0xc1, { kind: 'fax', active: false, discard: true }],
    [0xda, { kind: 'email', active: true, discard: false }],
    [0xe3, { kind: 'other', active: false, discard: false }],
    [0x00, null],
    [0xf1, null],
  ])('the coding scheme %i announces waiting messages: %j', (octet, waiting) => {
    expect(decodeDcs(octet).waiting).toEqual(waiting);
  });

  it.each([
    ['gsm7', null, 0x00],
    ['8bit', null, 0x04],
    ['ucs2', null, 0x08],
    ['ksc5601', null, 0x84],
    ['gsm7', 0, 0x10],
    ['ucs2', 1, 0x19],
    ['ksc5601', 1, 0x95],
  ] as const)('the coding scheme for %s of class %s is %i', (alphabet, messageClass, octet) => {
    expect(encodeDcs(alphabet, messageClass)).toBe(octet);
    expect(decodeDcs(octet)).toMatchObject({ alphabet, class: messageClass });
  });
});
