import { describe, expect, it } from 'vitest';
import { announcesStored, indicationsToTry, parseIndication } from '../../src/at/message-indication.ts';

describe('+CNMI', () => {
  it.each([
    ['+CNMI: 2,1,0,0,0', [2, 1, 0, 0, 0]],
    ['+CNMI: 2,1', [2, 1, 0, 0, 0]],
    ['+CNMI:1,2,0,1,0', [1, 2, 0, 1, 0]],
    ['+CNMI: ', null],
    ['+CNMI: x', null],
  ])('+CNMI: the answer %j is read', (line, indication) => {
    expect(parseIndication(line)).toEqual(indication);
  });

  it.each([
    [[2, 1, 0, 0, 0], true],
    [[1, 1, 0, 0, 1], true],
    [[3, 1, 0, 0, 0], true],
    [[0, 1, 0, 0, 0], false],
    [[2, 0, 0, 0, 0], false],
    [[2, 2, 0, 0, 0], false],
    [[2, 1, 2, 0, 0], false],
    [[2, 1, 0, 1, 0], false],
  ] as const)('%j stores and announces texts, and nothing else: %s', (indication, yes) => {
    expect(announcesStored(indication)).toBe(yes);
  });

  it.each([
    ['Huawei', '+CNMI: (0-2),(0-3),(0,2),(0-2),(0,1)', '2,1,0,0,0'],
    ['MC75i, where the buffer must be 1', '+CNMI: (0-3),(0,1),(0,2,3),(0,2),(1)', '2,1,0,0,1'],
    ['BG770A', '+CNMI: (1-2),(0-2),(0,2),(0-2),(0-1)', '2,1,0,0,0'],
    ['mode 1 alone', '+CNMI: (0,1),(0,1),(0),(0),(0)', '1,1,0,0,0'],
    ['a modem that says nothing useful', '+CNMI: ', '2,1,0,0,0'],
    ['a modem that refuses the question', null, '2,1,0,0,0'],
  ])('+CNMI: %s gets the settings that it offers, best first', (_name, offered, first) => {
    expect(indicationsToTry(offered, [])[0]?.join(',')).toBe(first);
  });

  it('A9: the settings that worked before and the family’s are tried first, and none twice', () => {
    const tries = indicationsToTry(null, [
      [1, 1, 0, 0, 0],
      [2, 1, 0, 0, 0],
    ]).map((indication) => indication.join(','));
    expect(tries.slice(0, 3)).toEqual(['1,1,0,0,0', '2,1,0,0,0', '2,1,0,0,1']);
    expect(new Set(tries).size).toBe(tries.length);
  });

  it('+CNMI: no setting is tried if the modem cannot announce texts', () => {
    expect(indicationsToTry('+CNMI: (0-2),(0),(0),(0),(0)', [])).toEqual([]);
  });
});
