import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { nowMs, visit } from '../../store/temp-register.ts';
import { type CommandBench, commandBench } from '../command-bench.ts';

const exported = ['export', '--from', '-1d', '--reason', 'x'];

function bench(): CommandBench {
  const made = commandBench();
  const register = made.temp.open();
  register.transact((unit) => unit.addVisit(visit({ atMs: nowMs - 1_000 })));
  register.close();
  return made;
}

async function askedAt(made: CommandBench, file: string, typed: readonly string[]) {
  const terminal = Object.assign(new PassThrough(), { isTTY: true });
  const left = [...typed];
  const onStderr = (shown: string) => {
    if (shown.trimEnd().endsWith(':')) setImmediate(() => terminal.write(`${left.shift() ?? ''}\n`));
  };
  return made.run([...exported, '--output', file, '--password', '-'], { stdin: terminal, onStderr });
}

describe('the password of a workbook', () => {
  it('the password is asked for twice, shown nowhere, and makes a file that is no zip', async () => {
    const made = bench();
    const file = join(made.folder, 'contacts.xlsx');
    const { code, stderr } = await askedAt(made, file, ['corr3ct horse', 'corr3ct horse']);
    expect([code, stderr]).toEqual([0, expect.stringContaining('Password of the file')]);
    expect(stderr).not.toContain('corr3ct');
    expect(stderr).toContain('encrypted');
    expect(readFileSync(file).subarray(0, 8).toString('hex')).toBe('d0cf11e0a1b11ae1');
    const [act] = (await made.run(['audit', 'list', '--json'])).stdout.trim().split('\n');
    expect(JSON.parse(act ?? '')).toMatchObject({ encrypted: true, format: 'xlsx' });
  });

  it('two passwords that differ, and a short one, are refused before anything is recorded', async () => {
    const made = bench();
    const file = join(made.folder, 'contacts.xlsx');
    const differs = await askedAt(made, file, ['corr3ct horse', 'correct horse']);
    expect([differs.code, differs.stderr]).toEqual([
      2,
      expect.stringContaining('[workbook.password-differs]'),
    ]);
    const short = await askedAt(made, file, ['horse', 'horse']);
    expect([short.code, short.stderr]).toEqual([2, expect.stringContaining('[workbook.password-length]')]);
    expect((await made.run(['audit', 'list'])).code).toBe(4);
  });

  it('a password that cannot be asked for, beside numbers from a pipe, is refused before those are read', async () => {
    const made = bench();
    const args = ['trace', '--visitor', '-', '--from', '-1d', '--reason', 'x', '--output', 'a.xlsx'];
    const { code, stderr } = await made.run([...args, '--password', '-'], { stdin: '010-5550-0123\n' });
    const line = /^visitlog: error \[workbook\.password-terminal\] .* Give --password @FILE\.\n/;
    expect([code, stderr]).toEqual([2, expect.stringMatching(line)]);
    expect((await made.run(['audit', 'list'])).code).toBe(4);
  });

  it.each([
    [['--password', 'secret horse', '--output', 'a.xlsx'], 'usage.password-as-argument'],
    [['--password', '-', '--output', 'a.xlsx'], 'workbook.password-terminal'],
    [['--password', '@/no/such/file', '--output', 'a.xlsx'], 'workbook.password-file'],
    [['--password', '-', '--output', 'a.csv'], 'workbook.password-format'],
    [['--password', '-', '--encrypt-to', 'age1', '--output', 'a.xlsx.age'], 'usage.conflicting-option'],
  ])('%j is refused with %s', async (args, code) => {
    const { code: exit, stderr } = await bench().run([...exported, ...args], { stdin: '' });
    expect([exit, stderr]).toEqual([2, expect.stringContaining(`[${code}]`)]);
    expect(stderr).not.toContain('secret');
  });

  it('a password may be the first line of a file', async () => {
    const made = bench();
    const secret = join(made.folder, 'password.txt');
    writeFileSync(secret, 'corr3ct horse\r\n');
    const file = join(made.folder, 'contacts.xlsx');
    const { code } = await made.run([...exported, '--output', file, '--password', `@${secret}`]);
    expect([code, readFileSync(file).subarray(0, 2).toString('hex')]).toEqual([0, 'd0cf']);
  });
});
