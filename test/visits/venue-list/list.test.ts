import { describe, expect, it } from 'vitest';
import { encodeCp949 } from '../../../src/export/csv.ts';
import { businessState } from '../../../src/visits/venue-list/business-state.ts';
import { namesPeople, parseColumns, recognizeColumns } from '../../../src/visits/venue-list/headings.ts';
import { decodeList } from '../../../src/visits/venue-list/list-encoding.ts';
import type { ListedVenue } from '../../../src/visits/venue-list/merge-venue.ts';
import {
  type ImportOptions,
  type MaybeBroken,
  planImport,
  type VenueChange,
} from '../../../src/visits/venue-list/plan-import.ts';

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
    ['번호,사업장명,소재지전화,소재지전체주소,도로명전체주소', { name: 1, number: 2, address: 4, lot: 3 }],
    [
      '사업장명,소재지전화,소재지전체주소,영업상태구분코드,영업상태명',
      { name: 0, number: 1, address: 2, state: 4 },
    ],
    [
      'MNG_NO,BPLC_NM,TELNO,ROAD_NM_ADDR,LOTNO_ADDR,SALS_STTS_CD',
      { name: 1, number: 2, address: 3, lot: 4, state: 5 },
    ],
    [
      'bplcnm,sitetel,sitewhladdr,rdnwhladdr,trdstatenm',
      { name: 0, number: 1, address: 3, lot: 2, state: 4 },
    ],
    [
      'BIZPLC_NM,LOCPLC_FACLT_TELNO,REFINE_ROADNM_ADDR,BSN_STATE_NM',
      { name: 0, number: 1, address: 2, state: 3 },
    ],
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
    ['name=1', { name: 0 }],
    ['number=4,name=-,state=소재지', { number: 3, name: null, state: 2 }],
    ['number=-', null],
    ['number=5', null],
    ['number=0', null],
    ['number=전화', null],
    ['telephone=1', null],
    ['', null],
  ])('columns are given as %j', (option, columns) => {
    expect(parseColumns(option, cells)).toEqual(columns);
  });

  it.each([
    ['상호,전화번호,대표자명', 1, true],
    ['상호,휴대전화', 1, true],
    ['상호,전화번호,주소', 1, false],
  ])('a list with the headings %s may have mobile numbers of people: %s', (line, number, people) => {
    expect(namesPeople(line.split(','), number)).toBe(people);
  });
});

describe('the state of a business', () => {
  it.each([
    ['영업/정상', 'open'],
    ['01', 'open'],
    ['1', 'open'],
    ['', 'open'],
    ['영업중', 'open'],
    ['재개업', 'open'],
    ['폐업', 'closed'],
    [' 휴 업 ', 'closed'],
    ['취소/말소/만료/정지/중지', 'closed'],
    ['제외/삭제/전출', 'closed'],
    ['영업정지', 'closed'],
    ['02', 'closed'],
    ['3', 'closed'],
    ['Closed', 'closed'],
    ['보류', 'unknown'],
    ['9', 'unknown'],
  ])('a place whose state is %j is %s', (cell, state) => {
    expect(businessState(cell)).toBe(state);
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
      rows.map((cells, at): MaybeBroken => ({ line: at + 2, cells })),
      {
        columns: { name: 0, number: 1, address: 2 },
        areaCode: '031',
        receiving: ['0313242900'],
        keepBranches: false,
        includeClosed: false,
        namesPeople: false,
        venueOf: (number) => (number === hall.number ? hall : null),
        ...changes,
      },
    );

  const stored = (changes: readonly VenueChange[]) => changes.map((change) => change.after);

  it('an import distinguishes added, changed, unchanged and revived venues', () => {
    const row = ['용인시청', '031-324-2114', '중부대로 1199'];
    expect(plan([row]).outcomes).toEqual({ added: 0, changed: 0, unchanged: 1, revived: 0 });
    expect(plan([['용인시청', '324-2114', '']]).outcomes.unchanged).toBe(1);
    const { changes } = plan([['용인특례시청', '324-2114', '']]);
    expect(changes).toEqual([{ outcome: 'changed', before: hall, after: { ...hall, name: '용인특례시청' } }]);
    expect(plan([row], { venueOf: () => ({ ...hall, removedAtMs: 1 }) }).outcomes.revived).toBe(1);
    expect(plan([row], { venueOf: () => null }).outcomes.added).toBe(1);
  });

  it('several places with one number are one venue', () => {
    const { changes, shared } = plan([
      ['가게 처인점', '1577-1122', '처인구'],
      ['가게 수지점', '1577-1122', '수지구'],
      ['가게 수지점', '15771122', '수지구'],
    ]);
    expect(stored(changes)).toMatchObject([
      { name: '가게 처인점', address: '처인구', branches: [{ name: '가게 수지점', address: '수지구' }] },
    ]);
    expect(shared).toEqual([{ number: '15771122', lines: [2, 3, 4] }]);
  });

  it('a list replaces the places of a number, unless they are to stay', () => {
    const rows = [['민원실', '324-2114', '별관']];
    expect(stored(plan(rows).changes)).toMatchObject([{ name: '민원실', address: '별관', branches: [] }]);
    expect(stored(plan(rows, { keepBranches: true }).changes)).toMatchObject([
      { name: '용인시청', branches: [{ name: '민원실', address: '별관' }] },
    ]);
  });

  it('a place is registered under each of its numbers', () => {
    const { changes } = plan([['가게', '02-212-3456 / 010-5550-0199', '']]);
    expect(stored(changes).map(({ number }) => number)).toEqual(['022123456', '01055500199']);
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

  it('places that are not in business are left out and counted by the words of the list', () => {
    const columns = { name: 0, number: 1, state: 2 };
    const rows = [
      ['닫은 가게', '02-212-3456', '폐업'],
      ['가게', '02-212-3456', '영업/정상'],
      ['쉬는 가게', '3.13E+08', '휴업'],
      ['새 가게', '02-212-3457', '심사중'],
    ];
    const { changes, closed, unknownStates, doubtful, lines } = plan(rows, { columns });
    expect(stored(changes).map(({ name }) => name)).toEqual(['가게', '새 가게']);
    expect([lines, Object.fromEntries(closed)]).toEqual([4, { 폐업: 1, 휴업: 1 }]);
    expect([doubtful, Object.fromEntries(unknownStates)]).toEqual([[], { 심사중: 1 }]);
    const all = plan(rows, { columns, includeClosed: true });
    expect(stored(all.changes)[0]).toMatchObject({ name: '가게', branches: [{ name: '닫은 가게' }] });
    expect([all.doubtful.length, all.closed.size]).toEqual([1, 0]);
  });

  it('the second address counts if the first is empty', () => {
    const columns = { name: 0, number: 1, address: 2, lot: 3 };
    const rows = [
      ['가', '02-212-3456', ' ', '처인구 1-2'],
      ['나', '02-212-3457', '중앙로 1', '처인구 1-2'],
    ];
    expect(stored(plan(rows, { columns }).changes).map(({ address }) => address)).toEqual([
      '처인구 1-2',
      '중앙로 1',
    ]);
  });

  it("a person's mobile number is doubtful in a list that names people, unless a place is registered under it", () => {
    const rows = [
      ['포차', '010-5550-0199', ''],
      ['트럭', '010-5550-0198', ''],
      ['가게', '02-212-3456', ''],
    ];
    const { doubtful, changes } = plan(rows, {
      namesPeople: true,
      venueOf: (number) => (number === '01055500198' ? { ...hall, number } : null),
    });
    expect(doubtful.map(({ record, doubt }) => [record.line, doubt])).toEqual([[2, 'owner-mobile']]);
    expect(stored(changes).map(({ name }) => name)).toEqual(['트럭', '가게']);
  });

  it('a broken line is doubtful whatever its cells say', () => {
    const { doubtful } = planImport([{ line: 7, cells: ['가', '02-212-3456', '폐업'], broken: true }], {
      columns: { name: 0, number: 1, state: 2 },
      areaCode: '031',
      receiving: [],
      keepBranches: false,
      includeClosed: false,
      namesPeople: false,
      venueOf: () => null,
    });
    expect(doubtful).toMatchObject([{ record: { line: 7 }, doubt: 'cells' }]);
  });

  it('a cell that our own csv protected from a spreadsheet is read back', () => {
    expect(stored(plan([["'=1+1", "'+82-2-212-3456", "'@x"]]).changes)).toMatchObject([
      { number: '022123456', name: '=1+1', address: '@x' },
    ]);
  });
});
