import { describe, expect, it } from 'vitest';
import { formatHex } from '../../src/base/bytes.ts';
import { type EncodeTextOptions, encodeText, type Segment } from '../../src/sms/encode-text.ts';

const units = ({ payload }: Segment): Uint8Array => ('septets' in payload ? payload.septets : payload.octets);
const lengths = (text: string, options?: EncodeTextOptions) =>
  encodeText(text, options).map((part) => units(part).length);

describe('a text to be sent', () => {
  it.each([
    ['digits', '031-324-2114', {}, 0x00],
    ['Hangul', '용인시청', {}, 0x08],
    ['Hangul by the old code', '용인시청', { alphabet: 'ksc5601' }, 0x84],
    ['digits as UCS-2 because it was asked for', '1', { alphabet: 'ucs2' }, 0x08],
    ['a flash message', '1', { class: 0 }, 0x10],
    ['Turkish with its tables', 'ş', { languages: { locking: 1, single: 1 } }, 0x00],
    ['Turkish without', 'ş', {}, 0x08],
  ] as const)('a text of %s chooses its alphabet', (_what, text, options, dcs) => {
    expect(encodeText(text, options).map((part) => part.dcs)).toEqual([dcs]);
  });

  it.each([
    ['160 septets', 'a'.repeat(160), {}, [160]],
    ['161 septets', 'a'.repeat(161), {}, [153, 8]],
    ['161 septets, long references', 'a'.repeat(161), { referenceBits: 16 }, [152, 9]],
    ['80 escaped characters', '€'.repeat(80), {}, [160]],
    ['81 escaped characters, none cut', '€'.repeat(81), {}, [152, 10]],
    ['81 escaped characters, cut anywhere', '€'.repeat(81), { cutAnywhere: true }, [153, 9]],
    ['70 characters of UCS-2', '가'.repeat(70), {}, [140]],
    ['71 characters of UCS-2', '가'.repeat(71), {}, [134, 8]],
    ['36 pairs, none cut', '😁'.repeat(36), {}, [132, 12]],
    ['36 pairs, cut anywhere', '😁'.repeat(36), { cutAnywhere: true }, [134, 10]],
    ['70 Korean characters', '가'.repeat(70), { alphabet: 'ksc5601' }, [140]],
    [
      '71 Korean characters, long references',
      '가'.repeat(71),
      { alphabet: 'ksc5601', referenceBits: 16 },
      [132, 10],
    ],
    [
      '71 Korean characters, cut anywhere',
      '가'.repeat(71),
      { alphabet: 'ksc5601', referenceBits: 16, cutAnywhere: true },
      [133, 9],
    ],
    ['nothing', '', {}, [0]],
  ] as const)('a text of %s has its parts', (_what, text, options, expected) => {
    expect(lengths(text, options)).toEqual(expected);
  });

  it('each part of a text has its place and all other elements in its header', () => {
    const callback = { id: 0x22, octets: Uint8Array.of(0, 0x81) };
    const parts = encodeText('가'.repeat(100), {
      reference: 0x1234,
      referenceBits: 16,
      elements: [callback],
    });
    expect(parts.map(({ elements }) => elements?.map(({ id, octets }) => [id, formatHex(octets)]))).toEqual([
      [
        [0x22, '0081'],
        [0x08, '12340201'],
      ],
      [
        [0x22, '0081'],
        [0x08, '12340202'],
      ],
    ]);
  });

  it('a text in one part has a header only if it needs one', () => {
    expect(encodeText('1')[0]?.elements).toBeNull();
    expect(
      encodeText('ş', { languages: { locking: 0, single: 1 } })[0]?.elements?.map(({ id }) => id),
    ).toEqual([0x24]);
  });

  it('a character that the alphabet lacks becomes ?', () => {
    expect(formatHex(units(encodeText('가', { alphabet: 'gsm7' })[0] as Segment))).toBe('3F');
    expect(formatHex(units(encodeText('😁', { alphabet: 'ksc5601' })[0] as Segment))).toBe('3F');
  });

  it('a text of more than 255 parts is refused', () => {
    expect(encodeText('a'.repeat(255 * 153))).toHaveLength(255);
    expect(() => encodeText('a'.repeat(255 * 153 + 1))).toThrow('sms.too-long');
  });
});
