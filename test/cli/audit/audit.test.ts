import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../../src/base/amounts.ts';
import { openAudit } from '../../../src/store/audit/audit.ts';
import { anchorPath, formatAnchorForLog } from '../../../src/store/audit/audit-anchor.ts';
import { databasePath } from '../../../src/store/database/database.ts';
import { readWorkbook } from '../../export/xlsx/read-workbook.ts';
import { officer } from '../../store/audit/audit-bench.ts';
import { filesWith, nowMs, visit } from '../../store/temp-register.ts';
import { type CommandBench, commandBench } from '../command-bench.ts';

const visitors = ['01055500123', '01055500124', '01055500125'] as const;
const forms = visitors.flatMap((number) => [
  number,
  `${number.slice(0, 3)}-${number.slice(3, 7)}-${number.slice(7)}`,
  number.slice(1),
]);

/** Three visits in three hours. */
function bench(): CommandBench {
  const made = commandBench();
  const register = made.temp.open();
  register.transact((unit) => {
    for (const [index, visitor] of visitors.entries())
      unit.addVisit(visit({ visitor, atMs: nowMs - 60_000 - index * hourMs }));
  });
  register.close();
  return made;
}

const all = ['export', '--from', '-2d', '--to', '-0h'];
const masked = [...all, '--reason', 'drill'];
const revealing = [...all, '--reveal', '--reason', 'contact tracing', '--case', '2026-118'];

async function acts({ run }: CommandBench, ...more: string[]): Promise<Record<string, unknown>[]> {
  const { stdout, stderr } = await run(['audit', 'list', '--json', ...more]);
  expect(stderr).toBe('');
  return stdout
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

function tamper({ temp }: CommandBench, sql: string): void {
  const db = new Database(databasePath(temp.dataDir));
  db.exec(sql);
  db.close();
}

describe('an export', () => {
  it('an export is recorded: who, from where, what, why, how many rows, and how it ended', async () => {
    const made = bench();
    const env = { SUDO_UID: '1001', SUDO_USER: 'officer', SSH_CONNECTION: '192.0.2.7 5 192.0.2.1 22' };
    const { code, stdout } = await made.run([...revealing, '--venue', '031-324-2114'], { env });
    expect([code, stdout.trim().split('\r\n').length]).toEqual([0, 4]);
    expect(await acts(made)).toMatchObject([
      {
        seq: 1,
        at: '2026-11-23T14:20:00+09:00',
        who: { uid: process.getuid?.(), sudo: { uid: 1001, user: 'officer' } },
        where: { remote: '192.0.2.7', told: ['remote'] },
        command: 'export',
        revealed: true,
        venues: ['0313242114'],
        from: '2026-11-21T14:20:00+09:00',
        to: '2026-11-23T14:20:00+09:00',
        format: 'csv',
        output: 'stdout',
        rows: 3,
        outcome: 'complete',
        reason: 'contact tracing',
        case: '2026-118',
      },
    ]);
  });

  it('what only the environment says of where an act came from is marked as told', async () => {
    const made = bench();
    await made.run(revealing, { env: { SSH_CONNECTION: '192.0.2.7 5 192.0.2.1 22' } });
    for (const list of [
      ['audit', 'list'],
      ['audit', 'report', '--month', '2026-11'],
    ])
      expect((await made.run([...list, '--lang', 'en'])).stdout).toContain('192.0.2.7 (as told)');
    const report = JSON.parse(
      (await made.run(['audit', 'report', '--month', '2026-11', '--json'])).stdout,
    ) as {
      readonly largest: readonly { readonly where: object }[];
    };
    expect(report.largest[0]?.where).toMatchObject({ remote: '192.0.2.7', told: ['remote'] });
  });

  it('a masked export is recorded too, and names nobody', async () => {
    const made = bench();
    await made.run(masked);
    expect(await acts(made)).toMatchObject([
      { revealed: false, rows: 3, outcome: 'complete', reason: 'drill' },
    ]);
    expect((await made.run(['audit', 'list', '--visitor', visitors[0]])).code).toBe(4);
  });

  it.each([
    ['whole', ['--reveal']],
    ['masked', []],
  ])(
    'an export of %s numbers without a reason is refused, and the refusal is recorded',
    async (_what, more) => {
      const made = bench();
      const { code, stdout, stderr } = await made.run([...all, ...more, '--reason', ' ']);
      expect([code, stdout]).toEqual([3, '']);
      expect(stderr).toContain('[export.no-reason]');
      expect(await acts(made)).toMatchObject([
        { outcome: 'refused', code: 'export.no-reason', revealed: more.length > 0 },
      ]);
    },
  );

  it('an export that finds nothing or fails is recorded with that outcome', async () => {
    const made = bench();
    const taken = join(made.folder, 'taken.csv');
    expect((await made.run(['export', '--from', '-9d', '--to', '-8d', '--reason', 'drill'])).code).toBe(4);
    await made.run([...masked, '--output', taken]);
    expect((await made.run([...masked, '--output', taken])).code).toBe(3);
    expect(await acts(made)).toMatchObject([
      { outcome: 'nothing', rows: 0 },
      { outcome: 'complete', rows: 3, output: 'file' },
      { outcome: 'failed', code: 'export.exists' },
    ]);
  });

  it('an interrupted export is recorded as interrupted', async () => {
    const made = bench();
    const stop = new AbortController();
    stop.abort();
    expect((await made.run(revealing, { signal: stop.signal })).code).toBe(1);
    expect(await acts(made)).toMatchObject([{ outcome: 'interrupted', revealed: true }]);
  });

  it('an export leaves no number in any file: neither those it showed nor those its reason or its place named', async () => {
    const made = bench();
    const { stderr } = await made.run([
      ...all,
      '--reveal',
      '--reason',
      'asked by 010-5550-0124',
      '--case',
      visitors[2],
      '--line',
      visitors[1],
    ]);
    await made.run([...revealing, '--venue', '010-5550-0123']);
    await made.run(revealing);
    expect(stderr).toContain('recorded masked');
    await made.run(['audit', 'list', '--visitor', '-'], { stdin: `${visitors[0]}\n` });
    expect(filesWith(made.temp.dataDir, forms)).toEqual([]);
    expect(await acts(made)).toMatchObject([
      { reason: 'asked by 010-****-**24', case: '010-****-**25', line: '010-****-**24' },
      { venues: ['010-****-**23'] },
      { rows: 3 },
      { command: 'audit list', one_visitor: true, rows: 1 },
    ]);
  });
});

describe('when the audit log cannot be written', () => {
  const output = 'contacts.csv';
  const file = ({ folder }: CommandBench) => join(folder, output);

  async function expectSilence(made: CommandBench): Promise<void> {
    for (const args of [revealing, masked, [...revealing, '--output', file(made)]]) {
      const { code, stdout, stderr } = await made.run(args);
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toContain('[audit.unwritable]');
    }
    expect(
      readdirSync(made.folder).filter((name) => name.endsWith('.csv') || name.endsWith('.part')),
    ).toEqual([]);
  }

  it('an export shows nothing if another process holds the register', async () => {
    const made = bench();
    await made.run(masked);
    const other = new Database(databasePath(made.temp.dataDir));
    other.exec('BEGIN IMMEDIATE');
    await expectSilence(made);
    other.exec('ROLLBACK');
    other.close();
    expect((await made.run(revealing)).code).toBe(0);
  });

  it('an export shows nothing if the anchor cannot be written', async () => {
    const made = bench();
    await made.run(masked);
    const path = anchorPath(made.temp.dataDir);
    renameSync(path, `${path}.aside`);
    mkdirSync(path);
    await expectSilence(made);
  });

  it('an export shows nothing if the audit log cannot be written', async () => {
    const made = bench();
    await made.run(masked);
    tamper(made, "CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT raise(ABORT, 'no'); END");
    const { code, stdout } = await made.run(revealing);
    expect([code, stdout]).toEqual([1, '']);
  });

  it('a file does not appear if the audit log cannot record whose numbers it holds', async () => {
    const made = bench();
    await made.run(masked);
    tamper(made, "CREATE TRIGGER full BEFORE INSERT ON audit_subjects BEGIN SELECT raise(ABORT, 'no'); END");
    const { code } = await made.run([...revealing, '--output', file(made)]);
    expect(code).toBe(1);
    expect(readdirSync(made.folder)).not.toContain(output);
  });
});

describe('visitlog audit list', () => {
  it('audit list prints acts without anything that moves the cursor', async () => {
    const made = bench();
    await made.run([...revealing.slice(0, -4), '--reason', 'a\u001b[31mred\u202e reason']);
    const { stdout } = await made.run(['audit', 'list', '--from', '2026-11-23']);
    expect(stdout).toContain('export  revealed  3 rows  complete');
    expect(stdout).toContain('a·[31mred· reason');
    expect(stdout).toContain('2026-11-21T14:20:00+09:00 to 2026-11-23T14:20:00+09:00; csv to stdout');
    expect((await made.run(['audit', 'list', '--to', '2026-11-22'])).code).toBe(4);
  });

  it('audit list names the places of an act on visits, and no places of any other act', async () => {
    const made = bench();
    const about = ['--visitor', '010-5550-0125', '--reason', 'x', '--from', '-48h', '--to', '-0h'];
    await made.run(['trace', ...about, '--visitor', '010-5550-0123', '--venue', '031-324-2114']);
    await made.run(['venue', 'issue', '--name', '경로당']);
    const { stdout } = await made.run(['audit', 'list', '--lang', 'ko']);
    expect(stdout).toContain('    특정 방문자; 031-324-2114; 2026-11-21');
    expect(stdout).not.toContain('모든 장소');
  });

  it('audit list names the acts that showed a number until the visit is destroyed', async () => {
    const made = bench();
    await made.run(revealing);
    await made.run([...revealing, '--from', '-30m']);
    const asked = await made.run(['audit', 'list', '--visitor', '010-5550-0125', '--json']);
    expect(
      asked.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).seq),
    ).toEqual([1]);
    expect((await made.run(['audit', 'list', '--visitor', '010-5550-0199'])).code).toBe(4);
    expect((await made.run(['audit', 'list', '--visitor', '5550'])).code).toBe(2);
    made.temp.clock.setWall(nowMs + 29 * dayMs);
    const register = made.temp.open({ role: 'tool' });
    await register.sweep({ who: officer, command: 'sweep', force: true });
    register.close();
    expect((await made.run(['audit', 'list', '--visitor', '010-5550-0125'])).code).toBe(4);
    expect((await made.run(['audit', 'verify'])).code).toBe(0);
  });

  it('audit list --raw prints the rows as they are stored', async () => {
    const made = bench();
    await made.run(masked);
    const { stdout } = await made.run(['audit', 'list', '--raw']);
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(rows[1].prev).toBe(rows[0].hash);
  });
});

describe('visitlog audit verify', () => {
  it('audit verify says that the log is intact', async () => {
    const made = bench();
    await made.run(revealing);
    const { code, stdout } = await made.run(['audit', 'verify']);
    expect([code, stdout]).toEqual([0, 'audit log: intact; 3 rows, 1 to 3; anchored up to row 3\n']);
  });

  it('audit verify names the first changed row, and ends with 1', async () => {
    const made = bench();
    for (let act = 0; act < 3; act += 1) await made.run(revealing);
    tamper(
      made,
      "UPDATE audit SET entry = replace(entry, 'contact tracing', 'statistics') WHERE seq IN (4, 7)",
    );
    const { code, stdout, stderr } = await made.run(['audit', 'verify']);
    expect(code).toBe(1);
    expect(stderr).toContain('error [audit.broken] row 4 was changed');
    expect(stdout).toContain('row 7 was changed');
    expect(JSON.parse((await made.run(['audit', 'verify', '--json'])).stdout)).toMatchObject({
      whole: false,
    });
  });

  it('audit verify accepts what was explained, and finds a later change', async () => {
    const made = bench();
    for (let act = 0; act < 3; act += 1) await made.run(revealing);
    tamper(made, 'DELETE FROM audit WHERE seq > 6');
    expect((await made.run(['audit', 'verify'])).stderr).toContain('row 7');
    expect((await made.run(['audit', 'accept', '--reason', ' '])).code).toBe(3);
    const accepted = await made.run(['audit', 'accept', '--reason', 'copy of the 3rd put back']);
    expect([accepted.code, accepted.stdout]).toEqual([0, expect.stringContaining('explained: row 10')]);
    const { code, stdout } = await made.run(['audit', 'verify']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('explained: row 10')]);
    expect((await made.run(['audit', 'accept', '--reason', 'again'])).code).toBe(4);
    tamper(made, 'UPDATE audit SET at = 0 WHERE seq = 2');
    expect((await made.run(['audit', 'verify'])).code).toBe(1);
  });

  it("audit verify compares the journal's anchor with the log, even if log and anchor file were both put back", async () => {
    const made = bench();
    await made.run(revealing);
    const copies = [databasePath(made.temp.dataDir), anchorPath(made.temp.dataDir)];
    for (const path of copies) copyFileSync(path, `${path}.copy`);
    await made.run(revealing);
    const audit = openAudit(made.temp.options);
    const anchor = audit.anchor();
    audit.close();
    if (anchor === null) throw new Error('no anchor');
    const told = formatAnchorForLog(anchor);
    expect((await made.run(['audit', 'verify', '--anchor', told])).code).toBe(0);
    expect((await made.run(['audit', 'verify', '--anchor', 'x'])).code).toBe(2);
    for (const path of copies) renameSync(`${path}.copy`, path);
    expect((await made.run(['audit', 'verify'])).code).toBe(0);
    expect(await made.run(['audit', 'verify', '--anchor', told])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('does not have the row of the anchor 6:'),
    });
  });

  it('audit verify takes the anchors out of a copied log on standard input', async () => {
    const made = bench();
    const told: string[] = [];
    for (let act = 0; act < 2; act += 1) {
      await made.run(revealing);
      const audit = openAudit(made.temp.options);
      told.push(formatAnchorForLog(audit.anchor() ?? { seq: 0, hash: '' }));
      audit.close();
    }
    const copied = told
      .map((anchor) => `Nov 23 14:20:00 city visitlog[7]: {"anchor":"${anchor}"}\n`)
      .join('');
    const verify = ['audit', 'verify', '--anchor', '-'];
    expect((await made.run(verify, { stdin: copied })).code).toBe(0);
    expect((await made.run(verify, { stdin: 'nothing of the kind' })).code).toBe(2);
    const forged = copied.replace(/"6:(.)/, (_, letter: string) => `"6:${letter === 'z' ? 'y' : 'z'}`);
    expect(await made.run(verify, { stdin: forged })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('does not have the row of the anchor 6:'),
    });
  });

  it('audit verify finds a log that was emptied with its anchors, and names the key that is left', async () => {
    const made = bench();
    await made.run(revealing);
    tamper(made, 'DELETE FROM audit; DELETE FROM audit_subjects');
    rmSync(anchorPath(made.temp.dataDir));
    const { code, stderr } = await made.run(['audit', 'verify']);
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('the log is empty beside an audit key or records'),
    ]);
    // The next act does not make it whole.
    await made.run(all);
    expect((await made.run(['audit', 'verify'])).stderr).toContain(
      'row 1 says that the audit key or the anchor file',
    );
  });

  it('check finds an audit log without a row beside visits, its key gone too', async () => {
    const made = bench();
    const { code, stdout } = await made.run(['check']);
    expect([code, stdout]).toEqual([1, expect.stringContaining('the audit log has 1 finding')]);
  });
});

describe('visitlog audit report', () => {
  it('audit report prints what a privacy officer reviews', async () => {
    const made = bench();
    await made.run(revealing);
    await made.run([...all, '--reveal']);
    const { code, stdout } = await made.run(['audit', 'report', '--month', '2026-11']);
    expect(code).toBe(0);
    for (const part of [
      'By person',
      'contact tracing (2026-118)',
      'refused (export.no-reason)',
      'audit log: intact',
    ])
      expect(stdout).toContain(part);
    expect(stdout).toMatch(/ {3}2 {9}1 {14}3 {10}1 {8}1 {10}0\n/);
  });

  it('audit report --output x.xlsx is the access register to attach, one row for each act, and the review with signatures', async () => {
    const made = bench();
    await made.run(revealing);
    await made.run([...all, '--reveal']);
    const file = join(made.folder, 'access.xlsx');
    const asked = ['--lang', 'ko', 'audit', 'report', '--month', '2026-11', '--output', file];
    const { code, stderr } = await made.run(asked);
    expect([code, stderr]).toEqual([0, expect.stringContaining('작업 2건의 점검표')]);
    const [register, review] = readWorkbook(readFileSync(file)).sheets;
    expect([register?.name, review?.name]).toEqual(['접속기록', '점검']);
    const texts = (sheet: typeof register) => [...(sheet?.cells.values() ?? [])].map(({ value }) => value);
    const items = [
      '연번',
      '식별자(취급자 계정)',
      '접속일시',
      '접속지 정보',
      '처리한 정보주체 정보',
      '수행업무',
    ];
    for (const item of [...items, '방문자: 모든 장소', '거부 export.no-reason', 'contact tracing (2026-118)'])
      expect(texts(register)).toContain(item);
    for (const item of ['점검자 (서명)', '거부됨', '점검 결과 및 조치'])
      expect(texts(review)).toContain(item);
    expect(texts(register).join(' ')).not.toMatch(/5550/);
    expect((await made.run(asked)).code).toBe(3);
    const wrong = await made.run([...asked.slice(0, -1), 'access.hwp']);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('[export.ending-unknown]')]);
  });

  it('audit report says of which part of the month there is nothing, whatever its form', async () => {
    const made = bench();
    await made.run(revealing);
    const report = ['audit', 'report', '--month'];
    const begun = 'the audit log begins on 2026-11-23 14:20: what was before is not in it';
    const whole = await made.run([...report, '2026-11']);
    expect(whole.stdout.split('\n').slice(1, 3)).toEqual([
      begun,
      'the month is not over: it is 2026-11-23 14:20',
    ]);
    expect((await made.run([...report, '2025-11'])).stdout.split('\n').slice(1, 3)).toEqual([begun, '']);
    const json = await made.run(['--lang', 'ko', ...report, '2026-12', '--json']);
    expect([json.stderr, JSON.parse(json.stdout)]).toMatchObject([
      '',
      { log_begins_at: '2026-11-23T14:20:00+09:00', month_over: false },
    ]);
    const file = join(made.folder, 'access.xlsx');
    expect((await made.run(['--lang', 'ko', ...report, '2026-12', '--output', file])).stderr).toContain(
      'visitlog: 이 달은 아직 시작되지 않았습니다. 지금은 2026-11-23 14:20입니다\n',
    );
  });

  it('audit report prints JSON for programs, and a report for a month without acts too', async () => {
    const made = bench();
    await made.run(revealing);
    const { stdout } = await made.run(['audit', 'report', '--month', '2026-11', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      month: '2026-11',
      log_whole: true,
      total: { acts: 1, revealed: 1, revealed_rows: 3, downloads: 1, refused: 0, odd_hours: 0 },
      by_purpose: [{ reason: 'contact tracing', case: '2026-118' }],
      largest: [{ seq: 1 }],
    });
    expect((await made.run(['audit', 'report', '--month', '2026-12'])).code).toBe(0);
    expect((await made.run(['audit', 'report', '--month', '2026-13'])).code).toBe(2);
  });
});

describe('visitlog audit destruction', () => {
  function withLedger(): CommandBench {
    const made = bench();
    const audit = openAudit(made.temp.options);
    const line = { kind: 'destroyed', firstHour: 497_000, lastHour: 497_001, who: officer } as const;
    audit.record({
      ...line,
      cause: 'expired',
      rows: { visits: 12, unresolved: 1, notices: 2 },
      keys: 2,
      method: 'key',
      command: 'run',
    });
    audit.record({
      ...line,
      cause: 'erased',
      rows: { visits: 1 },
      keys: 0,
      method: 'rows',
      command: 'erase',
    });
    audit.close();
    return made;
  }

  it('audit destruction has the columns of the official form, a line for each destruction, and no visitor', async () => {
    const { stdout } = await withLedger().run(['audit', 'destruction', '--file-name', '=출입자 명부']);
    const [head, first, second] = stdout.replace('\uFEFF', '').split('\r\n');
    expect(head).toMatch(/^번호,개인정보 파일명,자료의 종류,생성일,폐기일,폐기사유,처리담당자,처리부서장,/);
    expect(first).toBe(
      `1,'=출입자 명부,"휴대전화번호, 방문 장소, 방문 일시, 발신번호, 문자 내용",2026-09-12 17:00 ~ 2026-09-12 19:00,2026-11-23 14:20,보유기간 경과,officer (자동),,12,3,2,시간별 암호키 덮어쓰기 및 기록 삭제`,
    );
    expect(second).toContain('정보주체의 요구,officer,,1,0,0,');
  });

  it('audit destruction writes a file or JSON, or says that nothing was destroyed', async () => {
    const made = withLedger();
    const file = join(made.folder, 'ledger.csv');
    expect((await made.run(['audit', 'destruction', '--output', file])).code).toBe(0);
    expect(readFileSync(file, 'utf8').split('\r\n')).toHaveLength(4);
    expect((await made.run(['audit', 'destruction', '--output', file])).code).toBe(3);
    const { stdout } = await made.run(['audit', 'destruction', '--format', 'json']);
    expect(JSON.parse(stdout.split('\n')[1] ?? '')).toMatchObject({
      seq: 2,
      cause: 'erased',
      rows: { visits: 1 },
      keys: 0,
      person: 'officer',
    });
    expect((await made.run(['audit', 'destruction', '--to', '2026-11-01'])).code).toBe(4);
  });
});
