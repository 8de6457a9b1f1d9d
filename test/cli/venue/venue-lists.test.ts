import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { dayMs } from '../../../src/base/amounts.ts';
import { nowMs, visit } from '../../store/temp-register.ts';
import { type CommandBench, commandBench } from '../command-bench.ts';

interface ListBench extends CommandBench {
  file(name: string, content: string): string;
  names(): Promise<readonly string[]>;
}

const hall = '0313242114';

/** City hall with a visit, a shop, and a place with a code. */
async function bench(): Promise<ListBench> {
  const made = commandBench();
  const register = made.temp.open();
  await register.putVenues([
    { number: hall, name: '용인시청', address: '중부대로 1199', issued: false },
    { number: '022123456', name: '가게', address: null, issued: false },
  ]);
  await register.issueVenue({ name: '공원', address: null }, () => '100007');
  register.transact((unit) => unit.addVisit(visit({ venue: hall, atMs: nowMs - dayMs })));
  register.close();
  const file = (name: string, content: string) => {
    const path = join(made.folder, name);
    writeFileSync(path, content);
    return path;
  };
  const names = async () => {
    const reader = made.temp.open({ role: 'reader' });
    const all = (await reader.venues()).map(({ number, name }) => `${number} ${name}`);
    reader.close();
    return all;
  };
  return { ...made, file, names };
}

const all = ['022123456 가게', '0313242114 용인시청', '100007 공원'];
const list = '상호,전화\n용인특례시청,031-324-2114\n새 가게,02-212-3457\n확인,FAX 02-212-3458\n';

describe('venue import --replace and --undo', () => {
  it('venue import --replace removes what the list lacks, issued codes apart, and --undo brings all back', async () => {
    const made = await bench();
    const path = made.file('a.csv', list);
    const dry = await made.run(['venue', 'import', path, '--replace', '--dry-run']);
    expect(dry.stdout).toContain(
      '1 registered place not in the list, removed (--replace):\n  02-212-3456  가게 -> ',
    );
    const unasked = await made.run(['venue', 'import', path, '--replace']);
    expect([unasked.code, unasked.stderr]).toEqual([3, expect.stringContaining('[venue.not-confirmed]')]);
    expect(await made.names()).toEqual(all);
    expect((await made.run(['venue', 'import', path, '--replace', '--yes'])).code).toBe(0);
    expect(await made.names()).toEqual(['022123457 새 가게', '0313242114 용인특례시청', '100007 공원']);
    const undo = await made.run(['venue', 'import', '--undo', '--dry-run']);
    expect(undo.stdout).toContain('031-324-2114  용인특례시청 (중부대로 1199) -> 용인시청 (중부대로 1199)');
    expect(undo.stdout).toContain('02-212-3457  새 가게 -> not registered');
    const json = await made.run(['venue', 'import', '--undo', '--yes', '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ dry_run: false, kept: 0 });
    expect(await made.names()).toEqual(all);
    const again = await made.run(['venue', 'import', '--undo', '--yes']);
    expect([again.code, again.stderr]).toEqual([4, expect.stringContaining('[venue.nothing-to-undo]')]);
    const acts = (await made.run(['audit', 'list', '--json'])).stdout;
    expect(acts).toContain('"venue import --undo"');
  });

  it('venue import --replace keeps a place whose line is doubtful, and all of them if no line is sure', async () => {
    const made = await bench();
    const nameless = made.file('a.csv', '상호,전화\n,02-212-3456\n용인시청,031-324-2114\n');
    await made.run(['venue', 'import', nameless, '--replace', '--yes']);
    expect(await made.names()).toEqual(all);
    const faxes = made.file('b.csv', '상호,전화\n가,FAX 02-212-3456\n');
    expect((await made.run(['venue', 'import', faxes, '--replace', '--yes'])).code).toBe(4);
    expect(await made.names()).toEqual(all);
  });

  it('venue import --undo leaves what was changed since, and says so in Korean too', async () => {
    const made = await bench();
    await made.run(['venue', 'import', made.file('a.csv', list)]);
    await made.run(['venue', 'add', '02-212-3457', '--name', '고친 가게']);
    const stdin = Object.assign(new PassThrough(), { isTTY: true });
    const onStderr = (shown: string) => {
      if (shown.includes("'되돌리기' 입력")) setImmediate(() => stdin.write('되돌리기\n'));
    };
    const { stdout } = await made.run(['venue', 'import', '--undo', '--lang', 'ko'], { stdin, onStderr });
    expect(stdout).toContain('되돌린 장소: 1곳. 그 뒤에 바뀌어 그대로 둔 장소: 1곳');
    expect(await made.names()).toEqual(['022123456 가게', '022123457 고친 가게', ...all.slice(1)]);
  });

  it.each([
    [['import'], 'venue.import-what'],
    [['import', 'a.csv', '--undo'], 'venue.import-what'],
    [['remove'], 'venue.remove-what'],
    [['remove', '031-324-2114', '--file', 'a.csv'], 'venue.remove-what'],
    [['issue'], 'venue.issue-what'],
    [['silent', '--for', '60d'], 'venue.silent-for'],
    [['silent', '--for', 'week'], 'venue.silent-for'],
  ])('venue %j says what is missing or wrong', async (args, id) => {
    const { code, stderr } = await commandBench().run(['venue', ...args]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`[${id}]`)]);
  });
});

describe('venue remove of many', () => {
  it('venue remove --file removes the places of a list, says which lines name none, and is undone', async () => {
    const made = await bench();
    const plain = made.file('gone.txt', '031-324-2114\n02)212-3456\n02-212-9999\n없음\n');
    const dry = await made.run(['venue', 'remove', '--file', plain, '--dry-run']);
    expect(dry.stderr).toContain(
      'left out: 1 number under which no place is registered, 1 line without a number',
    );
    expect(dry.stdout).toContain('2 places, 1 visit in all');
    expect((await made.run(['venue', 'remove', '--file', plain])).code).toBe(3);
    expect((await made.run(['venue', 'remove', '--file', plain, '--yes'])).code).toBe(0);
    expect(await made.names()).toEqual(['100007 공원']);
    await made.run(['venue', 'import', '--undo', '--yes']);
    expect(await made.names()).toEqual(all);
  });

  it('venue remove takes several numbers, and none of them if one is not registered', async () => {
    const made = await bench();
    const wrong = await made.run(['venue', 'remove', '02-212-3456', '02-212-9999', '--yes']);
    expect([wrong.code, await made.names()]).toEqual([4, all]);
    expect((await made.run(['venue', 'remove', '02-212-3456', '031-324-2114', '--yes'])).code).toBe(0);
    expect(await made.names()).toEqual(['100007 공원']);
  });
});

describe('venue issue --missing', () => {
  it('venue issue --missing gives a code to each place without a phone, once, and lists all codes', async () => {
    const made = await bench();
    const path = made.file(
      'a.csv',
      '상호,전화,주소,영업상태명\n경로당,,처인구 1,영업\n경로당,,처인구 2,영업\n닫음,,처인구 3,폐업\n시청,031-324-2114,,영업\n공원,,,영업\n,-,,영업\n',
    );
    const dry = await made.run(['venue', 'issue', '--missing', path, '--dry-run']);
    expect(dry.stderr).toContain('places without a number: 2 new codes, 1 with a code already');
    expect(dry.stderr).toContain('1 line with neither a number nor a name');
    expect(await made.names()).toHaveLength(3);
    const first = await made.run(['venue', 'issue', '--missing', path]);
    expect(first.stdout.split('\r\n').slice(0, -1)).toEqual([
      '\uFEFFnumber,name,address',
      expect.stringMatching(/^\d{6},경로당,처인구 1$/),
      expect.stringMatching(/^\d{6},경로당,처인구 2$/),
      '100007,공원,',
    ]);
    const again = await made.run(['venue', 'issue', '--missing', path]);
    expect([again.stdout, (await made.names()).length]).toEqual([first.stdout, 5]);
    const none = made.file('b.csv', '상호,전화\n시청,031-324-2114\n');
    const refused = await made.run(['venue', 'issue', '--missing', none]);
    expect([refused.code, refused.stderr]).toEqual([4, expect.stringContaining('[venue.none-missing]')]);
  });
});

describe('venue issue --missing --posters', () => {
  const config =
    '\n[[line]]\nport = "tcp://127.0.0.1:5000"\nnumber = "031 324 2900"\n[poster]\ncontact = "시청 안내"\nissuer = "용인시"\n';

  it('venue issue --posters prints the posters of the codes, and a second run gives the same codes', async () => {
    const made = await bench();
    appendFileSync(made.config, config);
    const list = made.file('a.csv', '상호,전화,주소\n경로당,,처인구 1\n회관,,처인구 2\n');
    const [codes, pdf] = [join(made.folder, 'codes.csv'), join(made.folder, 'codes.pdf')];
    const args = ['venue', 'issue', '--missing', list, '--output', codes, '--posters', pdf];
    const ran = await made.run(args);
    expect([ran.code, ran.stdout]).toEqual([0, `${pdf}\n`]);
    expect(readFileSync(codes, 'utf8')).toMatch(/\d{6},경로당,처인구 1\r\n\d{6},회관,처인구 2/);
    expect(readFileSync(pdf, 'latin1').match(/\/Type \/Page\n/g)).toHaveLength(2);
    const before = [readFileSync(codes, 'utf8'), await made.names()];
    expect((await made.run([...args, '--force'])).stderr).toContain('0 new codes, 2 with a code already');
    expect([readFileSync(codes, 'utf8'), await made.names()]).toEqual(before);
  });

  it.each<[what: string, error: string, output: string, posters: string]>([
    ['the list', 'export.exists', 'there.csv', 'codes.pdf'],
    ['the posters', 'poster.exists', 'codes.csv', 'there.pdf'],
    ['the posters, in no folder,', 'poster.unwritable', 'codes.csv', 'nowhere/codes.pdf'],
  ])('venue issue gives no code if the name of %s is refused', async (_, error, output, posters) => {
    const made = await bench();
    appendFileSync(made.config, config);
    const before = await made.names();
    const list = made.file('a.csv', '상호,전화,주소\n경로당,,처인구 1\n');
    const there = ['there.csv', 'there.pdf'].map((name) => join(made.folder, name));
    for (const name of there) writeFileSync(name, 'mine');
    const [codes, pdf] = [output, posters].map((name) => join(made.folder, name));
    const ran = await made.run([
      'venue',
      'issue',
      '--missing',
      list,
      '--output',
      codes ?? '',
      '--posters',
      pdf ?? '',
    ]);
    expect(ran.stderr).toContain(`[${error}]`);
    expect(await made.names()).toEqual(before);
    expect(readdirSync(made.folder).filter((name) => /codes|tmp|draft/.test(name))).toEqual([]);
    for (const name of there) expect(readFileSync(name, 'utf8')).toBe('mine');
  });

  it('venue issue gives no code if the posters have no contact', async () => {
    const made = await bench();
    const before = await made.names();
    const list = made.file('a.csv', '상호,전화\n경로당,\n');
    const ran = await made.run([
      'venue',
      'issue',
      '--missing',
      list,
      '--posters',
      join(made.folder, 'a.pdf'),
    ]);
    expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining('[poster.no-contact]')]);
    expect(await made.names()).toEqual(before);
  });
});

describe('venue silent', () => {
  it('venue silent lists the registered places without a visit', async () => {
    const made = await bench();
    const { stdout, stderr } = await made.run(['venue', 'silent', '--json']);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).name),
    ).toEqual(['가게', '공원']);
    expect(stderr).toMatch(/no visit since .*: 2 of 3 places/);
    const csv = await made.run(['venue', 'silent', '--for', '7d', '--format', 'csv']);
    expect(await made.run(['venue', 'silent', '--for', '7일', '--format', 'csv'])).toEqual(csv);
    expect(csv.stdout).toContain('02-212-3456,가게,');
  });

  it('venue silent does not call places silent if nobody was anywhere', async () => {
    const { code, stderr } = await (await bench()).run(['venue', 'silent', '--for', '1h', '--lang', 'ko']);
    expect([code, stderr]).toEqual([4, expect.stringContaining('[venue.no-visits]')]);
  });
});
