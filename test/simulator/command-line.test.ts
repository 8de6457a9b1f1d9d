import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../src/simulator/command-line.ts';

describe('the parser of command lines', () => {
  it.each([
    ['AT', [['', 'do', []]]],
    ['at+cpms?', [['+CPMS', 'ask', []]]],
    ['AT+CPMS=?', [['+CPMS', 'test', []]]],
    ['AT+CMGD=1,2', [['+CMGD', 'set', ['1', '2']]]],
    ['AT+CMGD=,4', [['+CMGD', 'set', ['', '4']]]],
    ['AT+CPMS="ME","SM"', [['+CPMS', 'set', ['ME', 'SM']]]],
    ['AT+CPIN="12;34"', [['+CPIN', 'set', ['12;34']]]],
    [
      'ATE0+CPMS?',
      [
        ['E', 'do', ['0']],
        ['+CPMS', 'ask', []],
      ],
    ],
    [
      'ATE0V1&D2',
      [
        ['E', 'do', ['0']],
        ['V', 'do', ['1']],
        ['&D', 'do', ['2']],
      ],
    ],
    [
      'AT+CMEE=1;+CMGF=0',
      [
        ['+CMEE', 'set', ['1']],
        ['+CMGF', 'set', ['0']],
      ],
    ],
    ['ATS0=0', [['S', 'do', ['']]]],
    ['ATD0313242114;', [['D', 'do', ['']]]],
    ['AT^CURC=0', [['^CURC', 'set', ['0']]]],
    ['rubbishAT+CSQ', [['+CSQ', 'do', []]]],
    ['hello', []],
    ['', []],
  ])('the parser of command lines splits "%s" into its commands', (line, commands) => {
    expect(parseCommandLine(line)?.map(({ name, kind, args }) => [name, kind, args])).toEqual(commands);
  });

  it.each(['AT+', 'AT=3', 'AT!', 'AT+CPMS?AT'])('the parser of command lines rejects "%s"', (line) => {
    expect(parseCommandLine(line)).toBeNull();
  });
});
