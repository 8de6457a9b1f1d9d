import { describe, expect, it } from 'vitest';
import { digitGroups } from '../../src/visits/digit-groups.ts';

const written = (text: string) => digitGroups(text).map(({ digits, gap }) => [gap, digits]);

describe('The digits of a text', () => {
  it.each([
    ['', []],
    ['용인시청', []],
    ['324', [['break', '324']]],
    [
      '324-2114',
      [
        ['break', '324'],
        ['joined', '2114'],
      ],
    ],
    [
      '324.2114',
      [
        ['break', '324'],
        ['joined', '2114'],
      ],
    ],
    [
      '324~2114',
      [
        ['break', '324'],
        ['range', '2114'],
      ],
    ],
    [
      '324/2114',
      [
        ['break', '324'],
        ['listed', '2114'],
      ],
    ],
    [
      '324,2114',
      [
        ['break', '324'],
        ['listed', '2114'],
      ],
    ],
    [
      '324:2114',
      [
        ['break', '324'],
        ['listed', '2114'],
      ],
    ],
    [
      '324. 2114',
      [
        ['break', '324'],
        ['dotted', '2114'],
      ],
    ],
    [
      '324 2114',
      [
        ['break', '324'],
        ['loose', '2114'],
      ],
    ],
    [
      '324 - 2114',
      [
        ['break', '324'],
        ['loose', '2114'],
      ],
    ],
    [
      '324--2114',
      [
        ['break', '324'],
        ['loose', '2114'],
      ],
    ],
    [
      '324)2114',
      [
        ['break', '324'],
        ['loose', '2114'],
      ],
    ],
    [
      '324----2114',
      [
        ['break', '324'],
        ['break', '2114'],
      ],
    ],
    [
      '324국2114',
      [
        ['break', '324'],
        ['break', '2114'],
      ],
    ],
    [
      '324😀2114',
      [
        ['break', '324'],
        ['break', '2114'],
      ],
    ],
    [
      '324+2114',
      [
        ['break', '324'],
        ['break', '2114'],
      ],
    ],
    ['324\u200b2114', [['break', '3242114']]],
    [
      '324-\u200b2114',
      [
        ['break', '324'],
        ['joined', '2114'],
      ],
    ],
    [
      '３２４－２１１４',
      [
        ['break', '324'],
        ['joined', '2114'],
      ],
    ],
  ])('the digits in %j are %j', (text, groups) => {
    expect(written(text)).toEqual(groups);
  });

  it('groups of digits keep their places and a plus sign before them', () => {
    expect(digitGroups('T +82 (31)')).toEqual([
      { digits: '82', start: 3, end: 5, gap: 'break', plus: true, quantity: false },
      { digits: '31', start: 7, end: 9, gap: 'loose', plus: false, quantity: false },
    ]);
    expect(digitGroups('+ 82').map(({ plus }) => plus)).toEqual([true]);
    expect(digitGroups('+가82').map(({ plus }) => plus)).toEqual([false]);
    expect(digitGroups('+-82').map(({ plus }) => plus)).toEqual([false]);
  });
});
