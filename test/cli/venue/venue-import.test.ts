import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { encodeCp949 } from '../../../src/export/csv.ts';
import { type CommandBench, commandBench } from '../command-bench.ts';

interface ImportBench extends CommandBench {
  /** Writes a file beside the register, and says its path. */
  file(name: string, content: string | Uint8Array): string;
}

function bench(): ImportBench {
  const made = commandBench();
  made.temp.open().close();
  const file = (name: string, content: string | Uint8Array) => {
    const path = join(made.temp.dataDir, name);
    writeFileSync(path, content);
    return path;
  };
  return { ...made, file };
}

const names = async ({ temp }: CommandBench) => {
  const register = temp.open({ role: 'reader' });
  const all = (await register.venues()).map(({ number, name }) => `${number} ${name}`);
  register.close();
  return all;
};

const small = '상호,소재지,전화번호\r\n용인시청,중부대로 1199,031-324-2114\r\n가게,처인구,3.13E+08\r\n';

describe('venue import', () => {
  it('venue import reads five thousand places from a CP949 file, whatever the order of its columns', async () => {
    const made = bench();
    const rows = Array.from({ length: 5_000 }, (_, at) => {
      const number = `031-${200 + Math.floor(at / 100)}-${String(1_000 + (at % 100)).padStart(4, '0')}`;
      return `${at + 1},"똠얌 ${at}호점, 뷁",용인시 처인구 중앙로 ${at},${number}`;
    });
    const text = `연번,업소명,소재지(도로명),소재지전화\r\n${rows.join('\r\n')}\r\n`;
    const path = made.file('list.csv', encodeCp949(text).bytes);
    const { code, stdout, stderr } = await made.run(['venue', 'import', path]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('5,000 lines read (CP949, separated by commas)');
    expect(stdout).toContain('number: column 4 "소재지전화"');
    expect(stdout).toMatch(/added +5000/);
    const all = await names(made);
    expect(all).toHaveLength(5_000);
    expect(all.at(-1)).toBe('0312491099 똠얌 4999호점, 뷁');
    const again = await made.run(['venue', 'import', path, '--json']);
    expect(JSON.parse(again.stdout)).toMatchObject({ added: 0, unchanged: 5_000, doubtful: [] });
  });

  it('venue import reads semicolons, tabs, quoted line breaks and a title above the headings', async () => {
    const made = bench();
    const semicolons = made.file(
      'a.csv',
      '\uFEFF음식점 현황;;\n"상호\n(법인명)";비고;전화\n"가\n게";;02-212-3456\n',
    );
    const tabs = made.file('b.csv', 'Name\tPhone\nHall\t031-324-2114\n');
    expect((await made.run(['venue', 'import', semicolons])).code).toBe(0);
    expect((await made.run(['venue', 'import', tabs])).code).toBe(0);
    expect(await names(made)).toEqual(['022123456 가 게', '0313242114 Hall']);
  });

  it.each([
    ['en', ['added', 'doubtful', 'line 3', 'the spreadsheet shortened the number']],
    ['ko', ['등록', '확인 필요', '3번째 줄', '엑셀이 번호를 줄여 표시함']],
  ])('venue import reports what it took and what is doubtful (%s)', async (language, words) => {
    const made = bench();
    const { stdout } = await made.run(['venue', 'import', made.file('a.csv', small), '--lang', language]);
    for (const word of words) expect(stdout).toContain(word);
  });

  it('venue import --dry-run changes nothing, and says so', async () => {
    const made = bench();
    const { code, stdout } = await made.run(['venue', 'import', made.file('a.csv', small), '--dry-run']);
    expect([code, await names(made)]).toEqual([0, []]);
    expect(stdout).toContain('nothing was changed (--dry-run)');
  });

  it('venue import --rejects writes the doubtful lines to a file, which can be imported once corrected', async () => {
    const made = bench();
    const rejects = join(made.folder, 'doubtful.csv');
    const list = made.file('a.csv', encodeCp949(small).bytes);
    const { stderr } = await made.run(['venue', 'import', list, '--rejects', rejects, '--lang', 'ko']);
    expect(stderr).toContain('확인이 필요한 1줄을');
    expect(statSync(rejects).mode & 0o777).toBe(0o600);
    const corrected = readFileSync(rejects, 'latin1').replace('3.13E+08', '313242115');
    expect((await made.run(['venue', 'import', list, '--rejects', rejects])).code).toBe(3);
    const { stdout } = await made.run([
      'venue',
      'import',
      made.file('b.csv', Buffer.from(corrected, 'latin1')),
    ]);
    expect(stdout).toContain('leading zeros that a spreadsheet removed, restored: 1');
    expect(await names(made)).toEqual(['0313242114 용인시청', '0313242115 가게']);
  });

  it('venue import takes the columns of --columns', async () => {
    const made = bench();
    const path = made.file('a.csv', '시청,-,324-2114,중부대로\n');
    expect((await made.run(['venue', 'import', path, '--columns', 'number=3,name=1,address=4'])).code).toBe(
      0,
    );
    expect(await names(made)).toEqual(['0313242114 시청']);
  });

  it('venue import asks at a terminal for columns that no heading names', async () => {
    const made = bench();
    const stdin = Object.assign(new PassThrough(), { isTTY: true });
    const answers = ['2', '1', ''];
    const onStderr = (shown: string) => {
      if (/\? (?:\(.*\) )?$/.test(shown)) setImmediate(() => stdin.write(`${answers.shift() ?? ''}\n`));
    };
    const path = made.file('a.csv', '시청,324-2114\n');
    expect((await made.run(['venue', 'import', path], { stdin, onStderr })).code).toBe(0);
    expect(await names(made)).toEqual(['0313242114 시청']);
  });

  it.each([
    ['no column is known and nobody can be asked', '가,나\n다,라\n', 2, 'venue.columns'],
    ['no heading names the places', 'MNG_NO,TELNO\n1,02-212-3456\n', 2, 'venue.no-name-column'],
    ['it is half an archive', Buffer.from('PK\u0003\u0004'), 2, 'venue.workbook'],
    ['it has nothing', '', 4, 'venue.empty-list'],
    ['it has headings only', '상호,전화\n', 4, 'venue.empty-list'],
  ])('venue import refuses a file if %s', async (_, content, exit, id) => {
    const made = bench();
    const { code, stderr } = await made.run(['venue', 'import', made.file('a.csv', content)]);
    expect(code).toBe(exit);
    expect(stderr).toContain(`[${id}]`);
  });

  const portal = [
    '번호,관리번호,영업상태구분코드,영업상태명,소재지전화,소재지전체주소,도로명전체주소,사업장명,최종수정시점,',
    '1,A-1,03,폐업,031-897-3527,처인구 1,중앙로 1,에버치킨,2020,',
    '2,A-2,01,영업/정상,031 897 3527,처인구 1,중앙로 1,"가게 2, 본점",2020,',
    '3,A-3,01,영업/정상,031-897-3528,처인구 3-3,,가게3,2020,',
    '4,A-4,01,영업/정상,031-897-3529,처인구 4,,"수제족발, 구수"",2020,',
    '5,A-5,01,영업/정상,031-897-3530,처인구 5,,가게5,2020,',
    '6,A-6,01,영업/정상,,처인구 6,,가게6,2020,',
    '7,A-7,02,휴업,031-897-3531,처인구 7,,가게7,2020,',
    '8,A-8,01,영업/정상,FAX 031-897-3532,처인구 8,,"가게 8",2020,',
    '',
  ].join('\r\n');

  it('venue import takes the file of the public portal as it is: no closed place, no swallowed line', async () => {
    const made = bench();
    const path = made.file('portal.csv', encodeCp949(portal).bytes);
    const { code, stdout } = await made.run(['venue', 'import', path]);
    expect(code).toBe(0);
    expect(await names(made)).toEqual(['0318973527 가게 2, 본점', '0318973528 가게3', '0318973530 가게5']);
    expect(stdout).toMatch(/not in business +2/);
    expect(stdout).toContain('--include-closed registers them): 폐업 1 · 휴업 1');
    const report = stdout.slice(stdout.lastIndexOf('doubtful:'));
    expect(report).toMatch(
      /^doubtful:\n {2}1 {2}more or fewer cells[^\n]+\n {4}line 5 [^\n]+\n {2}1 {2}a fax[^\n]+\n {4}line 9 [^\n]+\n {2}1 {2}no number;/,
    );
    const shown = await made.run(['venue', 'show', '031-897-3528']);
    expect(shown.stdout).toContain('가게3 (처인구 3-3)');
    const again = await made.run(['venue', 'import', path, '--include-closed', '--json']);
    expect(JSON.parse(again.stdout)).toMatchObject({
      added: 1,
      changed: 1,
      unchanged: 2,
      closed: 0,
      doubtful_reasons: { cells: 1, fax: 1, 'no-number': 1 },
      changes: [
        {
          number: '031-897-3527',
          before: { name: '가게 2, 본점' },
          after: { branches: [{ name: '에버치킨' }] },
        },
      ],
    });
  });

  it('venue import takes what the headings do not name from --columns, and the rest from the headings', async () => {
    const made = bench();
    const path = made.file(
      'a.csv',
      '간판,TELNO,SALS_STTS_NM\n가게,031-324-2114,영업/정상\n나,031-324-2115,폐업\n',
    );
    expect((await made.run(['venue', 'import', path])).code).toBe(2);
    await made.run(['venue', 'import', path, '--columns', 'name=간판']);
    expect(await names(made)).toEqual(['0313242114 가게']);
    const nameless = made.file('b.csv', 'TELNO,비고\n031-324-2116,x\n');
    expect((await made.run(['venue', 'import', nameless, '--columns', 'name=-'])).code).toBe(0);
    expect(await names(made)).toEqual(['0313242114 가게', '0313242116 null']);
  });

  it('venue import doubts a mobile number in a list that names people, unless its column was named', async () => {
    const made = bench();
    const path = made.file('a.csv', '상호,대표자,휴대전화\n포차,김,010-5550-0199\n');
    const { code, stdout } = await made.run(['venue', 'import', path]);
    expect([code, await names(made)]).toEqual([4, []]);
    expect(stdout).toContain('a mobile number in a list that names people');
    expect((await made.run(['venue', 'import', path, '--columns', 'number=휴대전화'])).code).toBe(0);
    expect(await names(made)).toEqual(['01055500199 포차']);
  });

  it('venue import and venue add say what a place was called before', async () => {
    const made = bench();
    await made.run(['venue', 'import', made.file('a.csv', small)]);
    const path = made.file('b.csv', '상호,소재지,전화번호\n용인특례시청,중부대로 1199,031-324-2114\n');
    const line = '031-324-2114  용인시청 (중부대로 1199) -> 용인특례시청 (중부대로 1199)';
    for (const flags of [['--dry-run'], []]) {
      const { stdout } = await made.run(['venue', 'import', path, ...flags]);
      expect(stdout).toContain(`1 registered place changed:\n  ${line}\n`.trimEnd());
    }
    const { stdout } = await made.run(['venue', 'add', '324-2114', '--name', '시청']);
    expect(stdout).toContain('용인특례시청 (중부대로 1199) -> 시청 (중부대로 1199)');
  });

  it('venue import --rejects puts the reason first and keeps every cell', async () => {
    const made = bench();
    const rejects = join(made.folder, 'doubtful.csv');
    await made.run(['venue', 'import', made.file('p.csv', portal), '--rejects', rejects, '--lang', 'ko']);
    const lines = readFileSync(rejects, 'utf8').split('\r\n');
    expect(lines[0]).toMatch(/^\uFEFF사유,줄,번호,관리번호,/);
    expect(lines[1]).toMatch(/^"?칸 수가 목록의 열 수와 다름.*,5,4,A-4,.*,"""수제족발"," 구수""""",2020/);
  });

  it('venue import refuses a missing file, in Korean too', async () => {
    const { code, stderr } = await bench().run(['venue', 'import', '/nowhere.csv', '--lang', 'ko']);
    expect(code).toBe(2);
    expect(stderr).toContain("'/nowhere.csv' 파일을 읽을 수 없습니다(없음)");
  });

  it('venue import is one act in the audit log, and a dry run none', async () => {
    const made = bench();
    const path = made.file('a.csv', small);
    await made.run(['venue', 'import', path, '--dry-run']);
    await made.run(['venue', 'import', path]);
    const { stdout } = await made.run(['audit', 'list', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ command: 'venue import', rows: 1, outcome: 'complete' });
  });
});
