import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { visit } from '../../store/temp-register.ts';
import { type CommandBench, commandBench } from '../command-bench.ts';

const window = ['--from', '-1d', '--to', '-0h'];
const trace = ['trace', '--visitor', '010-5550-0123', ...window, '--reason', 'contact tracing'];

/** Every option that names a file or a folder to be written, by its command. */
const named: readonly (readonly [option: string, args: readonly string[]])[] = [
  ['--output <file>', ['export', ...window, '--reason', 'drill']],
  ['--output <file>', trace],
  ['--output <file>', ['counts', ...window]],
  ['--output <file>', ['audit', 'destruction']],
  ['--output <folder>', ['venue', 'poster', '--all']],
  ['--single <file>', ['venue', 'poster', '--all']],
  ['--rejects <file>', ['venue', 'import', 'venues.csv']],
  ['--in <folder>', ['prove']],
  ['--data <folder>', ['demo']],
];

describe('a file without a name', () => {
  it.each(named)('an empty file name in %s of %j is a wrong command line', async (option, args) => {
    const { run } = commandBench();
    const flag = option.split(' ')[0] ?? '';
    for (const nothing of ['', ' ']) {
      const { code, stdout, stderr } = await run([...args, flag, nothing]);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain(
        `[usage.invalid-argument] '${nothing}' is not a value for '${option}'. Give the name of a file or folder.\n`,
      );
    }
    const korean = await run(['--lang', 'ko', ...args, flag, '']);
    expect(korean.stderr).toContain(
      `'${option}' 옵션에 '' 값은 쓸 수 없습니다. 파일이나 폴더의 이름을 지정하십시오.`,
    );
  });

  it('a backup needs a file name too', async () => {
    const { code, stderr } = await commandBench().run(['backup', '']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('[usage.invalid-argument]')]);
  });
});

/** With a visit, a place, and a list whose one line is doubtful. */
function bench(): CommandBench {
  const made = commandBench();
  const register = made.temp.open();
  void register.putVenues([{ number: '0313242114', name: '용인시청', address: null, issued: false }]);
  register.transact((unit) => unit.addVisit(visit({ atMs: made.temp.clock.wallMs() - 60_000 })));
  register.close();
  writeFileSync(join(made.folder, 'venues.csv'), 'name,number\nhall,none\n');
  writeFileSync(
    made.config,
    '[[line]]\nname = "line1"\nport = "tcp://127.0.0.1:1"\nnumber = "031-324-2900"\n',
    {
      flag: 'a',
    },
  );
  return made;
}

describe('a file in the data directory', () => {
  const poster = ['venue', 'poster', '--all', '--contact', 'City Hall'];
  it.each([
    ['--output', ['export', ...window, '--reason', 'drill']],
    ['--output', trace],
    ['--output', [...trace, '--summary']],
    ['--output', ['counts', ...window]],
    ['--output', ['audit', 'destruction']],
    ['--output', poster],
    ['--single', poster],
    ['--rejects', ['venue', 'import']],
  ])('a file in the data directory is refused to %s of %j, and nothing is written', async (option, args) => {
    const { run, temp, folder } = bench();
    const list = args[1] === 'import' ? [join(folder, 'venues.csv')] : [];
    mkdirSync(join(temp.dataDir, 'backups'));
    symlinkSync(temp.dataDir, join(folder, 'link'));
    symlinkSync(join(temp.dataDir, 'backups'), join(folder, 'deep'));
    for (const file of [
      join(temp.dataDir, 'out'),
      join(temp.dataDir, 'backups', 'out'),
      join(temp.dataDir, 'yet', 'to', 'be', 'made'),
      join(folder, 'link', 'out'),
      join(folder, 'deep', 'out'),
      join(folder, '..', temp.dataDir.split('/').at(-1) ?? '', 'out'),
    ]) {
      const { code, stdout, stderr } = await run([...args, ...list, option, file]);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain(
        `visitlog: error [export.in-data-dir] ${file}: lies in the data directory ${temp.dataDir}. Name a place`,
      );
      expect(existsSync(file)).toBe(false);
    }
    const file = join(temp.dataDir, 'out');
    const korean = await run(['--lang', 'ko', ...args, ...list, option, file]);
    expect(korean.stderr).toContain(
      `오류 [export.in-data-dir] 데이터 폴더 '${temp.dataDir}' 안의 '${file}' 위치에는 쓸 수 없습니다.`,
    );
    expect(readdirSync(temp.dataDir).filter((name) => /^audit|yet|part$/.test(name))).toEqual([]);
  });

  it('a folder whose name begins like the data directory is allowed', async () => {
    const { run, temp, folder } = bench();
    const beside = join(folder, temp.dataDir.split('/').at(-1) ?? '');
    mkdirSync(beside);
    expect(
      (await run(['export', ...window, '--reason', 'drill', '--output', join(beside, '..out')])).code,
    ).toBe(0);
  });
});

describe('an encoding for what has only one', () => {
  const cp949 = ['--encoding', 'cp949'];
  it.each([
    [
      ['export', ...window, '--reason', 'drill', '--format', 'xlsx'],
      'export.encoding',
      '--encoding은 csv에만 쓸 수 있습니다',
    ],
    [['export', ...window, '--reason', 'drill', '--format', 'jsonl'], 'export.encoding', '(--format jsonl)'],
    [[...trace, '--format', 'xlsx'], 'export.encoding', '(--format xlsx)'],
    [[...trace, '--format', 'jsonl'], 'export.encoding', '--encoding을 빼거나 --format csv를 지정하십시오.'],
    [[...trace, '--summary'], 'trace.encoding', '요약은 언제나 UTF-8로 만듭니다. --encoding을 빼십시오.'],
    [[...trace, '--summary', '--format', 'jsonl'], 'trace.encoding', '요약은 언제나'],
  ])('an encoding is refused by %j, which has only one', async (args, id, told) => {
    const { run } = bench();
    const { code, stdout, stderr } = await run([...args, ...cp949]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`visitlog: error [${id}] `);
    expect((await run(['--lang', 'ko', ...args, ...cp949])).stderr).toContain(told);
  });

  it('an encoding is taken for csv, and UTF-8 for every format', async () => {
    const { run } = bench();
    expect((await run(['export', ...window, '--reason', 'drill', ...cp949])).code).toBe(0);
    expect(
      (await run(['export', ...window, '--reason', 'drill', '--encoding', 'utf-8', '--format', 'jsonl']))
        .code,
    ).toBe(0);
  });
});
