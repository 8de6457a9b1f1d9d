import { describe, expect, it } from 'vitest';
import { hourMs } from '../../../src/base/amounts.ts';
import { nowMs, text, visit } from '../../store/temp-register.ts';
import { type CommandBench, commandBench } from '../command-bench.ts';

const hall = '0313242114';
const window = ['export', '--from', '-5h', '--to', '-0h', '--reason', 'drill'];
const near = [...window, '--venue', '031-324-2114'];

/** Visits at two places, two hours apart, and texts between them: one nearly the hall's, one of neither. */
function bench(): CommandBench {
  const made = commandBench();
  const register = made.temp.open();
  void register.putVenues([{ number: hall, name: '용인시청', address: '중부대로 1199', issued: false }]);
  void register.putVenues([{ number: '15771122', name: '가게', address: null, issued: false }]);
  register.transact((unit) => {
    unit.addVisit(visit({ atMs: nowMs - 3 * hourMs, venue: hall }));
    unit.addVisit(visit({ atMs: nowMs - hourMs, venue: hall }));
    unit.addText(text({ atMs: nowMs - 2 * hourMs, sender: '01055500777', text: '031-324-211 홍길동' }));
    unit.addText(text({ atMs: nowMs - 2 * hourMs, text: '1577-112', line: 'line2' }));
    unit.addText(text({ atMs: nowMs - 2 * hourMs, text: '시청' }));
  });
  register.close();
  return made;
}

const objects = (stdout: string) =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('an export finds who mistyped', () => {
  it("an export finds texts near the place's number, in order of time, marked and masked", async () => {
    const { code, stdout } = await bench().run([...near, '--format', 'jsonl']);
    expect(code).toBe(0);
    expect(objects(stdout)).toMatchObject([
      { match: 'exact', text: null },
      {
        visitor: '010-****-**77',
        venue: '031-324-2114',
        venue_name: '용인시청',
        time_source: 'network',
        match: 'near',
        text: '031-***-*11 홍길동',
      },
      { match: 'exact', text: null },
    ]);
  });

  it('an export with --reveal shows number and words, and the audit log knows who was shown', async () => {
    const made = bench();
    const { stdout } = await made.run([...near, '--format', 'jsonl', '--reveal', '--reason', 'tracing']);
    expect(objects(stdout)[1]).toMatchObject({ visitor: '010-5550-0777', text: '031-324-211 홍길동' });
    const asked = ['audit', 'list', '--visitor', '010-5550-0777', '--json'];
    expect(objects((await made.run(asked)).stdout)).toMatchObject([{ command: 'export', rows: 3 }]);
  });

  it('an export compares with every registered place if none is named, and keeps to a line', async () => {
    const made = bench();
    const rows = async (...more: string[]) =>
      objects((await made.run([...window, '--format', 'jsonl', ...more])).stdout);
    expect((await rows()).filter((row) => row.match === 'near').map((row) => row.venue)).toEqual([
      '031-324-2114',
      '1577-1122',
    ]);
    expect(await rows('--line', 'line2')).toMatchObject([{ match: 'near', venue: '1577-1122' }]);
  });

  it('an export finds visits to unregistered numbers that differ by one digit', async () => {
    const made = bench();
    const register = made.temp.open();
    void register.putVenues([{ number: '0313242116', name: '별관', address: null, issued: false }]);
    register.transact((unit) => {
      for (const venue of ['0313241214', '0313242115', '0313242116', '0313249999'])
        unit.addVisit(visit({ atMs: nowMs - hourMs / 2, venue }));
    });
    register.close();
    const reveal = ['--format', 'jsonl', '--reveal', '--reason', 'tracing'];
    const rows = objects((await made.run([...near, ...reveal])).stdout);
    expect(rows.filter((row) => row.match === 'near')).toMatchObject([
      { venue: '031-324-2114', text: '031-324-211 홍길동' },
      { venue: '031-324-2114', venue_name: '용인시청', text: '031-324-1214' },
      { venue: '031-324-2114', venue_name: '용인시청', text: '031-324-2115' },
    ]);
    const strange = [...window, '--venue', '031-324-9998', ...reveal];
    expect((await made.run(strange)).code).toBe(4);
  });

  it('--no-near leaves near misses out, with their columns, and says how many there are', async () => {
    const made = bench();
    const register = made.temp.open();
    register.transact((unit) => unit.addVisit(visit({ atMs: nowMs - hourMs / 2, venue: '0313242115' })));
    register.close();
    const shown = await made.run(near);
    expect(shown.stdout.split('\r\n')[0]).toMatch(/,expires_at,corrected_by,match,text$/);
    const said = '1 visit to numbers that nobody registered and 1 unresolved text are near this place';
    expect(shown.stderr).toContain(`visitlog: ${said}: marked near`);
    const korean = await made.run(['--lang', 'ko', ...near, '--no-near']);
    expect(korean.stdout.split('\r\n')).toHaveLength(2 + 2);
    expect(korean.stdout.split('\r\n')[0]).toMatch(/,지정한 사람$/);
    expect(korean.stderr).toContain(
      '등록되지 않은 번호로 온 방문 1건과 장소 미확인 문자 1건이 이 장소와 비슷합니다',
    );
  });

  it('an export of all places takes a visit to an unregistered number for one to the place that was meant', async () => {
    const made = bench();
    const register = made.temp.open();
    register.transact((unit) => {
      for (const venue of ['0313242115', '0313249999'])
        unit.addVisit(visit({ atMs: nowMs - hourMs / 2, venue }));
    });
    register.close();
    const rows = async (...more: string[]) => {
      const { stdout, stderr } = await made.run([...window, '--format', 'jsonl', ...more]);
      return { stderr, rows: objects(stdout).slice(-2) };
    };
    const taken = await rows('--reveal');
    expect(taken.rows).toMatchObject([
      { venue: '031-324-2114', venue_name: '용인시청', match: 'near', text: '031-324-2115' },
      { venue: '031-324-9999', match: 'exact', text: null },
    ]);
    expect(taken.stderr).toContain(' are near a registered place: marked near');
    const asTyped = await rows('--no-near');
    expect(asTyped.rows).toMatchObject([{ venue: '031-324-2115' }, { venue: '031-324-9999' }]);
    expect(asTyped.stderr).toContain(' are near a registered place, not taken for visits to it (--no-near)');
  });

  it('an export whose only visits mistyped the place finds them, and says so if they are left out', async () => {
    const made = commandBench();
    const register = made.temp.open();
    void register.putVenues([{ number: hall, name: '용인시청', address: null, issued: false }]);
    register.transact((unit) => unit.addVisit(visit({ atMs: nowMs - hourMs, venue: '0313242115' })));
    register.close();
    expect((await made.run(near)).code).toBe(0);
    const { code, stderr } = await made.run([...near, '--no-near']);
    expect([code, stderr]).toEqual([
      4,
      expect.stringContaining('1 visit to numbers that nobody registered is near'),
    ]);
  });

  it('the option of before is still taken', async () => {
    const { code, stdout } = await bench().run([...near, '--include-unresolved']);
    expect([code, stdout.split('\r\n').length]).toEqual([0, 5]);
  });

  it('an export of near misses has Korean headings if they are asked for', async () => {
    const { stdout } = await bench().run([...near, '--lang', 'ko']);
    expect(stdout.split('\r\n')[0]).toMatch(/[가-힣 ]+,[가-힣 ]+,[가-힣 ]+$/);
  });
});

describe('a visit of an export that staff assigned', () => {
  it('an export names who assigned a visit: in jsonl on its row, in csv in a column that is always there', async () => {
    const made = bench();
    const csv = async () => (await made.run(window)).stdout;
    expect(await csv()).toContain('expires_at,corrected_by,match,text\r\n');
    const register = made.temp.open();
    register.transact((unit) => unit.addVisit(visit({ atMs: nowMs - 90 * 60_000, correctedBy: 'officer' })));
    register.close();
    expect((await csv()).match(/,officer,exact,\r\n/g)).toHaveLength(1);
    const rows = objects((await made.run([...window, '--no-near', '--format', 'jsonl'])).stdout);
    expect(rows.map((row) => row.corrected_by)).toEqual([undefined, 'officer', undefined]);
  });

  it.each(['csv', 'jsonl'])('an export moves no terminal by what a visitor typed (%s)', async (format) => {
    const made = bench();
    const register = made.temp.open();
    const typed = '031-324-211 \u001b[2J\u001b]0;owned\u0007\u009b31m\u202e\u200b';
    register.transact((unit) => unit.addText(text({ atMs: nowMs - 2 * hourMs, text: typed })));
    register.close();
    for (const command of [
      [...near, '--format', format],
      ['unresolved', 'list', '--reason', 'drill', ...(format === 'csv' ? [] : ['--json'])],
    ]) {
      const { code, stdout } = await made.run(command);
      expect([code, stdout.includes('owned') || stdout.includes('031-**4-211')]).toEqual([0, true]);
      // A byte order mark begins the file.
      expect(stdout.replace(/^\ufeff/, '').replace(/\r?\n/g, '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }
  });
});
