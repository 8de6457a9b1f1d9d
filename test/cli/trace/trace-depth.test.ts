import { describe, expect, it } from 'vitest';
import { nowMs, visit } from '../../store/temp-register.ts';
import { type CommandBench, commandBench } from '../command-bench.ts';

const ill = '01055500123';
const met = '01055500777';
const second = '01055500888';
const before = '01055500999';
const hall = '0313242114';
const market = '0313242115';
const minuteMs = 60_000;
const asked = ['trace', '--visitor', '-', '--from', '-1d', '--reason', 'interview', '--depth', '2'];

/** A contact met the case at the hall, and somebody else at the market an hour later; one more an hour before. */
function bench(): CommandBench {
  const made = commandBench();
  const register = made.temp.open();
  const start = nowMs - 300 * minuteMs;
  void register.putVenues([
    { number: hall, name: '용인시청', address: null, issued: false },
    { number: market, name: '중앙시장', address: null, issued: false },
  ]);
  register.transact((unit) => {
    const add = (visitor: string, venue: string, minutes: number) =>
      unit.addVisit(visit({ visitor, venue, atMs: start + minutes * minuteMs }));
    add(met, market, -60);
    add(before, market, -55);
    add(ill, hall, 0);
    add(met, hall, 10);
    add(met, market, 60);
    add(second, market, 72);
  });
  register.close();
  return made;
}

const run = (args: readonly string[], ...first: string[]) =>
  bench().run([...first, ...asked, ...args], { stdin: '010-5550-0123\n' });
const links = 'visitor,case,contact,degree,through,through_visited_at,minutes_after';

describe('trace --depth 2', () => {
  it('as csv says who links to whom, and has nobody of before the contact', async () => {
    const { code, stdout } = await run(['--reveal', '--format', 'csv', '--columns', links]);
    expect([code, stdout.split('\r\n')]).toEqual([
      0,
      [
        `\uFEFF${links}`,
        '010-5550-0123,1,,,,,',
        '010-5550-0777,1,1,1,,,10',
        '010-5550-0888,,2,2,1,2026-11-23T10:20:00+09:00,12',
        '',
      ],
    ]);
  });

  it('as Korean csv has its headings in Korean, and times for a spreadsheet', async () => {
    const { stdout } = await run(['--format', 'csv', '--columns', links], '--lang', 'ko');
    expect(stdout.split('\r\n')).toEqual([
      '\uFEFF전화번호,확진자,접촉자,차수,연결 접촉자,연결 접촉자 방문일시,시간차(분)',
      '010-****-**23,1,,,,,',
      '010-****-**77,1,1,1,,,10',
      '010-****-**88,,2,2,1,2026-11-23 10:20:00,12',
      '',
    ]);
  });

  it('as JSON Lines has the link in its keys, and no case for a contact of a contact', async () => {
    const { stdout } = await run(['--reveal', '--format', 'jsonl']);
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows.map(({ visitor, degree }) => [visitor, degree])).toEqual([
      ['010-5550-0123', null],
      ['010-5550-0777', 1],
      ['010-5550-0888', 2],
    ]);
    expect(rows[2]).toMatchObject({
      venue_name: '중앙시장',
      case: null,
      case_visit: null,
      case_visited_at: null,
      contact: 2,
      through: 1,
      through_visited_at: '2026-11-23T10:20:00+09:00',
      minutes_after: 12,
    });
  });

  it('counts the second step apart in the summary', async () => {
    const text = await run(['--summary']);
    expect(text.stdout).toContain('\n1 contact, 1 meeting within 30m before or after\n');
    expect(text.stdout).toContain('\nsecond step: 1 contact, 1 meeting with contacts\n');
    const json = await run(['--summary', '--format', 'jsonl']);
    expect(JSON.parse(json.stdout)).toMatchObject({
      contacts: 1,
      meetings: 1,
      second_contacts: 1,
      second_meetings: 1,
    });
  });

  it('is refused with another number of steps', async () => {
    const { code, stderr } = await bench().run([...asked.slice(0, -1), '3'], { stdin: '010-5550-0123\n' });
    expect([code, stderr]).toEqual([2, expect.stringContaining('--depth')]);
  });
});
