import { describe, expect, it } from 'vitest';
import { parametersOf, parseInteger, parseRange, unquote } from '../../src/at/answers.ts';

describe('parameters of an information line', () => {
  it.each([
    ['+CSQ: 14,99', ['14', '99']],
    ['+CPMS:"SM",3,30', ['"SM"', '3', '30']],
    ['+CPMS: "ME", 0, 50', ['"ME"', '0', '50']],
    ['+CMGL: 0,1,,80', ['0', '1', '', '80']],
    ['+CMGL: 1,1,"",24', ['1', '1', '""', '24']],
    ['+CMTI: ,-1', ['', '-1']],
    ['+COPS: 0,0,"A, B",2', ['0', '0', '"A, B"', '2']],
    ['+CREG: 2,1,"0B,"0100701",7', ['2', '1', '"0B,"0100701"', '7']],
    ['+COPS: 0,0,"never closed', ['0', '0', '"never closed']],
    ['+CNMI: (0-2),(0,2)', ['(0-2)', '(0,2)']],
    ['+CIND: ("battchg",(0-5)),("signal",(0-5))', ['("battchg",(0-5))', '("signal",(0-5))']],
    ['+CFUN: ', ['']],
    ['+CFUN: 1)', ['1)']],
  ])('the parameters %j are split', (line, parameters) => {
    expect(parametersOf(line)).toEqual(parameters);
  });

  it.each([
    ['7', 7],
    ['-1', -1],
    ['007', 7],
    ['', null],
    ['"7"', null],
    ['7A', null],
    [undefined, null],
    ['12345678901', null],
  ])('the parameter %j is read as a whole number or not at all', (parameter, number) => {
    expect(parseInteger(parameter)).toBe(number);
  });

  it.each([
    ['(0-3)', [0, 1, 2, 3]],
    ['(0,2)', [0, 2]],
    ['(0-1,4-7)', [0, 1, 4, 5, 6, 7]],
    ['(1)', [1]],
    ['2', [2]],
    ['()', []],
    ['(a-b)', []],
    ['(3-1)', []],
  ])('the range %s is read', (text, numbers) => {
    expect(parseRange(text)).toEqual(numbers);
  });

  it('a range of thousands of numbers is bounded', () => {
    expect(parseRange('(0-9999)')).toHaveLength(256);
  });

  it('quotes are removed at the ends only', () => {
    expect(unquote('"a"b"')).toBe('a"b');
  });
});
