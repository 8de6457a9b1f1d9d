import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CommandBench, commandBench } from '../command-bench.ts';

const line = '\n[[line]]\nport = "tcp://127.0.0.1:5000"\nnumber = "031 324 2900"\n';
const contact = ['--contact', '안전총괄과 031-324-2900', '--issuer', '용인시'];

interface PosterBench extends CommandBench {
  readonly folder: string;
  poster(...args: string[]): ReturnType<CommandBench['run']>;
}

/** With a receiving number, a place with a name, a number that two places share, and one with a code. */
function bench(config = line): PosterBench {
  const made = commandBench();
  appendFileSync(made.config, config);
  const register = made.temp.open();
  const none = { address: null, issued: false, branches: [] };
  void register.putVenues([{ ...none, number: '0313242114', name: '용인시청' }]);
  void register.putVenues([
    {
      ...none,
      number: '15771122',
      name: '가게 처인점',
      branches: [{ name: '가게 수지점', address: null }],
    },
  ]);
  void register.putVenues([{ ...none, number: '284713', name: null, issued: true }]);
  register.close();
  const folder = join(made.folder, 'posters');
  return { ...made, folder, poster: (...args) => made.run(['venue', 'poster', ...args]) };
}

const isPdf = (file: string) => readFileSync(file, 'latin1').startsWith('%PDF-1.7\n');

describe('venue poster', () => {
  it('venue poster makes a file for each place, in a folder that it makes, and names them', async () => {
    const { poster, folder } = bench();
    const ran = await poster('--all', '--output', folder, ...contact);
    expect(ran).toMatchObject({ code: 0, stderr: 'visitlog: 4 posters\n' });
    const files = [
      '031-324-2114-용인시청.pdf',
      '1577-1122-가게-수지점.pdf',
      '1577-1122-가게-처인점.pdf',
      '284713.pdf',
    ];
    expect(readdirSync(folder).toSorted()).toEqual(files);
    expect(ran.stdout.trim().split('\n').toSorted()).toEqual(files.map((file) => join(folder, file)));
    expect(files.map((file) => isPdf(join(folder, file)))).toEqual([true, true, true, true]);
  });

  it('venue poster makes files that anyone may read and print', async () => {
    const { poster, folder } = bench();
    await poster('3242114', '--output', folder, ...contact);
    expect(statSync(join(folder, '031-324-2114-용인시청.pdf')).mode & 0o777).toBe(0o644);
  });

  it('venue poster --single puts all pages into one file', async () => {
    const { poster, folder } = bench();
    const file = `${folder}.pdf`;
    const { code, stdout } = await poster('--all', '--single', file, ...contact);
    expect([code, stdout]).toEqual([0, `${file}\n`]);
    expect(readFileSync(file, 'latin1').match(/\/Type \/Page\n/g)).toHaveLength(4);
  });

  it('venue poster takes places by a search, or by a list in its order', async () => {
    const { poster, folder } = bench();
    await poster('--search', '가게 수지', '--output', folder, ...contact);
    expect(readdirSync(folder).length).toBe(2);
    const list = join(`${folder}.csv`);
    writeFileSync(list, 'number,name\n284713,\n031-324-2114,시청\n');
    const { stdout } = await poster('--file', list, '--output', `${folder}2`, ...contact);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((file) => file.split('/').at(-1)),
    ).toEqual(['284713.pdf', '031-324-2114-용인시청.pdf']);
  });

  it('venue poster says that nobody is named who asks', async () => {
    const { poster, folder } = bench();
    const { stderr } = await poster('284713', '--output', folder, '--contact', '031-324-2900');
    expect(stderr).toContain('no --issuer: the posters do not say who asks');
  });

  it('venue poster takes the contact from the configuration', async () => {
    const { poster, folder } = bench(`\n[poster]\nissuer = "용인시"\ncontact = "시청 안내"\n${line}`);
    expect((await poster('284713', '--output', folder)).code).toBe(0);
  });

  it('venue poster speaks Korean at the terminal', async () => {
    const { run, folder } = bench();
    const args = ['--lang', 'ko', 'venue', 'poster', '284713', '--output', folder];
    expect((await run([...args, ...contact])).stderr).toBe('visitlog: 안내문 1장\n');
    expect((await run(args)).stderr).toContain('[poster.no-contact] 안내문에 반드시 있어야 하는 문의처');
  });

  it('venue poster prints a name without characters that the font lacks, and says so', async () => {
    const { poster, folder, temp } = bench();
    const register = temp.open();
    void register.putVenues([{ number: '0313240000', name: '커피🎉 가게', address: null, issued: false }]);
    register.close();
    const { code, stderr } = await poster('031-324-0000', '--output', folder, ...contact);
    expect(code).toBe(0);
    expect(stderr).toContain('font lacks characters of 커피 가게: printed without them');
    expect(readdirSync(folder)).toEqual(['031-324-0000-커피-가게.pdf']);
  });

  it('venue poster replaces a file with --force only', async () => {
    const { poster, folder } = bench();
    const file = join(folder, '284713.pdf');
    mkdirSync(folder);
    writeFileSync(file, 'mine');
    const args = ['284713', '--output', folder, ...contact];
    expect(await poster(...args)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('[poster.exists]'),
    });
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect((await poster(...args, '--force')).code).toBe(0);
    expect(isPdf(file)).toBe(true);
  });

  it('venue poster leaves no file behind if it is interrupted', async () => {
    const { run, folder } = bench();
    const args = ['venue', 'poster', '--all', '--output', folder, ...contact];
    const ran = await run(args, { signal: AbortSignal.abort() });
    expect(ran).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('[poster.interrupted]'),
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('venue poster takes the number of the named line', async () => {
    const two = `${line}${line.replace('5000', '5001').replace('2900', '2901')}`;
    const { poster, folder } = bench(two);
    const args = ['284713', '--output', folder, ...contact];
    expect((await poster(...args)).stderr).toContain('Choose one with --line: line1, line2.');
    expect((await poster(...args, '--line', 'line2')).code).toBe(0);
  });

  it.each<[error: string, code: number, args: string[], config?: string]>([
    ['poster.scope', 2, ['--output', 'x', ...contact]],
    ['poster.scope', 2, ['--all', '284713', '--output', 'x', ...contact]],
    ['poster.output', 2, ['--all', ...contact]],
    ['usage.conflicting-option', 2, ['--all', '--output', 'x', '--single', 'y', ...contact]],
    ['poster.no-contact', 2, ['--all', '--output', 'x']],
    ['poster.no-contact', 2, ['--all', '--output', 'x', '--contact', ' ']],
    ['poster.contact', 2, ['--all', '--output', 'x', '--contact', '가'.repeat(81)]],
    ['poster.contact', 2, ['--all', '--output', 'x', '--contact', 'two\nlines']],
    ['poster.scope', 2, ['--all', '--search', '가게', '--output', 'x', ...contact]],
    ['poster.issuer', 2, ['--all', '--output', 'x', '--contact', 'a', '--issuer', '가'.repeat(81)]],
    ['poster.languages', 2, ['--all', '--output', 'x', '--languages', 'en,tlh', ...contact]],
    ['poster.logo', 2, ['284713', '--output', 'x', '--logo', import.meta.filename, ...contact]],
    ['venue.file-unreadable', 2, ['284713', '--output', 'x', '--logo', '/nowhere.png', ...contact]],
    ['venue.no-match', 4, ['--search', '없는 곳', '--output', 'x', ...contact]],
    ['poster.no-number', 2, ['--all', '--output', 'x', ...contact], ''],
    ['poster.no-number', 2, ['--all', '--output', 'x', '--line', 'line7', ...contact]],
    ['venue.number', 2, ['nowhere', '--output', 'x', ...contact]],
    ['venue.unknown', 4, ['031-324-9999', '--output', 'x', ...contact]],
    ['poster.unwritable', 1, ['284713', '--single', '/nowhere/x.pdf', ...contact]],
  ])('venue poster says %s with exit %i for %j', async (error, code, args, config) => {
    const ran = await bench(config).poster(...args);
    expect(ran).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(`error [${error}]`) });
    expect(existsSync('x')).toBe(false);
  });
});
