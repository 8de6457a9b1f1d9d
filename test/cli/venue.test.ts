import { describe, expect, it } from 'vitest';
import { hourMs } from '../../src/base/duration.ts';
import { always, nowMs, visit } from '../store/temp-register.ts';
import { type CommandBench, commandBench } from './command-bench.ts';

const hall = ['venue', 'add', '324-2114', '--name', '용인시청', '--address', '중부대로 1199'];

function bench(): CommandBench {
  const made = commandBench();
  made.temp.open().close();
  return made;
}

async function listed({ run }: CommandBench): Promise<unknown[]> {
  const { stdout } = await run(['venue', 'list', '--json']);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);
}

describe('venue add', () => {
  it('registers a place under its number, however that is written', async () => {
    const made = bench();
    const { code, stdout } = await made.run(hall);
    expect([code, stdout]).toEqual([0, '031-324-2114  용인시청: added\n']);
    expect(await listed(made)).toEqual([
      { number: '031-324-2114', name: '용인시청', address: '중부대로 1199', issued: false, branches: [] },
    ]);
  });

  it('changes a name and keeps the address that is not said', async () => {
    const made = bench();
    await made.run(hall);
    const { stdout } = await made.run(['venue', 'add', '031-324-2114', '--name', '용인특례시청']);
    expect(stdout).toContain(': changed');
    expect(await listed(made)).toMatchObject([{ name: '용인특례시청', address: '중부대로 1199' }]);
    expect((await made.run(['venue', 'add', '031-324-2114', '--name', '용인특례시청'])).stdout).toContain(
      ': unchanged',
    );
  });

  it('puts another place beside the one that has the number, and a visit names both', async () => {
    const made = bench();
    await made.run(['venue', 'add', '1577-1122', '--name', '가게 처인점', '--address', '처인구']);
    await made.run(['venue', 'add', '1577-1122', '--name', '가게 수지점', '--address', '수지구', '--branch']);
    const { stdout } = await made.run(['venue', 'list', '--lang', 'ko']);
    expect(stdout).toContain('가게 처인점 (외 1곳)');
    const register = made.temp.open();
    register.transact((unit) => unit.addVisit(visit({ venue: '15771122' })));
    expect([...register.visits(always)]).toMatchObject([
      { venueName: '가게 처인점 / 가게 수지점', venueAddress: '처인구 / 수지구' },
    ]);
  });

  it('is in the audit log', async () => {
    const made = bench();
    await made.run(hall);
    const { stdout } = await made.run(['audit', 'list', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ command: 'venue add', venues: ['0313242114'], rows: 1 });
  });

  it.each([
    ['en', 'error [venue.number] "12-34" is no number of a place'],
    ['ko', "오류 [venue.number] '12-34'은(는) 장소의 번호가 아닙니다"],
  ])('refuses what is no number (%s)', async (language, message) => {
    const { code, stderr } = await bench().run(['venue', 'add', '12-34', '--name', 'x', '--lang', language]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe('venue list', () => {
  it('finds by a part of the name, the address or the number', async () => {
    const made = bench();
    await made.run(hall);
    await made.run(['venue', 'add', '02-2123-4567', '--name', '=1+1', '--address', '서울']);
    for (const search of ['시청', '중부 대로', '324-2114', '2114'])
      expect((await made.run(['venue', 'list', '--search', search])).stdout.trim().split('\n')).toHaveLength(
        2,
      );
    expect((await made.run(['venue', 'list', '--search', '수원'])).code).toBe(4);
  });

  it('writes csv that no spreadsheet runs and that keeps the leading zero', async () => {
    const made = bench();
    await made.run(['venue', 'add', '02-2123-4567', '--name', '=1+1', '--address', 'a, "b"']);
    const { stdout } = await made.run(['venue', 'list', '--format', 'csv']);
    expect(stdout).toBe('\uFEFFnumber,name,address\r\n02-2123-4567,\'=1+1,"a, ""b"""\r\n');
  });

  it.each([
    ['en', ['number', 'name', 'address']],
    ['ko', ['번호', '장소명', '주소']],
  ])('has headings in the language of the reader (%s)', async (language, heads) => {
    const made = bench();
    await made.run(hall);
    const { stdout } = await made.run(['venue', 'list', '--lang', language]);
    expect(stdout.split('\n')[0]?.split(/\s{2,}/)).toEqual(heads);
  });

  it.each([
    ['en', 'no place is registered'],
    ['ko', '등록된 장소가 없습니다'],
  ])('says that there is none yet (%s)', async (language, message) => {
    const { code, stderr } = await bench().run(['venue', 'list', '--lang', language]);
    expect(code).toBe(4);
    expect(stderr).toContain(message);
  });
});

describe('a removed venue', () => {
  it('names the visits of its time, and none after', () => {
    const made = bench();
    const register = made.temp.open();
    register.putVenue({
      number: '0313242114',
      name: '용인시청',
      address: null,
      issued: false,
      removedAtMs: nowMs,
    });
    register.transact((unit) => {
      unit.addVisit(visit({ atMs: nowMs - hourMs }));
      unit.addVisit(visit({ atMs: nowMs + 1 }));
    });
    expect([...register.visits(always)].map(({ venueName }) => venueName)).toEqual(['용인시청', null]);
  });
});
