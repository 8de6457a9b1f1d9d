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
    [
      'an open mark',
      'a,b\n"c,d\ne,f\n',
      [
        ['a', 'b'],
        ['"c', 'd'],
        ['e', 'f'],
      ],
    ],
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

  const broken = (text: string) => [...csvRecords(text, ',')].map((record) => [record.line, record.broken]);

  it.each([
    ['opens a cell and none closes it', 'a,b,c\n1,"가,3\n4,5,6\n7,8,9\n', [2]],
    [
      'is doubled at the end of a cell',
      '번호,상호,비고\n1,"수제족발, 구수"",x\n2,나,x\n3,"다, 라",x\n4,마,x\n',
      [2],
    ],
    ['swallows lines that are whole records', 'a,b,c\n1,"가,x\n2,나,x\n3,다"\n4,라,x\n', [2, 4]],
    ['makes one cell of two', 'a,b,c\n1,"가,x"\n2,나,x\n', [2]],
  ])('a quotation mark that %s costs its own line alone', (_, text, lines) => {
    expect(
      broken(text)
        .filter(([, isBroken]) => isBroken)
        .map(([line]) => line),
    ).toEqual(lines);
    expect(broken(text).map(([line]) => line)).toEqual(
      text
        .trim()
        .split('\n')
        .map((_line, at) => at + 1),
    );
  });

  it('a record with more or fewer cells than the list has columns is broken, empty cells at the end apart', () => {
    expect(broken('a,b,\n1,2\n1,2,\n1,2,,\n1\n1,2,3,4\n3,4,\n').filter(([, isBroken]) => isBroken)).toEqual([
      [5, true],
      [6, true],
    ]);
  });

  it('a title above the headings does not say how many columns there are', () => {
    expect(broken('명단\n기준일,2026\n상호,전화,주소\n가,1,2\n나,1,2\n').slice(2)).toEqual([
      [3, false],
      [4, false],
      [5, false],
    ]);
  });

  it('records are read as another program wrote them, whatever is in them', () => {
    const separators = [',', ';', '\t'] as const;
    // A line break beside a separator may look like a line of the list.
    const cell = fc
      .string({ unit: 'binary' })
      .filter((text) => !/[\r\n]/.test(text) || !separators.some((sign) => text.includes(sign)));
    const table = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }));
    fc.assert(
      fc.property(table, fc.constantFrom(...separators), (rows, separator) => {
        const text = stringify(rows, { delimiter: separator, quoted: true, quoted_empty: true });
        expect(read(text, separator).map(({ cells }) => cells)).toEqual(rows);
      }),
      { numRuns: 200 },
    );
  });

  it('every line of any text is in one record, and lines are in order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('"', ',', '\n', '\r', 'a', ';')), (signs) => {
        const records = [...csvRecords(signs.join(''), ',')];
        expect(records.every(({ cells }) => cells.length > 0)).toBe(true);
        expect(records.every(({ line }, at) => at === 0 || line > (records[at - 1]?.line ?? 0))).toBe(true);
        const letters = signs.filter((sign) => sign === 'a').length;
        expect(
          records.flatMap(({ cells }) => [...cells.join('')].filter((sign) => sign === 'a')),
        ).toHaveLength(letters);
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
