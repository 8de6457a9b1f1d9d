import { describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../../src/base/amounts.ts';
import { nowMs, retentionMs, visit } from '../../store/temp-register.ts';
import { type CommandBench, commandBench } from '../command-bench.ts';

const reason = ['--reason', 'contact tracing'];

/** A register that was begun sixty days ago, with a visit four days ago. */
function bench(): CommandBench {
  const made = commandBench();
  made.temp.clock.setWall(nowMs - 60 * dayMs);
  made.temp.open().close();
  made.temp.clock.setWall(nowMs);
  const register = made.temp.open();
  register.transact((unit) => {
    for (let index = 0; index < 9; index += 1) unit.addVisit(visit({ atMs: nowMs - 4 * dayMs + index }));
  });
  register.close();
  return made;
}

describe('a window is said as it was understood', () => {
  it.each([
    [['--from', '2026-11-18', '--to', '2026-11-20'], 'window: 2026-11-18 00:00 to the end of 2026-11-20'],
    [['--from', '2026. 11. 18.'], 'window: 2026-11-18 00:00 to now, 2026-11-23 14:20'],
    [
      ['--from', '2026-11-18 9:00', '--to', '2026-11-20 오후 2시'],
      'window: 2026-11-18 09:00 to 2026-11-20 14:00, exclusive',
    ],
  ])('a window %j is said by every command on visits', async (window, said) => {
    const made = bench();
    const stdin = '010-5550-0123\n';
    for (const args of [
      ['export', ...window, ...reason],
      ['counts', ...window],
      ['trace', '--visitor', '-', ...window, ...reason],
    ]) {
      const { code, stderr } = await made.run(args, { stdin });
      expect([code, stderr.split('\n')[0]], args.join(' ')).toEqual([0, `visitlog: ${said}`]);
    }
  });

  it('a window in Korean names its last day, and a list or an audit list says its window too', async () => {
    const made = bench();
    const window = ['--from', '2026-11-18', '--to', '2026-11-20'];
    const said = 'visitlog: 기간: 2026-11-18 00:00 ~ 2026-11-20 24:00 (20일까지 포함)\n';
    const { stderr } = await made.run(['--lang', 'ko', 'export', ...window, ...reason]);
    expect(stderr).toBe(said);
    for (const args of [
      ['unresolved', 'list', ...window, ...reason],
      ['audit', 'list', ...window],
      ['audit', 'destruction', ...window],
    ])
      expect((await made.run(['--lang', 'ko', ...args])).stderr, args.join(' ')).toContain(said);
    const open = await made.run(['--lang', 'ko', 'audit', 'list', '--to', '어제']);
    expect(open.stderr).toContain('기간: 처음 ~ 2026-11-22 24:00 (22일까지 포함)');
  });

  it('the last day of a window is in it', async () => {
    const made = bench();
    const rows = async (day: string) => {
      const args = ['export', '--from', '2026-11-18', '--to', day, ...reason, '--format', 'jsonl'];
      return (await made.run(args)).stdout.split('\n').length - 1;
    };
    expect([await rows('2026-11-19'), await rows('2026-11-18')]).toEqual([9, 0]);
  });
});

describe('what the register cannot have is said', () => {
  const from = ['--from', '2026-10-01', '--to', '2026-11-25'];

  it('what was destroyed and what has not come is said by every command, and is no 0', async () => {
    const made = bench();
    const english = await made.run(['export', ...from, ...reason]);
    expect(english.stderr).toBe(
      [
        'visitlog: window: 2026-10-01 00:00 to the end of 2026-11-25',
        'visitlog: there are records from 2026-10-26 14:21 on: what was before has been destroyed',
        'visitlog: the window ends in the future: it is 2026-11-23 14:20, and what comes after has no records yet',
        '',
      ].join('\n'),
    );
    const csv = await made.run(['counts', ...from, '--format', 'csv']);
    const days = Object.fromEntries(
      csv.stdout
        .split('\r\n')
        .slice(1, -1)
        .map((line) => [line.slice(0, 10), line.slice(11)]),
    );
    expect([days['2026-10-25'], days['2026-10-26'], days['2026-10-27'], days['2026-11-19']]).toEqual([
      ',destroyed',
      '0,part',
      '0,whole',
      '9,whole',
    ]);
    expect([days['2026-11-23'], days['2026-11-24'], days['2026-11-25']]).toEqual([
      '0,part',
      ',ahead',
      ',ahead',
    ]);
    const json = JSON.parse((await made.run(['counts', ...from, '--format', 'json'])).stdout);
    expect(json).toMatchObject({ records_from: expect.any(String), records_to: '2026-11-23T14:20:00+09:00' });
    expect(json.rows[0]).toEqual({ day: '2026-10-01', visits: null, state: 'destroyed' });
    const korean = await made.run(['--lang', 'ko', 'counts', ...from]);
    expect(korean.stdout).toMatch(/^2026-10-25 +파기됨$/m);
    expect(korean.stdout).toMatch(/^2026-11-24 +오지 않음$/m);
    expect(korean.stderr).toContain('기록은 2026-10-26 14:21부터 있습니다. 그 전은 파기되었습니다');
  });

  it.each([
    [['--from', '2025-11-20', '--to', '2025-11-22'], 'they begin at 2026-10-26 14:21. Is the year right?'],
    [['--from', '2026-12-01', '--to', '2026-12-02'], 'it is 2026-11-23 14:20. Is the date right?'],
  ])('a window %j of which nothing can be known says so', async (window, said) => {
    const { code, stderr } = await bench().run(['export', ...window, ...reason]);
    expect([code, stderr]).toEqual([4, expect.stringContaining(said)]);
  });

  it('a window as long as the retention, and one before the register began, are told apart', async () => {
    const made = bench();
    const whole = await made.run(['export', '--from', '-28d', ...reason]);
    expect(whole.stderr).toBe('visitlog: window: 2026-10-26 14:20 to now, 2026-11-23 14:20\n');
    const young = commandBench();
    const register = young.temp.open();
    register.transact((unit) => unit.addVisit(visit()));
    register.close();
    const { stderr } = await young.run(['export', '--from', '-2d', ...reason]);
    expect(stderr).toContain('there are records from 2026-11-23 14:00 on: the register was begun then');
    expect(retentionMs / hourMs).toBe(28 * 24);
  });
});
