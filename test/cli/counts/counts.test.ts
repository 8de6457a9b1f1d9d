import { appendFileSync, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { hourMs } from '../../../src/base/amounts.ts';
import { nowMs, visit } from '../../store/temp-register.ts';
import { beyondWindow, type CommandBench, commandBench } from '../command-bench.ts';

const window = ['--from', '2026-11-22', '--to', '2026-11-23'];
const hall = '0313242114';
const market = '0313242115';

function bench(): CommandBench {
  const made = commandBench();
  const register = made.temp.open();
  void register.putVenues([
    { number: hall, name: '용인시청', address: null, issued: false },
    {
      number: market,
      name: '중앙시장 제1주차장 옆 이름이 매우 긴 노래연습장 본점',
      address: null,
      issued: false,
    },
  ]);
  register.transact((unit) => {
    for (let index = 0; index < 12; index += 1) unit.addVisit(visit({ venue: hall }));
    for (let index = 0; index < 3; index += 1)
      unit.addVisit(visit({ venue: market, atMs: nowMs - 24 * hourMs, visitor: '01055500777' }));
    for (let index = 0; index < 1_200; index += 1)
      unit.addVisit(visit({ venue: hall, atMs: nowMs - 25 * hourMs }));
  });
  register.close();
  return made;
}

/** Standard output that is a terminal. */
function terminal(columns = 80) {
  const chunks: string[] = [];
  const stdout = Object.assign(
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        chunks.push(chunk.toString('utf8'));
        done();
      },
    }),
    { isTTY: true, columns },
  );
  return { stdout, lines: () => chunks.join('').split('\n').slice(0, -1) };
}

async function shown(args: readonly string[], columns?: number): Promise<string[]> {
  const { stdout, lines } = terminal(columns);
  const { code } = await bench().run(['counts', ...window, ...args], { stdout });
  expect(code).toBe(0);
  return lines();
}

describe('counts on a terminal', () => {
  it('counts on a terminal have a bar and a number for each day, and their sum', async () => {
    expect(await shown([])).toEqual([
      'day         visits',
      `2026-11-22   1,203  ${'█'.repeat(40)} (part)`,
      '2026-11-23      12  ▍ (part)',
      'total 1,215',
    ]);
  });

  it('counts on a terminal sort places by visits, and fit into 80 columns with Hangul in two', async () => {
    const lines = await shown(['--by', 'venue', '--lang', 'ko']);
    expect(lines[0]).toMatch(/^장소 +장소명 +방문$/);
    expect(lines[1]).toMatch(/^031-324-2114 {2}용인시청 +1,212 {2}█+$/);
    expect(lines[2]).toMatch(/^031-324-2115 {2}중앙시장 제1주차장 옆.*… +3 {2}▏$/);
    expect(lines.at(-1)).toBe('합계 1,215건');
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(80);
    const starts = lines.slice(1, 3).map((line) => stringWidth(line.slice(0, line.search(/[█▏]/))));
    expect(starts[0]).toBe(starts[1]);
  });

  it('counts on a terminal show the hours of each day side by side', async () => {
    const lines = await shown(['--by', 'day,hour']);
    expect(lines).toEqual([
      'day         visits  0 to 23 o’clock',
      `2026-11-22   1,203  ${'·'.repeat(13)}█▁`,
      `2026-11-23      12  ${' '.repeat(14)}▁${'·'.repeat(9)}`,
      '· no records: destroyed, before the register began, or not yet',
      'total 1,215',
    ]);
  });

  it('counts are as narrow as the terminal', async () => {
    const lines = await shown(['--by', 'hour'], 40);
    expect(lines).toHaveLength(26);
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(40);
  });
});

describe('exported counts', () => {
  const csv = ['counts', ...window, '--format', 'csv'];

  it('counts as csv in Korean has Korean headings and values', async () => {
    const { code, stdout } = await bench().run(['--lang', 'ko', ...csv, '--by', 'venue']);
    expect([code, stdout.split('\r\n').slice(0, 2)]).toEqual([
      0,
      ['\uFEFF장소 번호,장소명,방문,기록 상태', '031-324-2114,용인시청,1212,일부'],
    ]);
  });

  it('exported counts hide small numbers, say so, and have no sum', async () => {
    const { code, stdout, stderr } = await bench().run([...csv, '--by', 'day,venue']);
    expect(code).toBe(0);
    expect(stdout.replace('\uFEFF', '').trimEnd().split('\r\n')).toEqual([
      'day,venue,venue_name,visits,state',
      '2026-11-22,031-324-2114,용인시청,1200,part',
      '2026-11-22,031-324-2115,중앙시장 제1주차장 옆 이름이 매우 긴 노래연습장 본점,<5,part',
      '2026-11-23,031-324-2114,용인시청,12,part',
    ]);
    expect(beyondWindow(stderr)).toMatch(/^visitlog: 1 number below 5 written as <5: /);
  });

  it('exported counts hide small numbers in JSON too', async () => {
    const { stdout } = await bench().run(['counts', ...window, '--by', 'venue', '--format', 'json']);
    expect(JSON.parse(stdout)).toEqual({
      from: '2026-11-22T00:00:00+09:00',
      to: '2026-11-24T00:00:00+09:00',
      records_from: '2026-11-22T13:00:00+09:00',
      records_to: '2026-11-23T14:20:00+09:00',
      by: ['venue'],
      small_cells: 5,
      rows: [
        { venue: '031-324-2114', venue_name: '용인시청', visits: 1_212, state: 'part' },
        {
          venue: '031-324-2115',
          venue_name: '중앙시장 제1주차장 옆 이름이 매우 긴 노래연습장 본점',
          visits: '<5',
          state: 'part',
        },
      ],
    });
  });

  it('a table that leaves the terminal hides small numbers, their bars and every sum', async () => {
    const table = await bench().run(['counts', ...window, '--by', 'venue']);
    expect(table.stdout).toMatch(/031-324-2115 .* <5$/m);
    expect(table.stdout).not.toContain('in all');
    const profile = await bench().run(['counts', ...window, '--by', 'day,venue,hour']);
    expect(profile.stdout).toMatch(/^2026-11-22 {2}031-324-2115 .*\S$/m);
    expect(profile.stdout).not.toMatch(/visits|2115.*[▁-█]/);
  });

  it('exported counts hide numbers below the configured limit', async () => {
    const made = bench();
    appendFileSync(made.config, '[export]\nsmall_cells = 20\n');
    const { stdout } = await made.run([...csv, '--by', 'day']);
    expect(stdout).toContain('2026-11-23,<20');
  });

  it('exported counts become a whole, private file that is not overwritten', async () => {
    const made = bench();
    const file = join(made.folder, 'counts.csv');
    const first = await made.run([...csv, '--output', file, '--lang', 'ko']);
    expect([first.code, first.stderr]).toEqual([0, expect.stringContaining('2행을 저장했습니다')]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain('2026-11-22,1203');
    expect(await made.run([...csv, '--output', file])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('[export.exists]'),
    });
  });

  it('counts hold no personal data, so the audit log does not record them', async () => {
    const made = bench();
    const { stdout } = await made.run([...csv, '--by', 'venue,day,hour']);
    expect(stdout).not.toMatch(/0777|5550/);
    expect(await made.run(['audit', 'list', '--json'])).toMatchObject({ code: 4 });
    expect(existsSync(join(made.temp.dataDir, 'audit.key'))).toBe(false);
  });
});

describe('counts', () => {
  it.each([
    [['--by', 'week'], 2, 'counts.by'],
    [['--by', ''], 2, 'counts.by'],
    [['--venue', 'hall'], 2, 'venue.number'],
    [['--venue', '031-324-9999'], 4, 'counts.nothing'],
    [['--line', 'line7'], 4, 'counts.nothing'],
  ])('counts %j ends with %d and says %s in both languages', async (args, exit, code) => {
    const made = bench();
    const english = await made.run(['counts', ...window, ...args]);
    expect([english.code, english.stderr]).toEqual([exit, expect.stringContaining(`[${code}]`)]);
    const korean = await made.run(['--lang', 'ko', 'counts', ...window, ...args]);
    expect(korean.stderr).toMatch(/[가-힣]/);
  });

  it("counts of a person's number are refused and recorded, unless a place is registered under it", async () => {
    const made = bench();
    const register = made.temp.open();
    register.transact((unit) => unit.addVisit(visit({ venue: '01055500777' })));
    register.close();
    const asked = ['counts', ...window, '--venue', '010-5550-0777', '--format', 'csv'];
    const { code, stdout, stderr } = await made.run(asked);
    expect([code, stdout, stderr]).toEqual([3, '', expect.stringContaining('[counts.person]')]);
    const [act] = (await made.run(['audit', 'list', '--json'])).stdout.trim().split('\n');
    expect(JSON.parse(act ?? '')).toMatchObject({
      ...{ command: 'counts', outcome: 'refused', venues: ['010-****-**77'] },
    });
    const all = await made.run(['counts', ...window, '--by', 'venue', '--format', 'csv']);
    expect(all.stdout).toContain('010-****-**77,,');
    expect(all.stdout).not.toContain('5550');
    await made.run(['venue', 'add', '010-5550-0777', '--name', 'Cafe']);
    expect(await made.run(asked)).toMatchObject({ code: 0 });
  });

  it('counts can be limited to one place', async () => {
    const { stdout } = await bench().run(['counts', ...window, '--venue', '324-2114', '--format', 'csv']);
    expect(stdout).toContain('2026-11-22,1200,part\r\n2026-11-23,12,part\r\n');
  });
});
