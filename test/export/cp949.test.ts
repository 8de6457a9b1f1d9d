import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encodeCp949 } from '../../src/export/csv.ts';

const hex = (text: string) => Buffer.from(encodeCp949(text).bytes).toString('hex');

describe('CP949', () => {
  // From the published code charts: KS X 1001, and the first and last codes of the extension's two blocks.
  it.each([
    ['ASCII stays', 'Tel. 031-324', '54656c2e203033312d333234'],
    ['the first syllable', '가', 'b0a1'],
    ['the last of KS X 1001', '힝', 'c8fe'],
    ['Hanja', '龍仁', 'd7a3ecd2'],
    ['full width', '０３１－', 'a3b0a3b3a3b1a3ad'],
    ['signs', '①※·', 'a8e7a1d8a1a4'],
    ['euro and registered', '€®', 'a2e6a2e7'],
    ['the first of the extension', '갂', '8141'],
    ['before and after the first gap', '갴갵', '815a8161'],
    ['before and after the second gap', '걕걖', '817a8181'],
    ['the last of the first block', '좤', 'a0fe'],
    ['the first of the second block', '좥', 'a141'],
    ['the last of the extension', '힣', 'c652'],
    ['syllables people use', '펲뷁', 'bc8494ee'],
    ['nothing', '', ''],
  ])('CP949 writes %s', (_what, text, expected) => {
    expect(hex(text)).toBe(expected);
  });

  it('CP949 has a code for each of the 11,172 syllables', () => {
    const syllables = Array.from({ length: 11_172 }, (_, index) => String.fromCharCode(0xac00 + index));
    const { bytes, substituted } = encodeCp949(syllables.join(''));
    expect({ length: bytes.length, substituted }).toEqual({ length: 22_344, substituted: 0 });
    // The digest of what another implementation (Python's cp949) writes for the same syllables.
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(
      '9d355925bccc44ae41885b4e53eb25cf5f2f5f52000c586e3b8cd938791447bd',
    );
  });

  it('CP949 is read back by the runtime', () => {
    const text = '용인시청 "본관", 경기도 용인시 처인구 중부대로 1199 (역북동) ☎ 031-324-2114';
    const { bytes, substituted } = encodeCp949(text);
    expect(new TextDecoder('euc-kr').decode(bytes)).toBe(text);
    expect(substituted).toBe(0);
  });

  it('CP949 composes decomposed Hangul', () => {
    expect(hex('용인'.normalize('NFD'))).toBe(hex('용인'));
  });

  it.each([
    ['an emoji', '카페☕', 1],
    ['a character of two halves', '떡볶이🍢집', 1],
    ['a half without its other', 'a\ud83cb', 1],
    ['letters with accents', 'Café Übü', 3],
    ['a Vietnamese name', 'Phở', 1],
  ])('CP949 replaces %s by 〓 and counts it', (_what, text, expected) => {
    const { bytes, substituted } = encodeCp949(text);
    expect(substituted).toBe(expected);
    expect(new TextDecoder('euc-kr').decode(bytes).split('〓')).toHaveLength(expected + 1);
  });
});
