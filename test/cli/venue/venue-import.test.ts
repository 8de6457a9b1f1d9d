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
    ['a quotation mark is left open', '상호,전화\n"가,02-212-3456\n', 2, 'venue.csv-quote'],
    ['it is a workbook', Buffer.from('PK\u0003\u0004'), 2, 'venue.not-csv'],
    ['it has nothing', '', 4, 'venue.empty-list'],
    ['it has headings only', '상호,전화\n', 4, 'venue.empty-list'],
  ])('venue import refuses a file if %s', async (_, content, exit, id) => {
    const made = bench();
    const { code, stderr } = await made.run(['venue', 'import', made.file('a.csv', content)]);
    expect(code).toBe(exit);
    expect(stderr).toContain(`[${id}]`);
  });

  it('venue import refuses a missing file, in Korean too', async () => {
    const { code, stderr } = await bench().run(['venue', 'import', '/nowhere.csv', '--lang', 'ko']);
    expect(code).toBe(2);
    expect(stderr).toContain("'/nowhere.csv' 파일을 읽을 수 없습니다(ENOENT)");
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
