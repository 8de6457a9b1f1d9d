import { describe, expect, it } from 'vitest';
import { formatHex, parseHex } from '../../src/base/bytes.ts';
import { decodeUdh, encodeUdh } from '../../src/sms/udh.ts';

const decode = (hex: string) => decodeUdh(parseHex(hex) as Uint8Array);
const elements = (hex: string) => decode(hex).elements.map(({ id, octets }) => [id, formatHex(octets)]);

const rows: readonly [what: string, hex: string, elements: [number, string][]][] = [
  ['nothing', '', []],
  ['concatenation', '0003010201', [[0x00, '010201']]],
  ['an element without octets', '7000', [[0x70, '']]],
  [
    'elements in any order, unknown ones between',
    '70010005040B8423F000032A0202',
    [
      [0x70, '00'],
      [0x05, '0B8423F0'],
      [0x00, '2A0202'],
    ],
  ],
  [
    'like elements, all of them',
    '0003070201' + '0003080302',
    [
      [0x00, '070201'],
      [0x00, '080302'],
    ],
  ],
  ['an element of 137 octets', `1289${'AA'.repeat(137)}`, [[0x12, 'AA'.repeat(137)]]],
];

describe('a user data header', () => {
  it.each(rows)('a user data header of %s is read and written', (_what, hex, expected) => {
    expect(elements(hex)).toEqual(expected);
    expect(formatHex(encodeUdh(decode(hex).elements))).toBe(hex);
  });

  it.each([
    ['an element longer than the header', '0004010201'],
    ['an element longer than the header behind a good one', '0003010201' + '7005AA'],
    ['an identifier without a length', '000301020108'],
    ['a length of 255', '00FF01'],
  ])('a user data header with %s has no elements, and keeps its octets', (_what, hex) => {
    expect(elements(hex)).toEqual([]);
    expect(formatHex(decode(hex).octets)).toBe(hex);
  });
});
