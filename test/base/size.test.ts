import { expect, it } from 'vitest';
import { parseSize } from '../../src/base/amounts.ts';

it.each([
  ['0', 0],
  ['1KiB', 1_024],
  ['32MiB', 33_554_432],
  ['2GiB', 2_147_483_648],
  ['', null],
  ['32', null],
  ['32MB', null],
  ['1.5GiB', null],
  [' 1KiB', null],
  ['-1KiB', null],
])('the size %j is %s octets', (text, bytes) => {
  expect(parseSize(text)).toBe(bytes);
});
