import { describe, expect, it } from 'vitest';
import { issueCode } from '../../../src/visits/issued-code.ts';
import { readNumberCell } from '../../../src/visits/venue-list/number-cell.ts';

const code = issueCode(7);
const wrongCode = `${code.slice(0, 5)}${(Number(code[5]) + 1) % 10}`;

describe("a list's number", () => {
  it.each([
    ['031-324-2114', ['0313242114']],
    ['031)324-2114', ['0313242114']],
    ['324-2114', ['0313242114']],
    ['3242114', ['0313242114']],
    ['０３１－３２４－２１１４', ['0313242114']],
    ['+82 31 324 2114', ['0313242114']],
    ["'031-324-2114", ['0313242114']],
    ['031-324-2114, 031-324-2115', ['0313242114', '0313242115']],
    ['1577-1122', ['15771122']],
    ['15771122', ['15771122']],
    ['0507-1234-5678', ['050712345678']],
    [code, [code]],
  ])('the number %s of a list is read in any written form', (cell, numbers) => {
    expect(readNumberCell(cell, '031')).toEqual({ numbers, restored: false });
  });

  it.each([
    ['313242114', '0313242114'],
    ['313242114.0', '0313242114'],
    ['1055500123', '01055500123'],
    ['7041234567', '07041234567'],
    ['50712345678', '050712345678'],
  ])('the number %s gets the 0 back that a spreadsheet dropped', (cell, number) => {
    expect(readNumberCell(cell, '031')).toEqual({ numbers: [number], restored: true });
  });

  it.each([
    ['', 'no-number'],
    ['-', 'no-number'],
    ['3.13E+08', 'shortened'],
    ['3,13e8', 'shortened'],
    ['없음', 'not-a-number'],
    ['031-324-211', 'not-a-number'],
    ['031-1577-1122', 'not-a-number'],
    ['22123456', 'two-readings'],
    [wrongCode, 'code-check'],
    ['FAX 031-324-2114', 'fax'],
    ['031-324-2114 (팩스 031-324-2115)', 'fax'],
    ['T.031-324-2114 F.031-324-2115', 'fax'],
  ])('the cell %j is doubtful: %s', (cell, doubt) => {
    expect(readNumberCell(cell, '031')).toEqual({ doubt });
  });
});
