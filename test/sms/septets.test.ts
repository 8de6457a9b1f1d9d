import { describe, expect, it } from 'vitest';
import { formatHex, parseHex } from '../../src/base/bytes.ts';
import { packSeptets, unpackSeptets } from '../../src/sms/gsm7.ts';

const hello = Uint8Array.from('hellohello', (letter) => letter.charCodeAt(0));
const abc = Uint8Array.from('abcdefghijk', (letter) => letter.charCodeAt(0));

const rows: readonly [name: string, septets: Uint8Array, fillBits: number, hex: string][] = [
  ['nothing', new Uint8Array(), 0, ''],
  ['ten letters', hello, 0, 'E8329BFD4697D9EC37'],
  ['behind no fill bits', abc, 0, '61F1985C369FD169F51A'],
  ['behind 1 fill bit', abc, 1, 'C2E231B96C3EA3D3EA35'],
  ['behind 2 fill bits', abc, 2, '84C56372D97C46A7D56B'],
  ['behind 3 fill bits', abc, 3, '088BC7E4B2F98C4EABD7'],
  ['behind 4 fill bits', abc, 4, '10168FC965F3199D56AF01'],
  ['behind 5 fill bits', abc, 5, '202C1E93CBE6333AAD5E03'],
  ['behind 6 fill bits', abc, 6, '40583C2697CD67745ABD06'],
];

describe('septets', () => {
  it.each(rows)('septets are packed and unpacked: %s', (_name, septets, fillBits, hex) => {
    expect(formatHex(packSeptets(septets, fillBits))).toBe(hex);
    expect(unpackSeptets(parseHex(hex) as Uint8Array, fillBits, septets.length)).toEqual(septets);
  });

  it('only the count tells seven septets from eight, not the octets', () => {
    const octets = parseHex('31D98C56B3DD00') as Uint8Array;
    expect(unpackSeptets(octets, 0, 7)).toHaveLength(7);
    expect([...unpackSeptets(octets, 0, 8)].at(-1)).toBe(0);
  });

  it('septets beyond the octets are zero', () => {
    const longer = parseHex('FFFF') as Uint8Array;
    expect([...unpackSeptets(longer.subarray(0, 1), 0, 4)]).toEqual([0x7f, 0x01, 0, 0]);
  });
});
