import { describe, expect, it } from 'vitest';
import { likenessOf } from '../../../src/cli/unresolved/texts-like.ts';

describe('texts that say the same', () => {
  it.each([
    ['031-324-21145', '0313242-1145 입니다', true],
    ['[Web발신]\n031-324-21145', '031 324 21145', true],
    ['용인 시청', '용인시청!', true],
    ['City Hall', 'city hall', true],
    ['시청 2명', '시청 3명', false],
    ['031-324-21145', '031-324-21146', false],
  ])('the texts %j and %j are alike: %s', (one, other, same) => {
    expect(likenessOf(one) === likenessOf(other)).toBe(same);
  });

  it.each([[''], ['?!'], ['[Web발신] ']])('a text without content resembles no other: %j', (text) => {
    expect(likenessOf(text)).toBe('');
  });
});
