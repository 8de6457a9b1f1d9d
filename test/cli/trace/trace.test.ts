import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { Decrypter, generateIdentity, identityToRecipient } from 'age-encryption';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { hourMs } from '../../../src/base/amounts.ts';
import { hourOf } from '../../../src/store/hour.ts';
import { Keyring } from '../../../src/store/keyring/keyring.ts';
import { filesWith, nowMs, visit } from '../../store/temp-register.ts';
import { beyondWindow, type CommandBench, commandBench } from '../command-bench.ts';

const ill = '01055500123';
const near = '01055500777';
const late = '01055500888';
const stranger = '01055500999';
const hall = '0313242114';
const minuteMs = 60_000;
const stdin = '010-5550-0123\n';
const asked = ['trace', '--visitor', '-', '--from', '-7d', '--to', '-0h', '--reason', 'case interview'];
const anyNumber = /5550-?0\d{3}/;

/** The case at the hall, twice; near them one before and one after; a stranger an hour later. */
function bench(): CommandBench {
  const made = commandBench();
  const register = made.temp.open();
  const start = nowMs - 30 * hourMs;
  void register.putVenues([{ number: hall, name: '용인시청', address: null, issued: false }]);
  register.transact((unit) => {
    const add = (visitor: string, minutes: number) =>
      unit.addVisit(visit({ visitor, venue: hall, atMs: start + minutes * minuteMs }));
    add(ill, 0);
    add(near, -12);
    add(late, 25);
    add(near, 10);
    add(ill, 15);
    add(stranger, 80);
  });
  register.close();
  return made;
}

function objects(stdout: string): Record<string, unknown>[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

async function acts({ run }: CommandBench): Promise<Record<string, unknown>[]> {
  return objects((await run(['audit', 'list', '--json'])).stdout);
}

describe('trace', () => {
  it("a trace writes the case's own rows first, then every contact with all meetings", async () => {
    const { code, stdout, stderr } = await bench().run([...asked, '--reveal', '--format', 'jsonl'], {
      stdin,
    });
    expect([code, beyondWindow(stderr)]).toEqual([0, '']);
    const rows = objects(stdout);
    expect(
      rows.map((row) => [row.visitor, row.case, row.case_visit, row.contact, row.minutes_after]),
    ).toEqual([
      ['010-5550-0123', 1, 1, null, null],
      ['010-5550-0123', 1, 2, null, null],
      ['010-5550-0777', 1, 1, 1, -12],
      ['010-5550-0777', 1, 2, 1, -5],
      ['010-5550-0888', 1, 2, 2, 10],
    ]);
    expect(rows[4]).toMatchObject({
      venue: '031-324-2114',
      venue_name: '용인시청',
      visited_at: '2026-11-22T08:45:00+09:00',
      case_visited_at: '2026-11-22T08:35:00+09:00',
    });
    expect(Object.keys(rows[0] ?? {}).slice(-5)).toEqual([
      'case',
      'case_visit',
      'contact',
      'case_visited_at',
      'minutes_after',
    ]);
  });

  it('a trace masks every number unless --reveal is given, and numbers the contacts', async () => {
    const { stdout } = await bench().run(asked, { stdin });
    const lines = stdout.replace('\uFEFF', '').trimEnd().split('\r\n');
    expect(lines).toHaveLength(6);
    expect(stdout).not.toMatch(anyNumber);
    expect(lines[3]).toMatch(
      /,010-\*\*\*\*-\*\*77,031-324-2114,용인시청,.*,1,1,1,2026-11-22T08:20:00\+09:00,-12$/,
    );
  });

  it('a trace counts a meeting within the given margin', async () => {
    const met = async (margin: string) => {
      const { stdout } = await bench().run([...asked, '--format', 'jsonl', '--margin', margin], { stdin });
      return objects(stdout).flatMap((row) => (row.contact === null ? [] : [row.minutes_after]));
    };
    expect(await met('5m')).toEqual([-5]);
    expect(await met('2h')).toEqual([-12, -5, 10, 65]);
    expect(await met('0m')).toEqual([]);
  });

  it('a trace follows several cases, each named by its position in what was typed', async () => {
    const both = await bench().run([...asked, '--format', 'jsonl'], { stdin: `${stdin}010-5550-0888\n\n` });
    const rows = objects(both.stdout).map((row) => [
      row.case,
      row.case_visit,
      row.contact,
      row.minutes_after,
    ]);
    expect(rows).toEqual([
      [1, 1, null, null],
      [1, 2, null, null],
      [2, 1, null, null],
      [1, 1, 1, -12],
      [1, 2, 1, -5],
      [2, 1, 1, -15],
    ]);
  });

  it('a trace takes one number twice for one case, and says which case has no visit', async () => {
    const { stdout, stderr } = await bench().run([...asked, '--format', 'jsonl'], {
      stdin: `${stdin}+82 10-5550-0123\n010 5550 0001\n`,
    });
    expect(objects(stdout).filter((row) => row.contact === null)).toHaveLength(2);
    expect(beyondWindow(stderr)).toBe('visitlog: case 2 has no visit that matches\n');
  });

  it('a trace asks for the numbers at a terminal, and does not show them', async () => {
    const terminal = Object.assign(new PassThrough(), { isTTY: true });
    const typed = ['010-5550-0123', ''];
    const onStderr = (shown: string) => {
      if (shown.trimEnd().endsWith(':')) setImmediate(() => terminal.write(`${typed.shift() ?? ''}\n`));
    };
    const { code, stderr } = await bench().run([...asked, '--summary'], { stdin: terminal, onStderr });
    expect(code).toBe(0);
    expect(stderr).toContain('The number of case 2');
    expect(stderr).not.toMatch(anyNumber);
  });

  it('trace --summary gives numbers and shows nobody', async () => {
    const made = bench();
    const { stdout } = await made.run([...asked, '--summary', '--reveal', '--lang', 'ko'], { stdin });
    expect(stdout.trimEnd().split('\n')).toEqual([
      '기간: 2026-11-16 14:20 ~ 2026-11-23 14:20 (지금)',
      '기록은 2026-11-22 08:00부터 있습니다. 방문 기록부가 그때 시작되었습니다',
      '확진자 1: 방문 2건',
      '접촉자 2명, 전후 30분 안의 접촉 3건',
      '',
      '장소          장소명    확진자 방문  접촉자  접촉',
      '031-324-2114  용인시청            2       2     3',
    ]);
    const { stdout: json } = await made.run([...asked, '--summary', '--format', 'jsonl'], { stdin });
    expect(JSON.parse(json)).toEqual({
      from: '2026-11-16T14:20:00+09:00',
      to: '2026-11-23T14:20:00+09:00',
      records_from: '2026-11-22T08:00:00+09:00',
      records_to: '2026-11-23T14:20:00+09:00',
      cases: [{ case: 1, visits: 2 }],
      margin_minutes: 30,
      margin_after_minutes: 30,
      contacts: 2,
      meetings: 3,
      near_contacts: 0,
      venues: [{ venue: '031-324-2114', venue_name: '용인시청', case_visits: 2, contacts: 2, meetings: 3 }],
    });
    expect((await acts(made)).map(({ command, rows }) => [command, rows])).toEqual([
      ['trace --summary', 0],
      ['trace --summary', 0],
    ]);
  });

  it('trace --summary writes to the named file only', async () => {
    const made = bench();
    const file = join(made.folder, 'summary.json');
    const args = [...asked, '--summary', '--format', 'jsonl', '--output', file];
    const told = await made.run(args, { stdin });
    expect({ ...told, stderr: beyondWindow(told.stderr) }).toEqual({
      code: 0,
      stdout: '',
      stderr: `visitlog: summary written to ${file}\n`,
    });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ contacts: 2, meetings: 3 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await made.run(args, { stdin })).toMatchObject({ code: 3 });
    expect(await acts(made)).toMatchObject([
      { output: 'file', outcome: 'complete' },
      { output: 'file', outcome: 'failed', code: 'export.exists' },
    ]);
  });

  it('trace --summary is refused as a workbook', async () => {
    const { code, stdout, stderr } = await bench().run([...asked, '--summary', '--format', 'xlsx'], {
      stdin,
    });
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining('[trace.summary]')]);
  });

  it('a trace writes a whole, private file that is not overwritten', async () => {
    const made = bench();
    const file = join(made.folder, 'contacts.csv');
    const first = await made.run([...asked, '--reveal', '--output', file], { stdin });
    expect(first).toMatchObject({
      code: 0,
      stderr: expect.stringContaining(
        `visitlog: 2 visits of the case and 2 contacts with 3 meetings written to ${file}\n`,
      ),
    });
    expect([statSync(file).mode & 0o777, readFileSync(file, 'utf8').split('\r\n').length]).toEqual([
      0o600, 7,
    ]);
    expect(await made.run([...asked, '--output', file], { stdin })).toMatchObject({ code: 3 });
  });

  it('a trace becomes a workbook with Korean headings, or a file that only its recipient can read', async () => {
    const made = bench();
    const file = join(made.folder, 'contacts');
    const args = [...asked, '--reveal', '--output'];
    await made.run([...args, `${file}.xlsx`, '--format', 'xlsx', '--lang', 'ko'], { stdin });
    const parts = Object.values(unzipSync(readFileSync(`${file}.xlsx`))).map((part) => strFromU8(part));
    for (const text of ['접촉자', '시간차(분)', 'case interview', '010-5550-0888'])
      expect(parts.join('')).toContain(text);
    const identity = await generateIdentity();
    const recipient = await identityToRecipient(identity);
    const told = await made.run([...args, `${file}.age`, '--encrypt-to', recipient], { stdin });
    expect(told.stderr).toMatch(/written to .*contacts\.age, encrypted\n$/);
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    const plain = await decrypter.decrypt(readFileSync(`${file}.age`), 'text');
    expect(plain).toContain('010-5550-0888,031-324-2114');
  });

  it('a trace says that somebody may be missing if rows cannot be read', async () => {
    const made = bench();
    const ring = Keyring.open(made.temp.keyFile, true);
    ring.destroy(hourOf(nowMs - 30 * hourMs - 12 * minuteMs));
    ring.close();
    const { code, stderr } = await made.run(asked, { stdin });
    expect(code).toBe(4);
    expect(beyondWindow(stderr)).toMatch(
      /^visitlog: warning: 5 rows could not be read and are left out: somebody may be missing\n/,
    );
  });

  it('a trace that is stopped leaves nothing of a file', async () => {
    const made = bench();
    const file = join(made.folder, 'contacts.csv');
    const { code, stderr } = await made.run([...asked, '--output', file], {
      stdin,
      signal: AbortSignal.abort(),
    });
    expect([code, stderr]).toEqual([1, expect.stringContaining('[export.interrupted]')]);
    expect(existsSync(file)).toBe(false);
    expect(await acts(made)).toMatchObject([{ outcome: 'interrupted' }]);
  });
});

describe('a trace that takes longer than a second', () => {
  /** Each look at the clock finds it 600 ms later. */
  function slowBench(): CommandBench {
    const made = bench();
    let nowMs = 0;
    made.temp.clock.monotonicMs = () => (nowMs += 600);
    return made;
  }

  it('a trace longer than a second shows its progress at a terminal, and erases it', async () => {
    const made = slowBench();
    const file = join(made.folder, 'contacts.csv');
    const register = made.temp.open();
    register.transact((unit) => {
      for (const minutes of [0, 90]) {
        const atMs = nowMs - 60 * hourMs + minutes * minuteMs;
        unit.addVisit(visit({ visitor: ill, venue: '0313242115', atMs }));
      }
    });
    register.close();
    const english = await made.run([...asked, '--output', file], { stdin, terminal: true });
    const [before, ...shown] = english.stderr.split('\r\u001b[K');
    expect(beyondWindow(before ?? '')).toBe('');
    expect(shown).toContainEqual(expect.stringMatching(/^\d+ rows, \d+ a second \(66 %\)$/));
    expect(shown.at(-1)).toMatch(/^visitlog: 4 visits .+\nvisitlog: 2 visits to numbers .+\n$/);
    const stdout = Object.assign(new PassThrough(), { isTTY: true });
    const shownThere = { stdin, stdout, terminal: true } as const;
    const korean = await made.run(['--lang', 'ko', ...asked, '--summary'], shownThere);
    expect(korean.stderr.split('\r\u001b[K')).toContainEqual(
      expect.stringMatching(/^\d+행, 초당 \d+행 \(66 %\)$/),
    );
  });

  it('a trace longer than a second shows no progress if standard error is not a terminal', async () => {
    expect(beyondWindow((await slowBench().run(asked, { stdin })).stderr)).toBe('');
  });
});

describe('a trace leaves a trace', () => {
  it('the audit log knows that the case was shown, even if everyone is masked', async () => {
    const made = bench();
    await made.run([...asked, '--case', '2026-118'], { stdin });
    expect(await acts(made)).toMatchObject([
      { command: 'trace', reason: 'case interview', case: '2026-118', rows: 5, outcome: 'complete' },
    ]);
    const shownTo = (number: string) => made.run(['audit', 'list', '--visitor', '-'], { stdin: number });
    expect((await shownTo('010-5550-0123')).code).toBe(0);
    expect((await shownTo('010-5550-0777')).code).toBe(4);
    expect((await made.run(['audit', 'verify'])).code).toBe(0);
  });

  it('the audit log says how many people a trace was about', async () => {
    const made = bench();
    await made.run(asked, { stdin });
    await made.run(asked, { stdin: '010-5550-0123\n010-5550-0777\n010-5550-0123\n' });
    await made.run(['audit', 'list', '--visitor', '-'], { stdin: '010-5550-0777' });
    await made.run(['export', '--from', '-7d', '--to', '-0h', '--reason', 'drill']);
    expect(await acts(made)).toMatchObject([
      { command: 'trace', one_visitor: true, visitors: 1 },
      { command: 'trace', one_visitor: false, visitors: 2 },
      { command: 'audit list', one_visitor: true, visitors: 1 },
      { command: 'export', one_visitor: false, visitors: null },
    ]);
  });

  it('the audit log knows everyone whom a trace showed', async () => {
    const made = bench();
    await made.run([...asked, '--reveal'], { stdin });
    const shownTo = (number: string) => made.run(['audit', 'list', '--visitor', '-'], { stdin: number });
    expect((await shownTo('010-5550-0777')).code).toBe(0);
    expect((await shownTo('010-5550-0999')).code).toBe(4);
  });

  it('a trace leaves no whole number on disk or on the screen', async () => {
    const made = bench();
    const { stderr } = await made.run([...asked, '--case', '010-5550-0123'], { stdin });
    expect(beyondWindow(stderr)).toBe(
      'visitlog: a telephone number in --reason or --case is recorded masked\n',
    );
    expect(filesWith(made.temp.dataDir, [ill, '010-5550-0123', near, '1055500123'])).toEqual([]);
  });
});

describe('a trace is refused', () => {
  const window = ['--from', '-7d', '--to', '-0h'];
  const reason = ['--reason', 'case interview'];

  it.each([
    ['without a reason', ['--visitor', '010-5550-0123', ...window], 'trace.no-reason', 3],
    [
      'with a blank reason, for a summary too',
      ['--visitor', '-', ...window, '--reason', ' ', '--summary'],
      'trace.no-reason',
      3,
    ],
    ['without a number', ['--visitor', '-', ...window, ...reason], 'trace.no-visitor', 2],
    ['for what is no number', ['--visitor', '010-5550-012', ...window, ...reason], 'trace.visitor', 2],
    [
      'with an endless margin',
      ['--visitor', '-', ...window, ...reason, '--margin', '25h'],
      'trace.margin',
      2,
    ],
    [
      'with a margin of nothing',
      ['--visitor', '-', ...window, ...reason, '--margin', '30'],
      'trace.margin',
      2,
    ],
    [
      'for somebody who was nowhere',
      ['--visitor', '010-5550-0001', ...window, ...reason],
      'trace.nothing',
      4,
    ],
    [
      'at no place',
      ['--visitor', '010-5550-0123', ...window, ...reason, '--venue', 'hall'],
      'venue.number',
      2,
    ],
  ])('a trace is refused %s, in both languages', async (_, args, code, exit) => {
    const made = bench();
    const english = await made.run(['trace', ...args]);
    expect([english.code, english.stderr]).toEqual([exit, expect.stringContaining(`[${code}]`)]);
    const korean = await made.run(['--lang', 'ko', 'trace', ...args]);
    expect([korean.code, korean.stderr]).toEqual([exit, expect.stringMatching(/[가-힣]/)]);
    expect(english.stderr + korean.stderr).not.toMatch(/5550/);
  });

  it('a refused trace is recorded', async () => {
    const made = bench();
    await made.run(['trace', '--visitor', '-', ...window], { stdin });
    expect(await acts(made)).toMatchObject([{ command: 'trace', outcome: 'refused' }]);
    await made.run(['trace', '--visitor', '010-5550-0001', ...window, ...reason]);
    expect((await acts(made)).at(-1)).toMatchObject({ command: 'trace', outcome: 'nothing', rows: 0 });
  });
});

describe('a visit of a trace that staff assigned', () => {
  it('a trace names who assigned a visit, in a column that is always there', async () => {
    const made = bench();
    const csv = async () => (await made.run(asked, { stdin })).stdout;
    expect(await csv()).toContain(',corrected_by,match,text,case,');
    const register = made.temp.open();
    const atMs = nowMs - 30 * hourMs;
    register.transact((unit) =>
      unit.addVisit(visit({ visitor: '01055500666', venue: hall, atMs, correctedBy: 'officer' })),
    );
    register.close();
    expect(await csv()).toContain(',corrected_by,match,text,case,');
    const rows = objects((await made.run([...asked, '--format', 'jsonl'], { stdin })).stdout);
    expect(rows.filter((row) => 'corrected_by' in row)).toMatchObject([{ corrected_by: 'officer' }]);
  });
});

describe("a visitor's number", () => {
  it.each([
    ['of a list', ['trace', '--visitor', '-', '--from', '-2d', '--to', '-0h', '--reason', 'drill']],
    ['of one line', ['audit', 'list', '--visitor', '-']],
  ])('the input %s is read up to a bound, however much comes', async (_kind, args) => {
    const made = commandBench();
    made.temp.open().close();
    let given = 0;
    const endless = Readable.from(
      (function* () {
        for (;;) {
          given += 65_536;
          yield Buffer.alloc(65_536, '7');
        }
      })(),
    );
    expect(await made.run(args, { asWritten: true, stdin: endless })).toMatchObject({ code: 2 });
    expect(given).toBeLessThan(4_000_000);
  });

  it.each([
    ['trace', ['trace', '--from', '-2d', '--to', '-0h', '--reason', 'drill']],
    ['erase', ['erase', '--reason', 'drill']],
    ['audit list', ['audit', 'list']],
  ])(
    "a visitor's number is not an argument of %s, and nothing is done or repeated",
    async (_command, args) => {
      const made = commandBench();
      for (const typed of [['--visitor', '010-5550-0001'], ['--visitor=01055500001'], ['--visitor', '']]) {
        const { code, stdout, stderr } = await made.run([...args, ...typed], { asWritten: true });
        expect([code, stdout]).toEqual([2, '']);
        expect(stderr).toContain('[usage.number-as-argument]');
        expect(stderr.replace(/\D/g, '')).not.toContain('5550');
      }
    },
  );
});
