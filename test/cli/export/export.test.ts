import { existsSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { hourMs } from '../../../src/base/amounts.ts';
import { progressLine } from '../../../src/cli/officer/progress-line.ts';
import type { Shell } from '../../../src/cli/shell.ts';
import { readWorkbook } from '../../export/xlsx/read-workbook.ts';
import { nowMs, visit } from '../../store/temp-register.ts';
import { decrypted, keyPair } from '../../support/age-keys.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { beyondWindow, type CommandBench, commandBench } from '../command-bench.ts';

const hall = '0313242114';
const window = ['export', '--from', '-2d', '--to', '-0h', '--reason', 'drill'];
const revealing = [...window, '--reveal', '--reason', 'contact tracing', '--case', '2026-118'];

/** Visits to the hall, one an hour back each. */
function bench(visits = 3): CommandBench {
  const made = commandBench();
  const register = made.temp.open();
  void register.putVenues([{ number: hall, name: "=cmd|' /C calc'!A0", address: null, issued: false }]);
  register.transact((unit) => {
    for (let index = 0; index < visits; index += 1) {
      const visitor = `0105550${String(index).padStart(4, '0')}`;
      unit.addVisit(visit({ visitor, venue: hall, atMs: nowMs - 60_000 - (index % 24) * hourMs }));
    }
  });
  register.close();
  return made;
}

const fileOf = ({ folder }: CommandBench, name: string) => join(folder, name);
const files = ({ folder }: CommandBench) => readdirSync(folder).filter((name) => /out|part$/.test(name));

async function acts({ run }: CommandBench): Promise<Record<string, unknown>[]> {
  const { stdout } = await run(['audit', 'list', '--json']);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('export --format xlsx', () => {
  it('a workbook says above its table what it is, for whom, why and until when it may be kept', async () => {
    const made = bench();
    const out = fileOf(made, 'out.xlsx');
    const { code, stderr } = await made.run([...revealing, '--format', 'xlsx', '--output', out]);
    expect([code, beyondWindow(stderr)]).toEqual([0, `visitlog: 3 visits written to ${out}\n`]);
    const [sheet] = readWorkbook(readFileSync(out)).sheets;
    const value = (at: string) => sheet?.cells.get(at)?.value;
    expect(sheet?.name).toBe('Visits');
    expect(value('A1')).toBe('Visitors of the register');
    expect(['A2', 'C2', 'F2', 'G2'].map(value)).toEqual(['Case', '2026-118', 'Purpose', 'contact tracing']);
    expect(['A3', 'F3', 'G3'].map(value)).toEqual([
      'Requested by',
      'Window',
      '2026-11-21 14:20 to now, 2026-11-23 14:20, Asia/Seoul',
    ]);
    expect(['A4', 'C4', 'F4', 'G4'].map(value)).toEqual(['Rows', '3', 'Destroy by', '2026-12-21 14:20']);
    expect(['C5', 'C6'].map(value)).toEqual(['numbers whole', 'all']);
    expect(['A7', 'C7'].map(value)).toEqual([
      'Records',
      'there are records from 2026-11-23 12:00 on: the register was begun then',
    ]);
    expect(['A8', 'B8', 'C8', 'D8'].map(value)).toEqual(['no.', 'visited at', 'visitor', 'place']);
    const row = ['1', '010-5550-0002', '031-324-2114', "=cmd|' /C calc'!A0"];
    expect(['A9', 'C9', 'D9', 'E9'].map(value)).toEqual(row);
    expect(['A10', 'A11', 'A12'].map(value)).toEqual(['2', '3', undefined]);
  });

  it('a workbook has headings in the language of the reader, and masks visitors', async () => {
    const made = bench();
    const out = fileOf(made, 'out.xlsx');
    const args = [...window, '--output', out, '--columns', 'all'];
    const { stderr } = await made.run(args, { env: { LANG: 'ko_KR.UTF-8' } });
    expect(beyondWindow(stderr)).toBe(`visitlog: 방문 3건을 '${out}' 파일에 저장했습니다\n`);
    const [sheet] = readWorkbook(readFileSync(out)).sheets;
    const value = (at: string) => sheet?.cells.get(at)?.value;
    expect(['A1', 'A2', 'G4', 'C5', 'B8', 'K8'].map(value)).toEqual([
      '방문자 명단',
      '관리번호(사례번호)',
      '파기 기한',
      '번호 마스킹',
      '방문일시',
      '보유기한',
    ]);
    expect(['C9', 'I9', 'J9'].map(value)).toEqual(['010-****-**02', '통신망', '아니요']);
    expect(readFileSync(out).includes('5550')).toBe(false);
  });

  it.each([
    ['en', ['--venue', '324-2141'], 'No place is registered under 031-324-2141: is the number right?'],
    ['ko', ['--venue', '324-2141'], '031-324-2141 번호로 등록된 장소도 없습니다'],
    ['en', ['--venue', '010-5550-0003'], 'No place is registered under 010-****-**03: is the number right?'],
    ['en', ['--line', 'lnie1'], 'The configuration has no line "lnie1".'],
    ['ko', ['--line', 'lnie1'], "'lnie1' 회선은 설정 파일에 없습니다."],
  ])('an export that finds nothing says what may be mistyped (%s, %j)', async (language, typed, hint) => {
    const { code, stderr } = await bench().run([...window, ...typed, '--lang', language]);
    expect([code, stderr]).toEqual([4, expect.stringContaining(hint)]);
  });

  it('an export says which of several numbers has no place and no visit', async () => {
    const typed = ['--venue', '031-324-2114', '--venue', '031-324-2141'];
    expect(await bench().run([...window, ...typed])).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(
        /^visitlog: no visit to 031-324-2141, and no place is registered under it\n$/m,
      ),
    });
  });

  it('a workbook does not go to a terminal', async () => {
    const made = bench();
    const stdout = Object.assign(new PassThrough(), { isTTY: true });
    const { code, stderr } = await made.run([...window, '--format', 'xlsx'], { stdout });
    expect([code, stdout.readableLength]).toEqual([2, 0]);
    expect(stderr).toContain('[export.terminal]');
    expect(await acts(made)).toEqual([]);
  });
});

describe('export --format csv', () => {
  const heading = async (args: readonly string[], env: Readonly<Record<string, string>>) =>
    (await bench().run(args, { env })).stdout.split('\r\n')[0];

  it('csv has keys as headings whatever the locale, and Korean headings if the command line says so', async () => {
    expect(await heading(window, { LANG: 'ko_KR.UTF-8' })).toMatch(/^\uFEFFvisited_at,visitor,/);
    expect(await heading(['--lang', 'en', ...window], {})).toMatch(/^\uFEFFvisited_at,visitor,/);
    expect(await heading(['--lang', 'ko', ...window], {})).toBe(
      '\uFEFF방문일시,전화번호,장소 번호,장소명,주소,수신일시,회선,시각 기준,웹발신,보유기한,지정한 사람,일치 여부,문자 내용',
    );
    const { stdout } = await bench().run([
      '--lang',
      'ko',
      ...window,
      '--columns',
      'visited_at,web_sent,match',
    ]);
    // As a spreadsheet takes it for a time.
    expect(stdout.split('\r\n')[1]).toMatch(/^2026-11-23 \d\d:\d\d:\d\d,아니요,정확$/);
  });
});

describe('export --encrypt-to', () => {
  it.each(['csv', 'jsonl', 'xlsx'])(
    'an encrypted export writes %s that only its recipients read, and says so in the log',
    async (format) => {
      const made = bench();
      const out = fileOf(made, 'out.age');
      const [one, two] = [await keyPair(), await keyPair()];
      writeFileSync(fileOf(made, 'recipients'), `# health office\n${two.recipient}\n`);
      const to = ['--encrypt-to', one.recipient, '--encrypt-to', `@${fileOf(made, 'recipients')}`];
      const plain = await made.run([...revealing, '--format', format, '--output', fileOf(made, 'out')]);
      const { code, stderr } = await made.run([...revealing, '--format', format, '--output', out, ...to]);
      expect([plain.code, code]).toEqual([0, 0]);
      expect(beyondWindow(stderr)).toBe(`visitlog: 3 visits written to ${out}, encrypted\n`);
      const expected = readFileSync(fileOf(made, 'out'));
      for (const { identity } of [one, two])
        expect((await decrypted(readFileSync(out), identity)).equals(expected)).toBe(true);
      expect(readFileSync(out).includes('5550')).toBe(false);
      expect((await acts(made)).map(({ encrypted, format: form }) => [encrypted, form])).toEqual([
        [false, format],
        [true, format],
      ]);
      expect((await made.run(['audit', 'verify'])).code).toBe(0);
    },
  );

  it.each([
    ['nobody', 'recipient.invalid'],
    ['@/nonexistent/file', 'recipient.file'],
    [`AGE-SECRET-KEY-1${'Q'.repeat(58)}`, 'recipient.secret'],
  ])(
    'an export encrypted to %s is refused before anything is read, written or recorded',
    async (recipient, code) => {
      const made = bench();
      const out = fileOf(made, 'out.age');
      const ran = await made.run([...revealing, '--output', out, '--encrypt-to', recipient]);
      expect([ran.code, ran.stdout]).toEqual([2, '']);
      expect(ran.stderr).toContain(`[${code}]`);
      expect(ran.stderr).not.toContain('QQQQ');
      expect(existsSync(out)).toBe(false);
      expect(await acts(made)).toEqual([]);
    },
  );
});

/** A draft may have no name until it is whole: then only its descriptor shows that it has begun. */
function isBeingWritten(target: string): boolean {
  const open = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return '';
    }
  });
  return open.some((path) => dirname(path) === dirname(target));
}

describe('an export that is stopped', () => {
  it.each([
    ['xlsx', []],
    ['xlsx', ['encrypted']],
    ['csv', ['encrypted']],
  ] as const)(
    'a stopped export leaves no half file as %s %s, and its act is closed as interrupted',
    async (format, [encrypted]) => {
      const made = bench(20_000);
      const to = encrypted ? ['--encrypt-to', (await keyPair()).recipient] : [];
      const stop = new AbortController();
      const out = fileOf(made, 'out');
      const work = made.run([...revealing, '--format', format, '--output', out, ...to], {
        signal: stop.signal,
      });
      while (!isBeingWritten(out)) await new Promise((resolve) => setImmediate(resolve));
      stop.abort();
      const { code, stderr } = await work;
      expect([code, files(made)]).toEqual([1, []]);
      expect(stderr).toContain('[export.interrupted]');
      expect(await acts(made)).toMatchObject([{ outcome: 'interrupted', revealed: true }]);
    },
  );
});

describe('the progress of an export', () => {
  function line(terminal: boolean, output = 'file', stdoutTerminal = false) {
    let text = '';
    const stderr = Object.assign(new PassThrough(), { isTTY: terminal });
    stderr.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    const stdout = Object.assign(new PassThrough(), { isTTY: stdoutTerminal });
    const clock = new FakeClock();
    const shell = { stderr, stdout, clock, language: 'en' } as unknown as Shell;
    return { clock, progress: progressLine(shell, output), text: () => text };
  }

  it('the progress of an export is a line at a terminal after a second, written over, and gone at the end', async () => {
    const { clock, progress, text } = line(true);
    await clock.advance(900);
    progress.at(90_000, 0.09);
    expect(text()).toBe('');
    await clock.advance(100);
    progress.at(100_000, 0.1);
    progress.at(101_000, 0.101);
    await clock.advance(200);
    progress.at(120_000, null);
    progress.end();
    progress.end();
    await new Promise((resolve) => setImmediate(resolve));
    expect(text()).toBe(
      '\r\u001b[K100,000 rows, 100,000 a second (10 %)\r\u001b[K120,000 rows, 100,000 a second\r\u001b[K',
    );
  });

  it.each([
    ['standard error is no terminal', line(false)],
    ['the rows themselves go to the terminal', line(true, '-', true)],
  ])('the progress of an export is not shown if %s', async (_where, { clock, progress, text }) => {
    await clock.advance(5_000);
    progress.at(1_000_000, 0.5);
    progress.end();
    await new Promise((resolve) => setImmediate(resolve));
    expect(text()).toBe('');
  });
});
