import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hourMs, minuteMs } from '../../../src/base/amounts.ts';
import { areaOf } from '../../../src/export/trace/trace-tables.ts';
import { all } from '../../export/xlsx/parse-xml.ts';
import { type ReadSheet, readWorkbook } from '../../export/xlsx/read-workbook.ts';
import { nowMs, visit } from '../../store/temp-register.ts';
import { type CommandBench, commandBench } from '../command-bench.ts';

const ill = '01055500123';
const second = '01055500124';
const hall = '0313242114';
const shop = '0313345389';
const startMs = nowMs - 5 * hourMs;
const asked = ['trace', '--visitor', '-', '--from', '-1d', '--reason', 'case interview', '--reveal'];

function bench(): CommandBench {
  const made = commandBench();
  const register = made.temp.open();
  void register.putVenues([
    { number: hall, name: '용인시청', address: '경기도 용인시 처인구 중부대로 1199', issued: false },
    { number: shop, name: '홍익족발', address: '경기도 용인시 수지구 성복2로 126', issued: false },
  ]);
  register.transact((unit) => {
    const add = (visitor: string, minutes: number, venue: string) =>
      unit.addVisit(visit({ visitor, venue, atMs: startMs + minutes * minuteMs }));
    add(ill, 0, hall);
    add(second, 60, shop);
    add('01055500777', -8, hall);
    add('01055500777', 65, shop);
    add('01055500888', 20, hall);
    add('01055500999', 61, '0313345398');
  });
  register.close();
  return made;
}

async function workbookOf(made: CommandBench, ...more: string[]) {
  const file = join(made.folder, 'contacts.xlsx');
  const stdin = '010-5550-0123\n010-5550-0124\n';
  const { code, stderr } = await made.run([...asked, '--lang', 'ko', '--output', file, ...more], { stdin });
  expect([code, stderr]).toEqual([0, expect.any(String)]);
  return readWorkbook(readFileSync(file)).sheets;
}

/** The rows from the headings on, as text. */
function tableOf(sheet: ReadSheet | undefined): string[][] {
  const [filter] = sheet === undefined ? [] : all(sheet.xml, 'autoFilter');
  const [, from = '0', column = 'A', to = '0'] =
    /^A(\d+):([A-Z])(\d+)$/.exec(filter?.attributes.ref ?? '') ?? [];
  const letters = Array.from({ length: column.charCodeAt(0) - 64 }, (_, at) => String.fromCharCode(65 + at));
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, at) =>
    letters.map((letter) => sheet?.cells.get(`${letter}${Number(from) + at}`)?.value ?? ''),
  );
}

describe('a trace as a working paper', () => {
  it('has a sheet of the people to be called, one of the meetings and one of the route', async () => {
    const [people, meetings, route, ...more] = await workbookOf(bench());
    expect([people?.name, meetings?.name, route?.name, more.length]).toEqual([
      '접촉자 명단',
      '접촉',
      '이동경로',
      0,
    ]);
    const rows = tableOf(people);
    expect(rows[0]).toEqual([
      ...['연번', '전화번호', '확진자', '첫 접촉', '마지막 접촉', '접촉 장소', '접촉 수', '최소 시간차(분)'],
      ...['일치 여부', '통화 결과', '비고'],
    ]);
    expect(rows.slice(1).map((row) => [...row.slice(0, 3), ...row.slice(5)])).toEqual([
      ['1', '010-5550-0777', '1, 2', '용인시청, 홍익족발', '2', '5', '정확', '', ''],
      ['2', '010-5550-0888', '1', '용인시청', '1', '20', '정확', '', ''],
      ['3', '010-5550-0999', '2', '홍익족발', '1', '1', '유사', '', ''],
    ]);
    expect(tableOf(meetings).map((row) => row.slice(0, 2))).toEqual([
      ['연번', '접촉자'],
      ...['1', '1', '2', '3'].map((contact, index) => [String(index + 1), contact]),
    ]);
    expect(tableOf(route).map((row) => row.slice(0, 5))).toEqual([
      ['연번', '확진자', '지역', '장소명', '주소'],
      ['1', '1', '용인시 처인구', '용인시청', '경기도 용인시 처인구 중부대로 1199'],
      ['2', '2', '용인시 수지구', '홍익족발', '경기도 용인시 수지구 성복2로 126'],
    ]);
    const sheets = [people, meetings, route];
    expect(sheets.map((sheet) => sheet?.cells.get('A1')?.value)).toEqual([
      '접촉자 명단',
      '접촉 내역',
      '확진자 이동경로',
    ]);
    for (const sheet of sheets)
      expect([...(sheet?.cells.values() ?? [])].map(({ value }) => value)).toContain('case interview');
  });

  it('prints every sheet on A4 landscape with letters of 8 points at least, and no number beside a date', async () => {
    const millimetresOfDigit = 1.852;
    const printable = 297 - 2 * 0.4 * 25.4;
    const made = bench();
    const deep = await workbookOf(made, '--depth', '2');
    const export_ = join(made.folder, 'visits.xlsx');
    await made.run(['export', '--from', '-1d', '--reason', 'drill', '--output', export_]);
    for (const sheet of [
      ...(await workbookOf(bench())),
      ...deep,
      ...readWorkbook(readFileSync(export_)).sheets,
    ]) {
      const widths = all(sheet.xml, 'col').map(({ attributes }) => Number(attributes.width));
      const scale = printable / (widths.reduce((sum, width) => sum + width, 0) * millimetresOfDigit);
      expect(11 * Math.min(1, scale), sheet.name).toBeGreaterThanOrEqual(8);
      const [setup] = all(sheet.xml, 'pageSetup');
      expect(setup?.attributes).toMatchObject({ paperSize: '9', orientation: 'landscape' });
    }
  });

  it('has the columns that --columns names, in their order, or all', async () => {
    const made = bench();
    const [, meetings] = await workbookOf(made, '--columns', 'visitor,visited_at,line');
    expect(tableOf(meetings)[0]).toEqual(['연번', '전화번호', '방문일시', '회선']);
    const [, whole] = await workbookOf(made, '--columns', 'all', '--force');
    expect(tableOf(whole)[0]).toContain('보유기한');
    const csv = await made.run([...asked, '--columns', 'venue_name, match'], { stdin: '010-5550-0123\n' });
    expect(csv.stdout).toBe(
      '\uFEFFvenue_name,match\r\n용인시청,exact\r\n용인시청,exact\r\n용인시청,exact\r\n',
    );
    const wrong = await made.run([...asked, '--columns', 'visitor,name'], { stdin: '010-5550-0123\n' });
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('there is no column "name"')]);
  });

  it('one person with several phones is one case, of whom others are contacts once', async () => {
    const [people, , route] = await workbookOf(bench(), '--same-person');
    expect(tableOf(people).map((row) => row[2])).toEqual(['확진자', '1', '1', '1']);
    expect(tableOf(route).map((row) => row[1])).toEqual(['확진자', '1', '1']);
  });

  it('the margin before a visit may differ from the one after it', async () => {
    const made = bench();
    const met = async (margin: string) => {
      const { stdout } = await made.run([...asked, '--format', 'jsonl', '--margin', margin], {
        stdin: '010-5550-0123\n',
      });
      return stdout
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line).minutes_after)
        .filter((minutes) => minutes !== null);
    };
    expect(await met('10m,10m')).toEqual([-8]);
    expect(await met('0m,30m')).toEqual([20]);
    expect(await met('10분,30분')).toEqual([-8, 20]);
    const wrong = await made.run([...asked, '--margin', '1m,2m,3m'], { stdin: '010-5550-0123\n' });
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('[trace.margin]')]);
  });

  it('csv in Korean has Korean values', async () => {
    const { stdout } = await bench().run(
      [...asked, '--lang', 'ko', '--columns', 'time_source,web_sent,match'],
      {
        stdin: '010-5550-0123\n',
      },
    );
    expect(stdout.split('\r\n').slice(0, 2)).toEqual([
      '\uFEFF시각 기준,웹발신,일치 여부',
      '통신망,아니요,정확',
    ]);
  });
});

it.each([
  ['경기도 용인시 수지구 성복2로 126', '용인시 수지구'],
  ['서울특별시 중구 세종대로 110', '서울특별시 중구'],
  ['경기도 양평군 양평읍 군청앞길 2', '양평군 양평읍'],
  ['성복2로 126', null],
  [null, null],
])('the area of %s is %s', (address, area) => {
  expect(areaOf(address)).toBe(area);
});

it('a visitor whose number no plan has is traced as an export shows them, with a warning', async () => {
  const made = commandBench();
  const register = made.temp.open();
  register.transact((unit) => unit.addVisit(visit({ visitor: '01012345678', atMs: nowMs - hourMs })));
  register.close();
  for (const number of ['01012345678', '010-1234-5678']) {
    const { code, stderr } = await made.run([...asked, '--summary'], { stdin: `${number}\n` });
    expect([code, stderr]).toEqual([0, expect.stringContaining('number 1 is of no numbering plan')]);
  }
  const erased = await made.run(['erase', '--visitor', '-', '--reason', 'x', '--dry-run'], {
    stdin: '01012345678\n',
  });
  expect(erased.code).toBe(0);
  const nobody = await made.run([...asked], { stdin: 'nobody\n' });
  expect([nobody.code, nobody.stderr]).toEqual([2, expect.stringContaining('[trace.visitor]')]);
});

it.each(['–-from', '—from', '−−from'])(
  'an option with the dash of a word processor is named: %s',
  async (typed) => {
    const { code, stderr } = await commandBench().run(['export', typed, '-7d', '--reason', 'x']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('--from')]);
    expect(stderr).toContain('[usage.unknown-option]');
  },
);
