import { describe, expect, it } from 'vitest';
import { formatHex, parseHex } from '../../src/base/bytes.ts';
import { decodeUcs2, encodeUcs2 } from '../../src/sms/ucs2.ts';

const rows: readonly [what: string, hex: string, text: string][] = [
  ['nothing', '', ''],
  ['Hangul', 'D55CAE00', '한글'],
  ['a surrogate pair', 'D83DDE01', '😁'],
  ['jamo as they are, not composed', '1112116111AB', '\u1112\u1161\u11ab'],
  ['full width digits', 'FF10FF11', '０１'],
];
const broken: readonly [what: string, hex: string, text: string][] = [
  ['a first half alone', 'D83D', '\ufffd'],
  ['a second half alone', 'DE01', '\ufffd'],
  ['a first half before a letter', 'D83D0041', '\ufffdA'],
  ['halves in the wrong order', 'DE01D83D', '\ufffd\ufffd'],
  ['two first halves and a second', 'D83DD83DDE01', '\ufffd😁'],
  ['half a pair at the end', 'D83DDE01D83D', '😁\ufffd'],
  ['an odd octet at the end', 'D83DDE01D8', '😁\ufffd'],
  ['one octet', '41', '\ufffd'],
];

describe('UCS-2', () => {
  it.each(rows)('UCS-2 is read and written: %s', (_what, hex, text) => {
    expect(decodeUcs2(parseHex(hex) as Uint8Array)).toBe(text);
    expect(formatHex(encodeUcs2(text))).toBe(hex);
  });

  it.each(broken)('broken UCS-2 keeps its readable characters: %s', (_what, hex, text) => {
    expect(decodeUcs2(parseHex(hex) as Uint8Array)).toBe(text);
  });

  it('255 joined parts of UCS-2 are read', () => {
    const text = '가'.repeat(255 * 67);
    expect(decodeUcs2(encodeUcs2(text))).toBe(text);
  });
});
