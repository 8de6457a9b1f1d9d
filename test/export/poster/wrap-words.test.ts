import { describe, expect, it } from 'vitest';
import { shortenLines, wrapWords } from '../../../src/export/poster/wrap-words.ts';

const measure = (text: string) => [...text].length;

describe('the lines of a poster', () => {
  it.each<[text: string, width: number, lines: string[]]>([
    ['', 10, []],
    ['  ', 10, []],
    ['용인시청', 10, ['용인시청']],
    ['용인시청 종합민원실', 5, ['용인시청', '종합민원실']],
    ['용인시청 종합민원실', 10, ['용인시청 종합민원실']],
    ['one  two\nthree', 7, ['one two', 'three']],
    ['가나다라마바사', 3, ['가나다', '라마바', '사']],
    ['앞 가나다라마 뒤', 3, ['앞', '가나다', '라마', '뒤']],
    ['앞 가나다라 뒤', 3, ['앞', '가나다', '라 뒤']],
    ['𠀋𠀋𠀋', 2, ['𠀋𠀋', '𠀋']],
  ])(
    'the lines of %j, %i wide, break between words and within a word that is too wide',
    (text, width, lines) => {
      expect(wrapWords(text, width, measure)).toEqual(lines);
    },
  );

  it('the lines of a poster never break within a character', () => {
    expect(wrapWords('가나', 0, measure)).toEqual(['가', '나']);
  });

  it.each<[lines: string[], most: number, shortened: string[]]>([
    [['하나', '둘'], 2, ['하나', '둘']],
    [['가나다라마', '바사', '아자'], 2, ['가나다라마', '바사…']],
    [['가나다라마', '바사아자차', '카'], 2, ['가나다라마', '바사아자…']],
    [['가나다 마', '바'], 1, ['가나다…']],
  ])('the lines %j are cut to %i with an ellipsis', (lines, most, shortened) => {
    expect(shortenLines(lines, most, 5, measure)).toEqual(shortened);
  });
});
