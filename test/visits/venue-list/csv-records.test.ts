import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRecords, separatorOf } from '../../../src/visits/venue-list/csv-records.ts';

const read = (text: string, separator: ',' | ';' | '\t' = ',') => [...csvRecords(text, separator)];

describe('the records of a list', () => {
  it.each([
    [
      'plain cells',
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['any end of line, and none at the end', 'a\r\nb\rc\nd', [['a'], ['b'], ['c'], ['d']]],
    ['quoted separators and marks', '"a,b","say ""hi"""\n', [['a,b', 'say "hi"']]],
    ['a quoted line break', '"a\nb",c', [['a\nb', 'c']]],
    [
      'empty cells',
      ',,\n"",x',
      [
        ['', '', ''],
        ['', 'x'],
      ],
    ],
    ['a mark inside a cell', '5" pipe,x', [['5" pipe', 'x']]],
    ['something behind a closing mark', '"a"b,c', [['ab', 'c']]],
    ['a separator at the end', 'a,\nb', [['a', ''], ['b']]],
    ['blank lines', '\n\na\n\n', [['a']]],
    ['nothing', '', []],
  ])('a list has %s', (_, text, cells) => {
    expect(read(text).map((record) => record.cells)).toEqual(cells);
  });

  it('a record knows the line of the file that it begins on', () => {
    expect(read('a\n\n"b\r\nb"\nc').map(({ line }) => line)).toEqual([1, 3, 5]);
  });

  it('other separators stay in a cell', () => {
    expect(read('a,b;c\td', ';').map(({ cells }) => cells)).toEqual([['a,b', 'c\td']]);
    expect(read('"a"x,y;z', ';').map(({ cells }) => cells)).toEqual([['ax,y', 'z']]);
  });

  it('an unclosed quotation mark is a fault that names its line', () => {
    expect(() => read('a,b\n"c,d\ne,f\n')).toThrow(
      expect.objectContaining({ code: 'venue.csv-quote', facts: { line: 2 } }),
    );
  });

  it('records are read as another program wrote them, whatever is in them', () => {
    const table = fc.array(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 4 }));
    fc.assert(
      fc.property(table, fc.constantFrom(',' as const, ';' as const, '\t' as const), (rows, separator) => {
        const text = stringify(rows, { delimiter: separator, quoted: true, quoted_empty: true });
        expect(read(text, separator).map(({ cells }) => cells)).toEqual(rows);
      }),
      { numRuns: 200 },
    );
  });

  it('any text gives records or a fault that names a line', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('"', ',', '\n', '\r', 'a', ';')), (signs) => {
        try {
          for (const { cells } of csvRecords(signs.join(''), ',')) expect(cells.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toMatchObject({ code: 'venue.csv-quote' });
        }
      }),
      { numRuns: 500 },
    );
  });

  it('reading a list takes time in proportion to its length', () => {
    expect(read('"a,b",c\r\n'.repeat(100_000))).toHaveLength(100_000);
  });

  it.each([
    ['a,b,c\n1,2,3', ','],
    ['a;b;c\n1,5;2;3', ';'],
    ['a\tb\tc\n', '\t'],
    ['"x;y;z;w",b\n', ','],
    ['a', ','],
  ])('the separator with the most cells counts: %j', (text, separator) => {
    expect(separatorOf(text)).toBe(separator);
  });
});
