import { describe, expect, it } from 'vitest';
import { hourMs, minuteMs } from '../../../src/base/amounts.ts';
import { nowMs, text, visit } from '../../store/temp-register.ts';
import { type CommandBench, commandBench } from '../command-bench.ts';

const ill = '01055500123';
const hall = '0313242114';
const annex = '0313242116';
const startMs = nowMs - 5 * hourMs;
const stdin = '010-5550-0123\n';
const asked = ['trace', '--visitor', '-', '--from', '-1d', '--reason', 'case interview', '--reveal'];

type Sent = [visitor: string, minutes: number, venue: string];

function bench(visits: readonly Sent[], texts: readonly [string, number, string][] = []): CommandBench {
  const made = commandBench();
  const register = made.temp.open();
  void register.putVenues([
    { number: hall, name: '용인시청', address: null, issued: false },
    { number: annex, name: '별관', address: null, issued: false },
  ]);
  register.transact((unit) => {
    for (const [visitor, minutes, venue] of visits)
      unit.addVisit(visit({ visitor, venue, atMs: startMs + minutes * minuteMs }));
    for (const [sender, minutes, words] of texts)
      unit.addText(text({ sender, text: words, atMs: startMs + minutes * minuteMs }));
  });
  register.close();
  return made;
}

async function rowsOf(made: CommandBench, ...more: string[]) {
  const { stdout, stderr } = await made.run([...asked, '--format', 'jsonl', ...more], { stdin });
  const rows = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return {
    stderr,
    rows: rows.map(({ visitor, venue, match, text: typed }) => [visitor, venue, match, typed]),
  };
}

const place = '031-324-2114';

describe('a trace finds who mistyped', () => {
  const visits: Sent[] = [
    [ill, 0, hall],
    ['01055500001', 3, hall],
    // One digit off, two swapped; the annex's number is registered, and the last is of another place.
    ['01055500002', 4, '0313242115'],
    ['01055500003', 5, '0313241214'],
    ['01055500004', 6, annex],
    ['01055500005', 7, '0313249999'],
    ['01055500006', 90, '0313242115'],
  ];
  const texts: [string, number, string][] = [
    ['01055500007', 8, '031-324-211'],
    ['01055500008', 9, '안녕하세요'],
    ['01055500009', 95, '031-324-211'],
  ];

  it('contacts whose number or text is one slip of the finger from the place are found, and marked near', async () => {
    const { rows, stderr } = await rowsOf(bench(visits, texts));
    expect(rows).toEqual([
      ['010-5550-0123', place, 'exact', null],
      ['010-5550-0001', place, 'exact', null],
      ['010-5550-0002', place, 'near', '031-324-2115'],
      ['010-5550-0003', place, 'near', '031-324-1214'],
      ['010-5550-0007', place, 'near', '031-324-211'],
    ]);
    expect(stderr).toContain('visitlog: 3 contacts met on a mistyped number only, marked near');
  });

  it('--no-near leaves them out, with the columns that mark them', async () => {
    const { rows, stderr } = await rowsOf(bench(visits, texts), '--no-near');
    expect(rows).toEqual([
      ['010-5550-0123', place, undefined, undefined],
      ['010-5550-0001', place, undefined, undefined],
    ]);
    expect(stderr).not.toContain('mistyped');
  });

  it('a case who mistyped is traced to the place that was meant', async () => {
    const mistyped = bench([
      [ill, 0, '0313241214'],
      ['01055500001', 3, hall],
      ['01055500002', 4, '0313241214'],
    ]);
    expect((await rowsOf(mistyped)).rows).toEqual([
      ['010-5550-0123', place, 'near', '031-324-1214'],
      ['010-5550-0001', place, 'exact', null],
      ['010-5550-0002', place, 'near', '031-324-1214'],
    ]);
    const { rows } = await rowsOf(mistyped, '--no-near');
    expect(rows.map(([visitor, venue]) => [visitor, venue])).toEqual([
      ['010-5550-0123', '031-324-1214'],
      ['010-5550-0002', '031-324-1214'],
    ]);
  });

  it("a case's text with a digit missing is a visit to the place that it nearly names", async () => {
    const { rows, stderr } = await rowsOf(bench([['01055500001', 3, hall]], [[ill, 0, '031-324-214']]));
    expect(rows[1]).toEqual(['010-5550-0001', place, 'exact', null]);
    expect(rows[0]?.slice(1)).toEqual([place, 'near', '031-324-214']);
    expect(stderr).toContain('unresolved show');
  });

  it('a number near two places is traced to both, and one that is near none to itself', async () => {
    const both = await rowsOf(
      bench([
        [ill, 0, '0313242115'],
        ['01055500001', 3, annex],
        ['01055500002', 4, hall],
      ]),
    );
    expect(both.rows.map(([visitor, venue]) => [visitor, venue])).toEqual([
      ['010-5550-0123', place],
      ['010-5550-0123', '031-324-2116'],
      ['010-5550-0001', '031-324-2116'],
      ['010-5550-0002', place],
    ]);
    const alone = await rowsOf(
      bench([
        [ill, 0, '0313249999'],
        ['01055500001', 3, '0313249999'],
      ]),
    );
    expect(alone.rows).toEqual([
      ['010-5550-0123', '031-324-9999', 'exact', null],
      ['010-5550-0001', '031-324-9999', 'exact', null],
    ]);
  });

  it('the summary counts contacts that rest on a mistyped number', async () => {
    const made = bench(visits, texts);
    const { stdout } = await made.run([...asked, '--summary', '--format', 'jsonl'], { stdin });
    expect(JSON.parse(stdout)).toMatchObject({ contacts: 4, near_contacts: 3 });
  });
});

describe('venue list --unregistered', () => {
  const visits: Sent[] = [
    ...Array.from({ length: 6 }, (_, index): Sent => [ill, index, '0313242215']),
    [ill, 0, hall],
    [ill, 0, '0313249999'],
    [ill, 0, '01055500777'],
  ];

  it('lists numbers that nobody registered, with the nearest place, and hides small counts in a file', async () => {
    const { code, stdout } = await bench([...visits, [ill, 9, '0313241214']]).run([
      ...['venue', 'list', '--unregistered', '--format', 'json'],
    ]);
    expect(code).toBe(0);
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows).toMatchObject([
      { number: '031-324-2215', visits: 6, last_before: '2026-11-23T10:00:00+09:00', nearest: null },
      { number: '010-****-**77', visits: '<5', nearest: null },
      {
        number: '031-324-1214',
        visits: '<5',
        nearest: { venue: place, venue_name: '용인시청', why: 'swapped' },
      },
      { number: '031-324-9999', visits: '<5', nearest: null },
    ]);
  });

  it('says so if every number has a place', async () => {
    const { code, stderr } = await bench([[ill, 0, hall]]).run(['venue', 'list', '--unregistered']);
    expect([code, stderr]).toEqual([4, expect.stringContaining('[venue.none-unregistered]')]);
    const csv = await bench(visits).run(['venue', 'list', '--unregistered', '--format', 'csv']);
    expect(csv.stdout).toContain('number,visits,last_before,nearest,nearest_name,nearest_why\r\n');
    const korean = await bench(visits).run(['--lang', 'ko', 'venue', 'list', '--unregistered']);
    expect(korean.stdout).toMatch(/^031-324-2215 +6 /m);
  });
});
