import { describe, expect, it } from 'vitest';
import { callsIn, examplesIn } from './example-lines.ts';

describe('the reading of examples', () => {
  it.each<[what: string, help: string, examples: string[]]>([
    ['one', 'Usage: x\n\nExample:\n  visitlog check', ['visitlog check']],
    [
      'several, and text after them',
      '\n예:\n  visitlog a\n  visitlog b\n\n  more',
      ['visitlog a', 'visitlog b'],
    ],
    ['one of two lines', 'Examples:\n  visitlog a \\\n      --b\n', ['visitlog a --b']],
    ['none', 'Usage: x\n  visitlog check\n', []],
  ])('the reading of examples finds %s', (_, help, examples) => {
    expect(examplesIn(help)).toEqual(examples);
  });

  it.each<[line: string, calls: string[][]]>([
    ['visitlog check', [['check']]],
    ['sudo visitlog a "b c" && visitlog d', [['a', 'b c'], ['d']]],
    ['visitlog list --empty "" > list.csv', [['list', '--empty', '']]],
    ['systemctl stop visitlog', []],
  ])('the example %s is read as a shell reads it', (line, calls) => {
    expect(callsIn(line)).toEqual(calls);
  });

  it('the reading of examples fails for what a shell does not understand', () => {
    expect(() => callsIn('visitlog "a')).toThrow();
    expect(() => callsIn('no-such-program && visitlog a')).toThrow();
  });
});
