import { describe, expect, it } from 'vitest';
import { openZone } from '../../src/base/zone.ts';
import { type CsvEncoding, csvWriter } from '../../src/export/csv.ts';
import { type ExportRow, visitColumns } from '../../src/export/visit-columns.ts';
import { type Changes, visit } from './rows.ts';

const zone = openZone('Asia/Seoul');

function write(rows: readonly ExportRow[], encoding: CsvEncoding = 'utf-8', reveal = true) {
  const writer = csvWriter(visitColumns({ reveal }), { zone, encoding });
  const bytes = Buffer.concat([writer.begin(), writer.rows(rows), writer.end()]);
  return { bytes, writer };
}

const header =
  'visited_at,visitor,venue,venue_name,venue_address,received_at,line,time_source,web_sent,expires_at,corrected_by\r\n';
const line = (changes: Changes, reveal = true) => {
  const text = write([visit(changes)], 'utf-8', reveal).bytes.toString();
  return text.slice(text.indexOf('\r\n') + 2, -2);
};

describe('a csv file', () => {
  it('a csv file has a byte order mark, a header and a line for each visit', () => {
    const { bytes } = write([
      visit(),
      visit({ venue: '234567', venueName: null, venueAddress: null, webSent: true, timeSource: 'received' }),
    ]);
    expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf');
    expect(bytes.toString('utf8', 3)).toBe(
      `${header}2026-11-23T14:05:09+09:00,010-5550-0123,031-324-2114,용인시청,경기도 용인시 처인구 중부대로 1199,2026-11-23T14:05:11+09:00,line1,network,false,2026-12-21T14:05:09+09:00,\r\n` +
        `2026-11-23T14:05:09+09:00,010-5550-0123,234567,,,2026-11-23T14:05:11+09:00,line1,received,true,2026-12-21T14:05:09+09:00,\r\n`,
    );
  });

  it('a csv file masks visitors, and only visitors, unless it reveals', () => {
    expect(line({ venue: '01055500999' }, false)).toMatch(
      /^2026-11-23T14:05:09\+09:00,010-\*{4}-\*{2}23,010-5550-0999,/,
    );
  });

  it.each([
    ['a comma', '가, 나', '"가, 나"'],
    ['quotes', '"본관"', '"""본관"""'],
    ['a line feed', '가\n나', '"가\n나"'],
    ['a carriage return', '가\r나', '가·나'],
    ['spaces around', ' 가 ', ' 가 '],
    ['a semicolon', '가;나', '가;나'],
    ['an emoji', '카페 ☕🍰', '카페 ☕🍰'],
  ])('a csv file quotes as RFC 4180 says: %s', (_what, name, expected) => {
    expect(line({ venueName: name, venueAddress: null })).toContain(`,031-324-2114,${expected},,2026-`);
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['=HYPERLINK("http://x","용인")', `"'=HYPERLINK(""http://x"",""용인"")"`],
    ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', '·=1'],
    ['=', "'="],
    ['＝1+1', "'＝1+1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠SUM(A1)', "'＠SUM(A1)"],
    ['a=1', 'a=1'],
    ["'=1", "'=1"],
  ])('a csv file lets no spreadsheet run %j', (name, expected) => {
    expect(line({ venueName: name, venueAddress: null })).toContain(`,031-324-2114,${expected},,2026-`);
    expect(line({ venueName: null, venueAddress: name })).toContain(`,031-324-2114,,${expected},2026-`);
    expect(line({ line: name })).toContain(`+09:00,${expected},network,`);
  });

  it('a csv file neutralises a foreign visitor’s number, which begins with a plus', () => {
    expect(line({ visitor: '+8613800000000' })).toMatch(/^[^,]+,'\+86/);
    expect(line({ visitor: '+8613800000000' }, false)).toMatch(/^[^,]+,'\+86[^,]*\*/);
  });

  it('a csv file in CP949 has no byte order mark, keeps Hangul, and counts replaced characters', () => {
    const { bytes, writer } = write([visit({ venueName: '카페 ☕' }), visit({ venueName: 'Café' })], 'cp949');
    const text = new TextDecoder('euc-kr').decode(bytes);
    expect(text.startsWith(header)).toBe(true);
    expect(text).toContain(',카페 〓,경기도 용인시 처인구 중부대로 1199,');
    expect(text).toContain(',Caf〓,');
    expect(writer.substituted()).toBe(2);
  });

  it('a csv file in CP949 is neutralised before characters are replaced', () => {
    const text = new TextDecoder('euc-kr').decode(write([visit({ venueName: '＝☕' })], 'cp949').bytes);
    expect(text).toContain(",'＝〓,");
  });

  it('a csv file quotes a text in the same way each time', () => {
    const rows = Array.from({ length: 300 }, (_, index) => visit({ venueName: `=${index % 3},` }));
    const lines = write(rows).bytes.toString().split('\r\n').slice(1, -1);
    expect(lines).toHaveLength(300);
    for (const [index, text] of lines.entries()) expect(text).toContain(`,"'=${index % 3},",`);
  });

  it('a csv file names the place of each row, also if rows share one', () => {
    const hall = visit().place;
    const removed = { ...hall, name: null, address: null };
    const rows = [hall, removed, hall, hall, removed].map((place) => ({ ...visit(), place }));
    const cells = write(rows).bytes.toString().split('\r\n').slice(1, -1);
    const named = ',031-324-2114,용인시청,경기도 용인시 처인구 중부대로 1199,';
    expect(cells.map((text) => text.includes(named))).toEqual([true, false, true, true, false]);
    expect(cells.map((text) => text.includes(',031-324-2114,,,'))).toEqual([false, true, false, false, true]);
  });
});
