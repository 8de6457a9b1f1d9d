import { describe, expect, it } from 'vitest';
import { ByteReader, formatHex, parseHex } from '../../src/base/bytes.ts';
import { decodeAddress, encodeAddress, formatAddress, parseAddress } from '../../src/sms/address.ts';

const decode = (hex: string) => decodeAddress(new ByteReader(parseHex(hex) as Uint8Array), 'deliver.sender');

/** What is read, and that writing it gives the same octets. */
const rows: readonly [what: string, hex: string, type: string, text: string][] = [
  ['a Korean number as networks send it', '0BA11050550021F3', 'national', '01055500123'],
  ['an international number', '0C91280155051032', 'international', '+821055500123'],
  ['an odd count of digits', '098121436587F9', 'unknown', '123456789'],
  ['a short number', '04810180', 'unknown', '1008'],
  ['digits * # a b c', '0F911032547698BADCFE', 'international', '+0123456789*#abc'],
  ['an abbreviated number', '09E1BADCBE5AF1', 'abbreviated', '*#abc#*51'],
  ['twenty digits', '148121436587092143658709', 'unknown', '12345678901234567890'],
  ['length 0', '0081', 'unknown', ''],
  ['length 0, international: no plus without a number', '0091', 'international', ''],
  ['a subscriber number of another plan', '0BC87238880900F0', 'subscriber', '27838890000'],
  ['a network number', '03B121F3', 'network-specific', '123'],
  ['a reserved type', '03F121F3', 'reserved', '123'],
  ['letters in seven septets, 13 semi-octets', '0DD1EDF27C1E3E9701', 'alphanumeric', 'message'],
  ['letters in eight septets', '0ED1EDF27C1E3E97E7', 'alphanumeric', 'messages'],
  ['letters in nine septets, 16 semi-octets', '10D0CDF27C1E3E97E72E', 'alphanumeric', 'Messages.'],
  ['letters of the extension', '14D0E10D6FE3DBA036A94D19', 'alphanumeric', 'a[]{}€'],
  ['an @ at the end of two letters', '04D01100', 'alphanumeric', '_@'],
  ['eleven letters', '14D04F78D92D9C0EC3E23119', 'alphanumeric', 'OpenBSCabcd'],
];

describe('an address', () => {
  it.each(rows)('an address is read and written: %s', (_what, hex, type, text) => {
    const address = decode(hex);
    expect({ type: address.type, text: formatAddress(address) }).toEqual({ type, text });
    expect(formatHex(encodeAddress(address))).toBe(hex);
  });

  const lenient: readonly [what: string, hex: string, text: string][] = [
    ['the filler is missing', '0B91160489562609', '+61409865629'],
    ['the type is 00', '0000', ''],
    ['a zero eighth septet pads seven letters', '0ED04F78D92D9C0E01', 'OpenBSC'],
    ['seven letters are counted in whole octets', '0ED0CDF27C1E3E9701', 'Message'],
    ['a filler stands between digits', '04911F32', '+123'],
    ['it is longer than the standard allows', '1881214365870921436587092143', '123456789012345678901234'],
  ];
  it.each(lenient)('an address is read although %s', (_what, hex, text) => {
    expect(formatAddress(decode(hex))).toBe(text);
  });

  it('an address keeps its type of number and numbering plan', () => {
    expect(decode('0BC87238880900F0')).toEqual({ ton: 4, npi: 8, type: 'subscriber', value: '27838890000' });
  });

  it.each([
    ['nothing', '', 0],
    ['a length alone', '0B', 1],
    ['half its digits', '0B911010', 2],
    ['half its letters', '0ED04F78', 2],
  ])('an address with %s is one fault', (_what, hex, octet) => {
    const thrown = (() => {
      try {
        return decode(hex);
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toMatchObject({ code: 'pdu.truncated', facts: { path: 'deliver.sender', octet } });
  });

  it.each([
    ['+821055500123', { ton: 1, npi: 1, type: 'international', value: '821055500123' }],
    ['01055500123', { ton: 0, npi: 1, type: 'unknown', value: '01055500123' }],
    ['*123#', { ton: 0, npi: 1, type: 'unknown', value: '*123#' }],
    ['Web발신', { ton: 5, npi: 0, type: 'alphanumeric', value: 'Web발신' }],
    ['City Hall', { ton: 5, npi: 0, type: 'alphanumeric', value: 'City Hall' }],
  ])('an address is made of %j', (text, address) => {
    expect(parseAddress(text)).toEqual(address);
  });

  it('an address with characters that are not digits is not written', () => {
    const address = { ton: 2, npi: 1, value: '031-324-2114' };
    expect(() => encodeAddress(address)).toThrow(expect.objectContaining({ code: 'address.digits' }));
  });

  it('an address has the type that a Korean network gives it', () => {
    expect(formatHex(encodeAddress(parseAddress('01055500123', 2)))).toBe('0BA11050550021F3');
  });
});
