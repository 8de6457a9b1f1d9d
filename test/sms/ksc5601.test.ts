import { describe, expect, it } from 'vitest';
import { formatHex, parseHex } from '../../src/base/bytes.ts';
import { decodeKsc5601, encodeKsc5601 } from '../../src/sms/ksc5601.ts';

const rows: readonly [what: string, hex: string, text: string][] = [
  ['nothing', '', ''],
  ['ASCII', '5B5765625D0A', '[Web]\n'],
  ['syllables of EUC-KR', 'B0A1C8FE', '가힝'],
  ['a jamo', 'A4B2', 'ㅂ'],
  ['syllables of UHC alone', '94EE8C63BC84', '뷁똠펲'],
  ['the first and the last syllable of UHC', '8141C652', '갂힣'],
  ['UHC around the gaps in its rows', '815A8161817A8181A0FEA141', '갴갵걕걖좤좥'],
  ['the last before, the first in the short rows', 'A1A0A241', '줎줐'],
  ['full width digits', 'A3B0A3B1A3B2', '０１２'],
  ['hanja', 'D8A9', '馬'],
  ['the Euro sign', 'A2E6', '€'],
];
const broken: readonly [what: string, hex: string, text: string][] = [
  ['half a character at the end', 'B9DDC2CA20B1', '반쪽 \ufffd'],
  ['a first half before a digit: the digit stays', 'B130', '\ufffd0'],
  ['a first half before a letter that no pair has', 'FE41', '\ufffdA'],
  ['a pair that no character has', 'C9A1', '\ufffd'],
  ['octets that begin nothing', '80FF', '\ufffd'],
];

describe('KS C 5601 with UHC', () => {
  it.each(rows)('KS C 5601 is read and written: %s', (_what, hex, text) => {
    expect(decodeKsc5601(parseHex(hex) as Uint8Array)).toBe(text);
    expect(formatHex(encodeKsc5601(text))).toBe(hex);
  });

  it.each(broken)('broken KS C 5601 keeps its readable characters: %s', (_what, hex, text) => {
    expect(decodeKsc5601(parseHex(hex) as Uint8Array)).toBe(text);
  });

  it('a character without a code becomes ?, once for a surrogate pair', () => {
    expect(formatHex(encodeKsc5601('😁ş'))).toBe('3F3F');
  });

  it('the 17,048 pairs of CP949 are read and written, and all 11,172 syllables have one', () => {
    let pairs = 0;
    let sum = 0;
    for (let lead = 0x81; lead <= 0xfe; lead += 1)
      for (let trail = 0x41; trail <= 0xfe; trail += 1) {
        const text = decodeKsc5601(Uint8Array.of(lead, trail));
        if (text.length !== 1 || text === '\ufffd') continue;
        pairs += 1;
        // The sum was taken over another implementation's CP949.
        sum = (Math.imul(sum, 31) + text.charCodeAt(0)) | 0;
        expect([...encodeKsc5601(text)]).toEqual([lead, trail]);
      }
    expect({ pairs, sum }).toEqual({ pairs: 17_048, sum: 2018721777 });
    for (let code = 0xac00; code <= 0xd7a3; code += 1)
      expect(encodeKsc5601(String.fromCharCode(code))).toHaveLength(2);
  });
});
