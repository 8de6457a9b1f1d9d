import { describe, expect, it } from 'vitest';
import { encodeCp949 } from '../../../src/export/csv.ts';
import { type CsvRecord, decodeList } from '../../../src/visits/venue-list/csv-records.ts';
import { parseColumns, recognizeColumns } from '../../../src/visits/venue-list/headings.ts';
import type { ListedVenue } from '../../../src/visits/venue-list/merge-venue.ts';
import { type ImportOptions, planImport } from '../../../src/visits/venue-list/plan-import.ts';

describe('the text of a list', () => {
  const text = '상호,전화번호\r\n뷁국수,031-324-2114\r\n';

  it.each([
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.from(`\uFEFF${text}`)],
    ['utf-16', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['cp949', encodeCp949(text).bytes],
  ])('a list is read from %s', (encoding, bytes) => {
    expect(decodeList(bytes)).toEqual({ text, encoding });
  });

  it('an invalid octet shows in the text, and lines stay separate', () => {
    const bytes = Buffer.concat([encodeCp949('가').bytes, Buffer.of(0xb0), Buffer.from('\n나,1\n')]);
    expect(decodeList(Buffer.concat([bytes, Buffer.of(0xff)])).text.split('\n')[0]).toBe('가\uFFFD');
  });
});

describe('the columns of a list', () => {
  it.each([
    ['상호,전화번호,주소', { name: 0, number: 1, address: 2 }],
    ['연번,업소명,소재지(도로명),전화 번호', { name: 1, number: 3, address: 2 }],
    ['번호,사업장명,소재지전화,소재지전체주소,도로명전체주소', { name: 1, number: 2, address: 4 }],
    ['Name,Phone,Address', { name: 0, number: 1, address: 2 }],
    ['TEL.,장소명', { name: 1, number: 0 }],
    ['휴대전화,대표전화,이름', { name: 2, number: 1 }],
    ['number,name,address', { number: 0, name: 1, address: 2 }],
    ['팩스,비고', {}],
  ])('columns are recognised by the headings %s', (line, columns) => {
    expect(recognizeColumns(line.split(','))).toEqual(columns);
  });

  const cells = ['업소명', '', '소재지', 'x'];
  it.each([
    ['number=2,name=1,address=소재지', { number: 1, name: 0, address: 2 }],
    [' number = 4 ', { number: 3 }],
    ['name=1', null],
    ['number=5', null],
    ['number=0', null],
    ['number=전화', null],
    ['telephone=1', null],
    ['', null],
  ])('columns are given as %j', (option, columns) => {
    expect(parseColumns(option, cells)).toEqual(columns);
  });
});

describe('what an import would do', () => {
  const hall: ListedVenue = {
    number: '0313242114',
    name: '용인시청',
    address: '중부대로 1199',
    issued: false,
    branches: [],
    removedAtMs: null,
  };
  const plan = (rows: readonly (readonly string[])[], changes: Partial<ImportOptions> = {}) =>
    planImport(
      rows.map((cells, at): CsvRecord => ({ line: at + 2, cells })),
      {
        columns: { name: 0, number: 1, address: 2 },
        areaCode: '031',
        receiving: ['0313242900'],
        keepBranches: false,
        venueOf: (number) => (number === hall.number ? hall : null),
        ...changes,
      },
    );

  it('an import distinguishes added, changed, unchanged and revived venues', () => {
    const row = ['용인시청', '031-324-2114', '중부대로 1199'];
    expect(plan([row]).outcomes).toEqual({ added: 0, changed: 0, unchanged: 1, revived: 0 });
    expect(plan([['용인시청', '324-2114', '']]).outcomes.unchanged).toBe(1);
    expect(plan([['용인특례시청', '324-2114', '']]).venues).toEqual([{ ...hall, name: '용인특례시청' }]);
    expect(plan([row], { venueOf: () => ({ ...hall, removedAtMs: 1 }) }).outcomes.revived).toBe(1);
    expect(plan([row], { venueOf: () => null }).outcomes.added).toBe(1);
  });

  it('several places with one number are one venue', () => {
    const { venues, shared } = plan([
      ['가게 처인점', '1577-1122', '처인구'],
      ['가게 수지점', '1577-1122', '수지구'],
      ['가게 수지점', '15771122', '수지구'],
    ]);
    expect(venues).toMatchObject([
      { name: '가게 처인점', address: '처인구', branches: [{ name: '가게 수지점', address: '수지구' }] },
    ]);
    expect(shared).toEqual([{ number: '15771122', lines: [2, 3, 4] }]);
  });

  it('a list replaces the places of a number, unless they are to stay', () => {
    const rows = [['민원실', '324-2114', '별관']];
    expect(plan(rows).venues).toMatchObject([{ name: '민원실', address: '별관', branches: [] }]);
    expect(plan(rows, { keepBranches: true }).venues).toMatchObject([
      { name: '용인시청', branches: [{ name: '민원실', address: '별관' }] },
    ]);
  });

  it('a place is registered under each of its numbers', () => {
    expect(plan([['가게', '02-212-3456 / 010-5550-0199', '']]).venues.map(({ number }) => number)).toEqual([
      '022123456',
      '01055500199',
    ]);
  });

  it('a doubtful line is left out, with its line and reason', () => {
    const { doubtful, outcomes, lines } = plan([
      ['가', '', ''],
      ['나', '3.13E+08', ''],
      ['', '02-212-3456', ''],
      ['다\uFFFD', '02-212-3456', ''],
      ['라', '031-324-2900', ''],
      ['', ' ', ''],
      ['마'.repeat(201), '02-212-3456', ''],
      ['바', '02-212-3456', '사'.repeat(401)],
    ]);
    expect(doubtful.map(({ record, doubt }) => [record.line, doubt])).toEqual([
      [2, 'no-number'],
      [3, 'shortened'],
      [4, 'no-name'],
      [5, 'damaged'],
      [6, 'receiving'],
      [8, 'too-long'],
      [9, 'too-long'],
    ]);
    expect([lines, outcomes.added]).toEqual([7, 0]);
  });

  it('a cell that our own csv protected from a spreadsheet is read back', () => {
    expect(plan([["'=1+1", "'+82-2-212-3456", "'@x"]]).venues).toMatchObject([
      { number: '022123456', name: '=1+1', address: '@x' },
    ]);
  });
});
