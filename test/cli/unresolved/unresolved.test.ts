import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { hourMs } from '../../../src/base/amounts.ts';
import { collect } from '../../../src/base/batches.ts';
import { openZone } from '../../../src/base/zone.ts';
import { takeListing } from '../../../src/daemon/intake/take-listing.ts';
import type { NewText } from '../../../src/store/intake.ts';
import { issueCode } from '../../../src/visits/issued-code.ts';
import { always, filesWith, nowMs, retentionMs, text } from '../../store/temp-register.ts';
import { type CommandBench, commandBench } from '../command-bench.ts';

const sender = '01055500123';

interface TextBench extends CommandBench {
  /** In the order of the texts. */
  readonly ids: readonly string[];
}

function bench(...texts: Partial<NewText>[]): TextBench {
  const made = commandBench();
  const register = made.temp.open();
  void register.putVenues([{ number: '0313242114', name: '용인시청', address: null, issued: false }]);
  const ids = register.transact((unit) =>
    texts.map((changes, at) =>
      String(unit.addText(text({ atMs: nowMs - at * hourMs, reason: 'not-allowed', ...changes }))),
    ),
  );
  register.close();
  return { ...made, ids };
}

const typo = { text: '031-324-211 입니다' };
const because = ['--reason', 'typed wrong'];

const left = async ({ temp }: CommandBench) => {
  const register = temp.open({ role: 'reader' });
  const visits = await collect(register.visits(always));
  const texts = await collect(register.texts(always));
  const { unresolved } = await register.health();
  register.close();
  return { visits, texts, unresolved };
};

async function lastAct({ run }: CommandBench): Promise<Record<string, unknown>> {
  const { stdout } = await run(['audit', 'list', '--json']);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as Record<string, unknown>;
}

describe('unresolved list', () => {
  it.each([
    ['en', ['nearest place', 'a number that does not exist', '031-324-2114 용인시청: a digit missing']],
    ['ko', ['가까운 장소', '번호 형식 오류', '031-324-2114 용인시청: 한 자리 빠짐']],
  ])('unresolved list shows masked texts with the nearest registered place (%s)', async (language, words) => {
    const made = bench(typo, { text: '010-5550-0123 홍길동' });
    const { code, stdout } = await made.run(['unresolved', 'list', '--reason', 'drill', '--lang', language]);
    expect(code).toBe(0);
    for (const word of words) expect(stdout).toContain(word);
    expect(stdout).toContain('010-****-**23 홍길동');
    expect(stdout).not.toContain('5550');
  });

  it('unresolved list --json has every proposal, and no whole number', async () => {
    const made = bench({ text: '031-324-1214 홍길동' });
    const { stdout } = await made.run(['unresolved', 'list', '--reason', 'drill', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      id: Number(made.ids[0]),
      kind: 'unresolved',
      why: 'not-allowed',
      line: 'line1',
      text: '031-***-**14 홍길동',
      nearest: [{ venue: '031-324-2114', venue_name: '용인시청' }],
    });
  });

  it('unresolved list keeps to its window, and is recorded', async () => {
    const made = bench(typo, { text: '시청', reason: 'no-number' });
    const { stdout } = await made.run([
      'unresolved',
      'list',
      '--reason',
      'drill',
      '--from',
      '-30m',
      '--json',
    ]);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(await lastAct(made)).toMatchObject({ command: 'unresolved list', rows: 1, revealed: false });
  });

  it('unresolved list without a reason shows nothing, and is recorded', async () => {
    const made = bench();
    const { code, stdout } = await made.run(['unresolved', 'list']);
    expect([code, stdout]).toEqual([3, '']);
    expect(await lastAct(made)).toMatchObject({ outcome: 'refused', code: 'unresolved.no-reason' });
  });

  it('unresolved list ends with 4 if there is no text', async () => {
    const { code, stderr } = await bench().run(['unresolved', 'list', '--reason', 'drill', '--lang', 'ko']);
    expect([code, stderr.includes('미확인 문자가 없습니다')]).toEqual([4, true]);
  });
});

describe('unresolved show', () => {
  it.each([
    ['en', ['nearest places', 'sender']],
    ['ko', ['가까운 장소', '보낸 사람']],
  ])('unresolved show prints the whole words, and the sender masked (%s)', async (language, words) => {
    const made = bench(typo);
    const { stdout } = await made.run([
      'unresolved',
      'show',
      made.ids[0] ?? '',
      ...because,
      '--lang',
      language,
    ]);
    for (const word of ['031-324-211 입니다', '010-****-**23', ...words]) expect(stdout).toContain(word);
    expect(await lastAct(made)).toMatchObject({ command: 'unresolved show', reason: 'typed wrong', rows: 1 });
  });

  it("unresolved show prints the sender's number with --reveal only, and the audit log knows who was shown", async () => {
    const made = bench({ text: '010-5550-0123 왔어요' });
    const [id = ''] = made.ids;
    const masked = await made.run(['unresolved', 'show', id, ...because]);
    expect(masked.stdout).not.toContain('5550');
    expect(masked.stderr).toContain('--reveal');
    const asked = ['audit', 'list', '--visitor', '010-5550-0123', '--json'];
    expect((await made.run(asked)).code).toBe(4);
    const shown = await made.run(['unresolved', 'show', id, ...because, '--reveal', '--json']);
    expect(JSON.parse(shown.stdout)).toMatchObject({ sender: '010-5550-0123', text: '010-5550-0123 왔어요' });
    expect(JSON.parse((await made.run(asked)).stdout)).toMatchObject({ command: 'unresolved show' });
  });

  it.each([
    ["the sender's number without its beginning", '5550-0123 왔어요', '5550'],
    ["somebody else's number", '010-5550-0199 홍길동', '5550'],
    ["somebody else's number without its beginning", '친구는 5550-0199', '5550'],
    ["somebody else's number whose digits stand apart", '친구는 0 1 0 5 5 5 0 0 1 9 9', '5 5 5 0'],
    ["the sender's number in syllables, without its beginning", '오오오공 공일이삼', '오오오공'],
  ])('unresolved show masks %s', async (_, words, hidden) => {
    const made = bench({ text: words });
    const { stdout } = await made.run(['unresolved', 'show', made.ids[0] ?? '', ...because]);
    expect(stdout).not.toContain(hidden);
  });

  it.each([
    ['en', 'this needs --reason'],
    ['ko', '--reason이 필요합니다'],
  ])('unresolved show is refused without a reason, which is recorded (%s)', async (language, message) => {
    const made = bench(typo);
    const { code, stdout, stderr } = await made.run([
      'unresolved',
      'show',
      made.ids[0] ?? '',
      '--lang',
      language,
    ]);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain(message);
    expect(await lastAct(made)).toMatchObject({ outcome: 'refused', code: 'unresolved.no-reason' });
  });

  it.each([
    ['99999', 4, 'unresolved.unknown'],
    ['x', 2, 'unresolved.id'],
  ])('unresolved show finds no text %s', async (id, exit, error) => {
    const { code, stderr } = await bench(typo).run(['unresolved', 'show', id, ...because]);
    expect(code).toBe(exit);
    expect(stderr).toContain(`[${error}]`);
  });
});

describe('unresolved assign', () => {
  it.each([
    ['en', '1 text becomes a visit to 031-324-2114 (용인시청)'],
    ['ko', '문자 1건을 방문으로 지정합니다. 장소: 031-324-2114 (용인시청)'],
  ])(
    'unresolved assign turns a text into a visit of the same time that names who corrected it (%s)',
    async (language, found) => {
      const made = bench({ ...typo, source: 'received' });
      const { code, stdout } = await made.run([
        ...['unresolved', 'assign', made.ids[0] ?? '', '324-2114', ...because, '--lang', language],
      ]);
      expect(code).toBe(0);
      expect(stdout).toContain(found);
      const { visits, texts, unresolved } = await left(made);
      expect([texts, unresolved]).toEqual([[], 0]);
      expect(visits).toMatchObject([
        { visitor: sender, venue: '0313242114', visitedAtMs: nowMs, timeSource: 'received', line: 'line1' },
      ]);
      expect(visits[0]?.correctedBy).toMatch(/\S/);
      expect(await lastAct(made)).toMatchObject({
        venues: ['0313242114'],
        command: 'unresolved assign',
        rows: 1,
        reason: 'typed wrong',
      });
      expect((await made.run(['check'])).stdout).not.toContain('check.counts');
    },
  );

  it.each([
    ['en', '(no place is registered under it)'],
    ['ko', '(등록되지 않은 번호)'],
  ])('unresolved assign says that no place is registered under the number (%s)', async (language, words) => {
    const made = bench(typo);
    const args = ['unresolved', 'assign', ...made.ids, '031-324-2141', ...because, '--dry-run'];
    expect((await made.run([...args, '--lang', language])).stdout).toContain(`031-324-2141 ${words}`);
  });

  it('what was assigned wrongly is listed, moved to another place, and taken back with its words', async () => {
    const made = bench(typo);
    const [id = ''] = made.ids;
    await made.run(['unresolved', 'assign', id, '022123456', ...because]);
    const listed = await made.run(['unresolved', 'list', '--assigned', ...because, '--json']);
    expect(JSON.parse(listed.stdout)).toMatchObject({
      id: Number(id),
      venue: '02-212-3456',
      text: '031-***-*11 입니다',
    });
    const table = await made.run(['unresolved', 'list', '--assigned', ...because]);
    expect(table.stdout).toMatch(new RegExp(`${id} .*031-\\*\\*\\*-\\*11 입니다 +02-212-3456 +\\S+`));
    const csv = await made.run(['unresolved', 'list', '--assigned', ...because, '--format', 'csv']);
    expect(csv.stdout).toContain(`${id},`);
    const korean = await made.run([
      ...['--lang', 'ko', 'unresolved', 'list', '--assigned'],
      ...because,
      '--format',
      'csv',
    ]);
    const [head, row] = korean.stdout.split('\r\n');
    expect(head).toBe(
      '\uFEFF문자 번호,시각,수신일시,회선,사유,문자 내용,장소 번호,장소명,지정한 사람,보유기한',
    );
    expect(row).toMatch(/^\d+,2026-\d\d-\d\d \d\d:\d\d:\d\d,[^,]*,line1,[^,a-z]*[가-힣][^,a-z]*,031-/);
    const move = ['unresolved', 'reassign', id, '031-324-2114', ...because];
    const dry = await made.run([...move, '--dry-run']);
    expect(dry.stdout).toContain('02-212-3456 -> 031-324-2114 용인시청');
    expect((await left(made)).visits).toMatchObject([{ venue: '022123456' }]);
    expect((await made.run(move)).code).toBe(0);
    expect((await left(made)).visits).toMatchObject([{ venue: '0313242114', visitor: sender }]);
    expect(await lastAct(made)).toMatchObject({
      command: 'unresolved reassign',
      venues: ['022123456', '0313242114'],
      reason: 'typed wrong',
      rows: 1,
    });
    const same = await made.run(move);
    expect([same.code, same.stderr]).toEqual([3, expect.stringContaining('[unresolved.same-place]')]);
    const undo = ['unresolved', 'unassign', id, ...because];
    const undone = await made.run([...undo, '--lang', 'ko']);
    expect(undone.stdout).toContain('031-324-2114 용인시청 -> 장소 미확인');
    expect(await left(made)).toMatchObject({
      visits: [],
      texts: [{ text: typo.text, sender }],
      unresolved: 1,
    });
    const again = await made.run(undo);
    expect([again.code, again.stderr]).toEqual([4, expect.stringContaining('[unresolved.not-assigned]')]);
    const none = await made.run(['unresolved', 'list', '--assigned', ...because]);
    expect([none.code, none.stderr]).toEqual([4, expect.stringContaining('[unresolved.nothing-assigned]')]);
  });

  it.each([
    ['지정', 0],
    ['assign', 0],
    ['네', 3],
  ])('a Korean question is answered by its own word or by the English one: %s', async (typed, exit) => {
    const made = bench(typo, typo);
    const stdin = Object.assign(new PassThrough(), { isTTY: true });
    const onStderr = (shown: string) => {
      if (shown.includes("계속하려면 '지정' 입력")) setImmediate(() => stdin.write(`${typed}\n`));
    };
    const all = ['unresolved', 'assign', made.ids.join(','), '031-324-2114', ...because, '--lang', 'ko'];
    expect((await made.run(all, { stdin, onStderr })).code).toBe(exit);
  });

  it('unresolved assign takes several ids, or all texts that say the same', async () => {
    const made = bench(typo, { text: '031 324 211' }, { text: '031-324-210' }, { text: '홍길동' });
    const [first = '', , third = ''] = made.ids;
    const alike = ['unresolved', 'assign', '--all-like', first, '031-324-2114', ...because];
    expect((await made.run([...alike, '--dry-run'])).stdout).toContain('2 texts become visits');
    expect((await left(made)).visits).toHaveLength(0);
    expect((await made.run(alike)).stderr).toContain('[unresolved.not-confirmed]');
    expect((await made.run([...alike, '--yes'])).code).toBe(0);
    expect((await left(made)).visits).toHaveLength(2);
    expect((await made.run(['unresolved', 'assign', third, '324-2114', ...because])).code).toBe(0);
    expect(await left(made)).toMatchObject({ unresolved: 1 });
  });

  it('unresolved assign asks before it assigns many', async () => {
    const made = bench(typo, typo);
    const stdin = Object.assign(new PassThrough(), { isTTY: true });
    const onStderr = (shown: string) => {
      if (shown.includes('"assign"')) setImmediate(() => stdin.write('assign\n'));
    };
    const all = ['unresolved', 'assign', made.ids.join(','), '031-324-2114', ...because];
    expect((await made.run(all, { stdin, onStderr })).code).toBe(0);
    expect((await left(made)).visits).toHaveLength(2);
  });

  it.each([
    ['whose sender nobody knows', { sender: null }, '031-324-2114', 3, 'unresolved.no-sender'],
    ['to a code that was not issued', {}, issueCode(5), 4, 'venue.unknown'],
    ["to a person's number", {}, '010-5550-0777', 4, 'venue.unknown'],
    ['to no place', {}, 'x', 2, 'venue.number'],
  ])('unresolved assign refuses a text %s', async (_, changes, venue, exit, id) => {
    const made = bench({ ...typo, ...changes });
    const { code, stderr } = await made.run(['unresolved', 'assign', made.ids[0] ?? '', venue, ...because]);
    expect(code).toBe(exit);
    expect(stderr).toContain(`[${id}]`);
    expect((await left(made)).texts).toHaveLength(1);
  });

  it('unresolved assign --all-like refuses a text that says nothing', async () => {
    const made = bench({ text: '?' }, { text: '' });
    const like = ['unresolved', 'assign', '--all-like', made.ids[0] ?? '', '324-2114', ...because, '--yes'];
    expect((await made.run(like)).stderr).toContain('[unresolved.says-nothing]');
  });

  it('unresolved assign needs a text and a place', async () => {
    const { code, stderr } = await bench(typo).run(['unresolved', 'assign', '324-2114', ...because]);
    expect([code, stderr.includes('[unresolved.targets]')]).toEqual([2, true]);
  });
});

describe('unresolved discard', () => {
  it.each([
    ['en', 'discarded: 1 text'],
    ['ko', '문자 1건을 삭제했습니다'],
  ])(
    'unresolved discard removes a text, with a line of the destruction ledger (%s)',
    async (language, done) => {
      const made = bench(typo, { text: '광고' });
      const { code, stdout } = await made.run([
        ...['unresolved', 'discard', made.ids[1] ?? '', '--yes', '--reason', '광고', '--lang', language],
      ]);
      expect(code).toBe(0);
      expect(stdout).toContain(done);
      expect(await left(made)).toMatchObject({ texts: [{ text: typo.text }], unresolved: 1 });
      expect(await lastAct(made)).toMatchObject({ command: 'unresolved discard', rows: 1, reason: '광고' });
      const { stdout: ledger } = await made.run(['audit', 'destruction', '--format', 'json']);
      expect(ledger).toContain('discarded');
      expect((await made.run(['audit', 'verify'])).code).toBe(0);
    },
  );

  it('unresolved discard does nothing if nobody confirms, or with --dry-run', async () => {
    const made = bench(typo);
    const [id = ''] = made.ids;
    const refused = await made.run(['unresolved', 'discard', id, ...because]);
    expect([refused.code, refused.stderr.includes('[unresolved.not-confirmed]')]).toEqual([3, true]);
    expect((await made.run(['unresolved', 'discard', id, ...because, '--dry-run'])).code).toBe(0);
    expect((await left(made)).texts).toHaveLength(1);
  });

  it('the audit log says how many people a discard may be about', async () => {
    const made = bench(typo, typo);
    for (const ids of [made.ids, made.ids.slice(1)]) {
      await made.run(['unresolved', 'discard', ...ids, ...because, '--dry-run']);
      const visitors = ids.length;
      expect(await lastAct(made)).toMatchObject({ visitors, one_visitor: visitors === 1 });
    }
  });

  it('unresolved discard leaves neither words nor number in any file', async () => {
    const made = bench({ text: '010-5550-0123 홍길동' });
    const { stdout } = await made.run(['unresolved', 'discard', made.ids[0] ?? '', ...because, '--yes']);
    expect(stdout).not.toContain('5550');
    expect(filesWith(made.temp.dataDir, ['홍길동', sender])).toEqual([]);
  });
});

describe('a text that could not be decoded', () => {
  // 010-5550-0123, 2026-11-23 14:20:00 +09, UCS-2 "왔습니다 031-324-211" without its last octet.
  const cut = `00040BA11050550021F30008${'62113241020063'}24${Buffer.from('왔습니다 031-324-21', 'utf16le').swap16().toString('hex')}00`;

  /** It comes as it does from a modem, so that what is read of it is what the gateway reads. */
  function broken(): CommandBench {
    const made = commandBench();
    const register = made.temp.open();
    void register.putVenues([{ number: '0313242114', name: '용인시청', address: null, issued: false }]);
    const arrival = { pdu: cut, announcedLength: 56, memory: 'SM', slot: 1, receivedAtMs: nowMs + 60_000 };
    const line = { name: 'line1', receiving: null };
    takeListing(register, line, [{ ...arrival, report: false }], {
      areaCode: '031',
      retentionMs,
      zone: openZone('Asia/Seoul'),
    });
    register.close();
    made.temp.clock.advance(60_000);
    return made;
  }

  const idOf = async ({ run }: CommandBench) =>
    String(JSON.parse((await run(['unresolved', 'list', '--json', ...because])).stdout).id);

  it('C18: unresolved show gives every field that was read, and with --reveal what the modem printed', async () => {
    const made = broken();
    const show = ['unresolved', 'show', await idOf(made), ...because];
    const masked = await made.run([...show, '--json']);
    expect(JSON.parse(masked.stdout)).toMatchObject({
      kind: 'undecodable',
      why: 'pdu.truncated',
      at: '2026-11-23T14:20:00+09:00',
      sent_at: '2026-11-23T14:20:00+09:00',
      sender: '010-****-**23',
      text: expect.stringContaining('왔습니다 031-324-21'),
      dcs: 8,
      alphabet: 'ucs2',
      pdu: null,
    });
    const whole = await made.run([...show, '--reveal', '--json']);
    expect(JSON.parse(whole.stdout)).toMatchObject({ sender: '010-5550-0123', pdu: [cut] });
    const people = await made.run([...show, '--reveal']);
    for (const word of ['as the modem printed it', cut, '08 (ucs2)', '010-5550-0123'])
      expect(people.stdout).toContain(word);
  });

  it('C18: a sender that was read is found by lookup, assigned, traced, and erased', async () => {
    const made = broken();
    const lookup = () => made.run(['lookup', '-', ...because, '--json'], { stdin: '010-5550-0123\n' });
    expect(JSON.parse((await lookup()).stdout.split('\n')[0] ?? '')).toMatchObject({ became: 'undecodable' });
    const ask = ['--visitor', '010-5550-0123', ...because];
    const dryRun = await made.run(['erase', ...ask, '--dry-run']);
    expect(dryRun.stdout).toContain('1 undecodable text');

    const assigned = await made.run(['unresolved', 'assign', await idOf(made), '031-324-2114', ...because]);
    expect(assigned.code).toBe(0);
    const window = ['--from', '2026-11-23', '--to', '2026-11-24', '--format', 'jsonl'];
    const { stdout } = await made.run(['trace', ...ask, ...window, '--reveal']);
    expect(JSON.parse(stdout)).toMatchObject({
      visitor: '010-5550-0123',
      venue: '031-324-2114',
      visited_at: '2026-11-23T14:20:00+09:00',
      time_source: 'network',
    });
    expect((await made.run(['erase', ...ask, '--yes'])).code).toBe(0);
    expect(await left(made)).toMatchObject({ visits: [], texts: [] });
  });

  it('C18: erase removes a text whose sender was read', async () => {
    const made = broken();
    await made.run(['erase', '--visitor', '010-5550-0123', ...because, '--yes']);
    expect(await left(made)).toMatchObject({ visits: [], texts: [] });
    expect(filesWith(made.temp.dataDir, [cut, '왔습니다'])).toEqual([]);
  });

  it('C18: trace says which texts of the case are not visits yet', async () => {
    const made = broken();
    const id = await idOf(made);
    const window = ['--from', '2026-11-23', '--to', '2026-11-24'];
    const { code, stderr } = await made.run(['trace', '--visitor', '010-5550-0123', ...because, ...window]);
    expect(code).toBe(4);
    expect(stderr).toContain(`visitlog unresolved show ${id}`);
  });
});

describe('a place that a text names', () => {
  const named = { text: '홍익족발 왔습니다', reason: 'no-number' };

  function among(...names: readonly string[]): TextBench {
    const made = bench(named);
    const register = made.temp.open();
    const places = names.map((name, at) => ({
      number: `031324900${at}`,
      name,
      address: null,
      issued: false,
    }));
    void register.putVenues(places);
    register.close();
    return made;
  }

  it('unresolved list and show offer the one place of the name that a text names', async () => {
    const made = among('(주)홍익족발 수지점', '다른 곳');
    const listed = await made.run(['unresolved', 'list', ...because]);
    expect(listed.stdout).toContain('031-324-9000 (주)홍익족발 수지점: its name, which no other place has');
    const shown = await made.run(['unresolved', 'show', made.ids[0] ?? '', ...because, '--json']);
    expect(JSON.parse(shown.stdout)).toMatchObject({ nearest: [{ venue: '031-324-9000', why: 'named' }] });
    const csv = await made.run(['unresolved', 'list', ...because, '--format', 'csv']);
    expect(csv.stdout).toContain('031-324-9000,(주)홍익족발 수지점,named');
    const korean = await made.run(['--lang', 'ko', 'unresolved', 'list', ...because, '--format', 'csv']);
    const [head, row] = korean.stdout.split('\r\n');
    expect(head).toBe(
      '\uFEFF문자 번호,시각,수신일시,회선,종류,사유,문자 내용,가장 가까운 장소,가까운 장소명,다른 점,보유기한',
    );
    expect(row).toMatch(
      /^\d+,2026-\d\d-\d\d \d\d:\d\d:\d\d,2026-[^,]*,line1,장소 미확인,[가-힣 ]+,[^,]*,031-324-9000,\(주\)홍익족발 수지점,[가-힣, ]+,2026-/,
    );
    expect(filesWith(made.temp.dataDir, ['홍익족발 왔'])).toEqual([]);
  });

  it('a name that two places have is not offered', async () => {
    const made = among('홍익족발 수지점', '홍익족발 죽전점');
    const { stdout } = await made.run(['unresolved', 'list', ...because, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ nearest: [] });
  });

  it('unresolved assign names the place that the text means, if it is given another', async () => {
    const made = among('홍익족발');
    const assign = ['unresolved', 'assign', made.ids[0] ?? '', ...because, '--dry-run'];
    const other = await made.run([...assign, '031-324-2114']);
    expect(other.stdout).toContain('031-324-9000 홍익족발');
    const same = await made.run([...assign, '031-324-9000']);
    expect(same.stdout).not.toContain('nearest');
  });
});
