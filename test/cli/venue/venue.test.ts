import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { hourMs } from '../../../src/base/amounts.ts';
import { collect } from '../../../src/base/batches.ts';
import { isIssuedCodeForm, issueCode } from '../../../src/visits/issued-code.ts';
import { always, nowMs, visit } from '../../store/temp-register.ts';
import { type CommandBench, commandBench } from '../command-bench.ts';

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
  it('venue add registers a place under its number, however it is written', async () => {
    const made = bench();
    const { code, stdout } = await made.run(hall);
    expect([code, stdout]).toEqual([0, '031-324-2114  용인시청: added\n']);
    expect(await listed(made)).toEqual([
      { number: '031-324-2114', name: '용인시청', address: '중부대로 1199', issued: false, branches: [] },
    ]);
  });

  it('venue add takes no name or address that is longer than any', async () => {
    const made = bench();
    const add = (name: string, address: string) =>
      made.run(['venue', 'add', '324-2114', '--name', name, '--address', address]);
    for (const [name, address] of [
      ['가'.repeat(40_000), '중부대로 1199'],
      ['가', '나'.repeat(401)],
    ] as const)
      expect(await add(name, address)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('usage.text-too-long'),
      });
    expect(await listed(made)).toEqual([]);
    expect(await add('가'.repeat(200), '나'.repeat(400))).toMatchObject({ code: 0 });
  });

  it('venue add changes a name and keeps the address if none is given', async () => {
    const made = bench();
    await made.run(hall);
    const { stdout } = await made.run(['venue', 'add', '031-324-2114', '--name', '용인특례시청']);
    expect(stdout).toContain(': changed');
    expect(await listed(made)).toMatchObject([{ name: '용인특례시청', address: '중부대로 1199' }]);
    expect((await made.run(['venue', 'add', '031-324-2114', '--name', '용인특례시청'])).stdout).toContain(
      ': unchanged',
    );
  });

  it('venue add --branch adds a place to a number that has one, and a visit names both', async () => {
    const made = bench();
    await made.run(['venue', 'add', '1577-1122', '--name', '가게 처인점', '--address', '처인구']);
    await made.run(['venue', 'add', '1577-1122', '--name', '가게 수지점', '--address', '수지구', '--branch']);
    const { stdout } = await made.run(['venue', 'list', '--lang', 'ko']);
    expect(stdout).toContain('가게 처인점 (외 1곳)');
    const register = made.temp.open();
    register.transact((unit) => unit.addVisit(visit({ venue: '15771122' })));
    expect(await collect(register.visits(always))).toMatchObject([
      { place: { name: '가게 처인점 / 가게 수지점', address: '처인구 / 수지구' } },
    ]);
  });

  it('venue add is in the audit log', async () => {
    const made = bench();
    await made.run(hall);
    const { stdout } = await made.run(['audit', 'list', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ command: 'venue add', venues: ['0313242114'], rows: 1 });
  });

  it.each([
    ['en', 'error [venue.number] "12-34" is not a place\'s number'],
    ['ko', "오류 [venue.number] '12-34': 전화번호나 발급 코드가 아닙니다"],
  ])('venue add refuses what is not a number (%s)', async (language, message) => {
    const { code, stderr } = await bench().run(['venue', 'add', '12-34', '--name', 'x', '--lang', language]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it.each([
    [['venue', 'add', '010-5550-10055', '--name', 'x'], 'venue.number', '010-****-***55'],
    [['venue', 'add', '+82 10 5550 100', '--name', 'x'], 'venue.number', '*00'],
    [['venue', 'show', '010-5550-1005'], 'venue.unknown', '010-****-**05'],
    [['venue', 'show', '031-324-2141'], 'venue.unknown', '031-324-2141'],
    [['export', '--from', '-1h', '--to', '-0h', '--venue', '+8613800138000123'], 'venue.number', '*'],
    [['unresolved', 'show', '010-5550-1005', '--reason', 'x'], 'unresolved.id', '010-****-**05'],
    [['unresolved', 'show', '01055501005', '--reason', 'x'], 'unresolved.id', '010******05'],
  ])("a visitor's number that was typed for a place is masked in the error: %j", async (args, id, shown) => {
    for (const language of ['en', 'ko']) {
      const { stderr } = await bench().run([...args, '--lang', language]);
      expect(stderr.split('\n')[0]).toMatch(new RegExp(`\\[${id}\\].*${shown.replaceAll('*', '\\*')}`));
      expect(stderr).not.toMatch(/5550|0013800/);
    }
  });

  it.each([
    ['en', 'error [venue.receiving] 031 324 2900 is the number that visitors text to'],
    ['ko', "오류 [venue.receiving] '031 324 2900' 번호는 방문자가 문자를 보내는 수신번호라서"],
  ])('venue add refuses the number of a line (%s)', async (language, message) => {
    const made = bench();
    appendFileSync(
      made.config,
      '[[line]]\nname = "line1"\nport = "tcp://127.0.0.1:1"\nnumber = "031-324-2900"\n',
    );
    const add = ['venue', 'add', '031 324 2900', '--name', 'x', '--lang', language];
    const { code, stderr } = await made.run(add);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect((await made.run(['venue', 'list'])).code).toBe(4);
  });
});

describe('venue list', () => {
  it('venue list --search finds a part of the name, the address or the number', async () => {
    const made = bench();
    await made.run(hall);
    await made.run(['venue', 'add', '02-2123-4567', '--name', '=1+1', '--address', '서울']);
    for (const search of ['시청', '중부 대로', '324-2114', '2114'])
      expect((await made.run(['venue', 'list', '--search', search])).stdout.trim().split('\n')).toHaveLength(
        2,
      );
    expect((await made.run(['venue', 'list', '--search', '수원'])).code).toBe(4);
  });

  it('venue list --search takes capitals, full-width characters and parted syllables for the same', async () => {
    const made = bench();
    await made.run(['venue', 'add', '02-2123-4567', '--name', 'ＣＡＦＥ 봄', '--address', 'Seoul 중앙로']);
    for (const search of ['cafe', 'CAFE', '봄', 'seoul', '봄'.normalize('NFD'), '중앙로 cafe 4567'])
      expect([search, (await made.run(['venue', 'list', '--search', search])).code]).toEqual([search, 0]);
    // No word begins in the name and ends in the address.
    expect((await made.run(['venue', 'list', '--search', '봄seoul'])).code).toBe(4);
  });

  it('venue list --format csv keeps leading zeros and holds nothing that a spreadsheet runs', async () => {
    const made = bench();
    await made.run(['venue', 'add', '02-2123-4567', '--name', '=1+1', '--address', 'a, "b"']);
    const { stdout } = await made.run(['venue', 'list', '--format', 'csv']);
    expect(stdout).toBe('\uFEFFnumber,name,address\r\n02-2123-4567,\'=1+1,"a, ""b"""\r\n');
  });

  it('venue list --format csv in Korean has Korean headings, and is a list that venue import reads', async () => {
    const made = bench();
    await made.run(hall);
    const asked = ['--lang', 'ko', 'venue', 'list', '--format', 'csv'];
    const { stdout } = await made.run(asked);
    expect(stdout.split('\r\n')[0]).toBe('\uFEFF번호,장소명,주소');
    const file = join(made.folder, 'list.csv');
    writeFileSync(file, stdout);
    const imported = await made.run(['venue', 'import', file, '--json']);
    expect([imported.code, JSON.parse(imported.stdout)]).toMatchObject([
      0,
      { added: 0, changed: 0, unchanged: 1 },
    ]);
    expect((await made.run(asked)).stdout).toBe(stdout);
  });

  it.each([
    ['en', ['number', 'name', 'address']],
    ['ko', ['번호', '장소명', '주소']],
  ])('venue list has headings in the language of the reader (%s)', async (language, heads) => {
    const made = bench();
    await made.run(hall);
    const { stdout } = await made.run(['venue', 'list', '--lang', language]);
    expect(stdout.split('\n')[0]?.split(/\s{2,}/)).toEqual(heads);
  });

  it.each([
    ['en', 'no place is registered'],
    ['ko', '등록된 장소가 없습니다'],
  ])('venue list says that no place is registered yet (%s)', async (language, message) => {
    const { code, stderr } = await bench().run(['venue', 'list', '--lang', language]);
    expect(code).toBe(4);
    expect(stderr).toContain(message);
  });
});

describe('venue issue', () => {
  it.each([
    ['en', 'visitors text'],
    ['ko', '방문자가 문자로 보낼 코드는'],
  ])(
    'venue issue issues a code, large enough to read, and texts can name it (%s)',
    async (language, words) => {
      const made = bench();
      const { code, stdout } = await made.run(['venue', 'issue', '--name', '체육공원', '--lang', language]);
      expect(code).toBe(0);
      expect(stdout).toContain(words);
      const issued = /^ {4}(\d(?: \d){5})$/m.exec(stdout)?.[1]?.replaceAll(' ', '') ?? '';
      expect(isIssuedCodeForm(issued)).toBe(true);
      expect(made.temp.open({ role: 'tool' }).transact((unit) => unit.isIssuedCode(issued))).toBe(true);
    },
  );

  it('venue issue issues no code twice, not even that of a removed or an imported place', async () => {
    const made = bench();
    const register = made.temp.open();
    void register.putVenues([{ number: issueCode(1), name: '가져온 곳', address: null, issued: true }]);
    const place = { name: '곳', address: null };
    const codes = [issueCode(1)];
    for (let at = 0; at < 50; at += 1) {
      const venue = await register.issueVenue(place, issueCode);
      codes.push(venue.number);
      if (at % 2 === 0) await register.putVenues([{ ...venue, removedAtMs: nowMs }]);
    }
    expect(new Set(codes).size).toBe(51);
  });

  it('venue issue is in the audit log with its code, without the name', async () => {
    const made = bench();
    const issued = await made.run(['venue', 'issue', '--name', '체육공원', '--json']);
    const { number } = JSON.parse(issued.stdout) as { number: string };
    const { stdout } = await made.run(['audit', 'list', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ command: 'venue issue', rows: 1, venues: [number] });
    const told = await made.run(['audit', 'list', '--lang', 'ko']);
    expect(told.stdout).toContain(`\n    ${number}\n`);
    expect(told.stdout).not.toContain('체육공원');
    expect((await made.run(['audit', 'verify'])).code).toBe(0);
  });
});

describe('venue remove', () => {
  const withVisits = async () => {
    const made = bench();
    await made.run(hall);
    const register = made.temp.open();
    register.transact((unit) => {
      for (const ago of [1, 30]) unit.addVisit(visit({ atMs: nowMs - ago * hourMs }));
    });
    register.close();
    return made;
  };

  it.each([
    ['en', '2 visits keep its name', 'removed'],
    ['ko', '방문 2건에 이름이 남습니다', '등록을 해제했습니다'],
  ])('venue remove says how many visits keep the name (%s)', async (language, kept, removed) => {
    const made = await withVisits();
    const { code, stdout } = await made.run([
      ...['venue', 'remove', '031-324-2114', '--yes', '--lang', language],
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain(kept);
    expect(stdout).toContain(removed);
    expect((await made.run(['venue', 'list'])).code).toBe(4);
    const { visits } = JSON.parse((await made.run(['venue', 'show', '031-324-2114', '--json'])).stdout);
    expect(visits).toBe(2);
  });

  it('venue remove does nothing if nobody confirms, or with --dry-run', async () => {
    const made = await withVisits();
    const refused = await made.run(['venue', 'remove', '031-324-2114']);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain('[venue.not-confirmed]');
    expect((await made.run(['venue', 'remove', '031-324-2114', '--dry-run'])).code).toBe(0);
    expect(await listed(made)).toHaveLength(1);
  });

  it('venue remove goes on if the word is typed', async () => {
    const made = await withVisits();
    const stdin = Object.assign(new PassThrough(), { isTTY: true });
    const onStderr = (shown: string) => {
      if (shown.includes('remove')) setImmediate(() => stdin.write('remove\n'));
    };
    expect((await made.run(['venue', 'remove', '031-324-2114'], { stdin, onStderr })).code).toBe(0);
  });

  it('venue remove ends a code, which texts can name again once it is added again', async () => {
    const made = bench();
    const { number } = await made.temp.open().issueVenue({ name: '체육공원', address: null }, issueCode);
    const known = () => made.temp.open({ role: 'tool' }).transact((unit) => unit.isIssuedCode(number));
    expect((await made.run(['venue', 'remove', number])).code).toBe(0);
    expect(known()).toBe(false);
    const { stdout } = await made.run(['venue', 'add', number, '--name', '체육공원']);
    expect(stdout).toContain('registered again');
    expect(known()).toBe(true);
  });

  it.each([
    ['en', 'no place is registered under 031-324-2114'],
    ['ko', "'031-324-2114' 번호로 등록된 장소가 없습니다"],
  ])('venue remove ends with 4 if the place is not registered (%s)', async (language, message) => {
    const { code, stderr } = await bench().run(['venue', 'remove', '031-324-2114', '--lang', language]);
    expect(code).toBe(4);
    expect(stderr).toContain(message);
  });
});

describe('venue show', () => {
  it.each([
    ['en', ['visits kept: 0', '(issued code)']],
    ['ko', ['보관 중인 방문: 0건', '(발급 코드)']],
  ])('venue show prints everything about a place (%s)', async (language, words) => {
    const made = bench();
    const { number } = await made.temp
      .open()
      .issueVenue({ name: '체육공원', address: '중앙로 1' }, issueCode);
    const { stdout } = await made.run(['venue', 'show', number, '--lang', language]);
    for (const word of [number, '체육공원 (중앙로 1)', ...words]) expect(stdout).toContain(word);
  });
});

describe('a removed venue', () => {
  it('a removed place names the visits of its time, and none after', async () => {
    const made = bench();
    const register = made.temp.open();
    void register.putVenues([
      {
        number: '0313242114',
        name: '용인시청',
        address: null,
        issued: false,
        removedAtMs: nowMs,
      },
    ]);
    register.transact((unit) => {
      unit.addVisit(visit({ atMs: nowMs - hourMs }));
      unit.addVisit(visit({ atMs: nowMs + 1 }));
    });
    expect((await collect(register.visits(always))).map(({ place }) => place.name)).toEqual([
      '용인시청',
      null,
    ]);
  });
});
