import { describe, expect, it } from 'vitest';
import { ByteReader, formatHex, parseHex } from '../../src/base/bytes.ts';
import { decodeDcs } from '../../src/sms/dcs.ts';
import { decodeGsm7, encodeGsm7 } from '../../src/sms/gsm7.ts';
import { capacityOf, decodeUserData, encodeUserData, septetsOf } from '../../src/sms/user-data.ts';
import { payloadOf } from '../support/payload-of.ts';

function decode(hex: string, dcs: number, headed: boolean) {
  return decodeUserData(new ByteReader(parseHex(hex) as Uint8Array), decodeDcs(dcs), headed, 'user-data');
}

const septets: readonly [what: string, hex: string, headed: boolean, text: string][] = [
  ['without a header', '0AE8329BFD4697D9EC37', false, 'hellohello'],
  ['of no length', '00', false, ''],
  ['of no length, a header announced', '00', true, ''],
  ['behind a header of 4 octets', '1003700100088BC7E4B2F98C4EABD7', true, 'abcdefghijk'],
  ['behind a header of 5 octets', '11047002000184C56372D97C46A7D56B', true, 'abcdefghijk'],
  ['behind a header of 6 octets', '12057003000102C2E231B96C3EA3D3EA35', true, 'abcdefghijk'],
  ['behind a header of 7 octets', '130670040001020361F1985C369FD169F51A', true, 'abcdefghijk'],
  ['behind a header of 8 octets', '15077005000102030440583C2697CD67745ABD06', true, 'abcdefghijk'],
  ['behind a header of 9 octets', '16087006000102030405202C1E93CBE6333AAD5E03', true, 'abcdefghijk'],
  ['behind a header of 10 octets', '170970070001020304050610168FC965F3199D56AF01', true, 'abcdefghijk'],
];

describe('user data', () => {
  it.each(septets)('user data in septets %s', (_what, hex, headed, text) => {
    const { udh, userData } = decode(hex, 0, headed);
    expect(decodeGsm7(septetsOf(userData))).toBe(text);
    const again = encodeUserData(udh?.elements ?? null, payloadOf(userData));
    expect(formatHex(again)).toBe(hex);
  });

  it('user data in septets keeps its header if no septet follows', () => {
    const { udh, userData } = decode('06040102000200', 0, true);
    expect(formatHex(udh?.octets ?? new Uint8Array())).toBe('01020002');
    expect(userData.septets).toBe(0);
  });

  it('user data has no septets if the header is longer than the announced length', () => {
    expect(decode('03027000', 0, true).userData.septets).toBe(0);
  });

  it.each([
    ['8 bit', '0306050403', 0x04, false, '060504'],
    ['8 bit behind a header', '0906050415CC000060D8', 0x04, true, '60D8'],
    ['UCS-2', '04D55CAE00', 0x08, false, 'D55CAE00'],
    ['KS C 5601', '02A4B2', 0x84, false, 'A4B2'],
  ])('user data in octets, %s', (_what, hex, dcs, headed, octets) => {
    const { userData } = decode(hex, dcs, headed);
    expect(userData).toMatchObject({ septets: null, fillBits: 0 });
    expect(formatHex(userData.octets)).toBe(octets);
  });

  it.each([
    ['nothing', '', 0x00, false, 'pdu.truncated', 0],
    ['fewer octets than septets need', '0AE8329BFD4697D9EC', 0x00, false, 'pdu.truncated', 1],
    ['fewer octets than the length says', '0461', 0x04, false, 'pdu.truncated', 1],
    ['a header longer than itself', '0206AA', 0x04, true, 'udh.overrun', 1],
    ['a header of 255 octets', '03FF0003', 0x04, true, 'udh.overrun', 1],
    ['a header that takes one octet too many', '0405000102', 0x04, true, 'udh.overrun', 1],
  ])('user data with %s is one fault', (_what, hex, dcs, headed, code, octet) => {
    const thrown = (() => {
      try {
        return decode(hex, dcs, headed);
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toMatchObject({ code, facts: { path: 'user-data', octet } });
  });

  it('user data has room for 160 septets or 140 octets, less its header', () => {
    const concat = { id: 0x00, octets: Uint8Array.of(1, 2, 1) };
    const long = { id: 0x08, octets: Uint8Array.of(0, 1, 2, 1) };
    expect([capacityOf([], true), capacityOf([], false)]).toEqual([160, 140]);
    expect([capacityOf([concat], true), capacityOf([concat], false)]).toEqual([153, 134]);
    expect([capacityOf([long], true), capacityOf([long], false)]).toEqual([152, 133]);
  });

  it('user data is written after any header', () => {
    const element = { id: 0x70, octets: Uint8Array.of(0) };
    expect(formatHex(encodeUserData([element], { septets: encodeGsm7('abcdefghijk') }))).toBe(
      '1003700100088BC7E4B2F98C4EABD7',
    );
    expect(formatHex(encodeUserData([], { octets: Uint8Array.of(1) }))).toBe('020001');
    expect(formatHex(encodeUserData(null, { octets: Uint8Array.of(1) }))).toBe('0101');
  });
});
