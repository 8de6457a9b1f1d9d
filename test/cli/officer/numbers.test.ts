import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { hourMs, minuteMs } from '../../../src/base/amounts.ts';
import { nowMs, visit } from '../../store/temp-register.ts';
import { type CommandBench, commandBench } from '../command-bench.ts';

const ill = '01055500123';
const hall = '0313242114';
const stdin = '010-5550-0123\n';
const exported = ['export', '--from', '-1d', '--reason', 'invitation to a test'];
const traced = ['trace', '--visitor', '-', '--from', '-1d', '--reason', 'invitation to a test'];
const numbers = ['--format', 'numbers', '--reveal'];

function bench(): CommandBench {
  const made = commandBench();
  const register = made.temp.open();
  void register.putVenues([{ number: hall, name: '용인시청', address: null, issued: false }]);
  register.transact((unit) => {
    const add = (visitor: string, minutes: number) =>
      unit.addVisit(visit({ visitor, venue: hall, atMs: nowMs - 5 * hourMs + minutes * minuteMs }));
    add(ill, 0);
    add('01055500777', 3);
    add('01055500777', 90);
    add('+8613800000000', 4);
    add('"114"', 5);
    add('01055500888', 6);
    add('01055500777', 7);
  });
  register.close();
  return made;
}

describe('--format numbers', () => {
  it('is one telephone number a line, each once, without heading or mark, for a program that sends messages', async () => {
    const made = bench();
    const file = join(made.folder, 'numbers.txt');
    const { code, stderr } = await made.run([...exported, ...numbers, '--output', file]);
    expect([code, stderr]).toEqual([0, expect.stringContaining(`4 numbers, each once, written to ${file}`)]);
    expect(stderr).toContain('1 sender left out: a name or a short code takes no message');
    const lines = [ill, '01055500777', '+8613800000000', '01055500888'];
    expect(readFileSync(file, 'latin1')).toBe(lines.map((line) => `${line}\r\n`).join(''));
  });

  it('of a trace is the numbers of the contacts, not of the cases', async () => {
    const { stdout } = await bench().run([...traced, ...numbers], { stdin });
    expect(stdout).toBe('01055500777\r\n+8613800000000\r\n01055500888\r\n');
  });

  it('is recorded as a reveal of each visitor', async () => {
    const made = bench();
    await made.run([...traced, ...numbers], { stdin });
    const { stdout } = await made.run(['audit', 'list', '--visitor', '-', '--json'], {
      stdin: '010-5550-0777\n',
    });
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'trace',
      revealed: true,
      format: 'numbers',
      rows: 3,
    });
  });

  it.each([
    ['export.numbers-masked', ['--format', 'numbers']],
    ['export.numbers-columns', [...numbers, '--columns', 'visitor']],
    ['export.ending', [...numbers, '--output', 'numbers.xlsx']],
    ['trace.summary', [...numbers, '--summary']],
  ])('%s is said before anything is recorded', async (id, args) => {
    const made = bench();
    const { code, stderr } = await made.run([...traced, ...args], { stdin });
    expect([code, stderr]).toEqual([2, expect.stringContaining(`[${id}]`)]);
    expect((await made.run(['audit', 'list', '--json'])).code).toBe(4);
  });
});

describe('rows at a terminal', () => {
  it('are a table in the language of the reader, and csv elsewhere', async () => {
    const made = bench();
    const stdout = Object.assign(new PassThrough(), { isTTY: true });
    const there = made.run([...exported, '--lang', 'ko'], { stdout });
    await there;
    const lines = String(stdout.read()).split('\n');
    expect(lines[0]).toMatch(/^방문일시 +전화번호 +장소 번호 +장소명 +일치 여부 +문자 내용$/);
    expect(lines[1]).toMatch(/^2026-11-23 \d\d:\d\d:\d\d +010-\*{4}-\*{2}23 +031-324-2114 +용인시청 +정확$/);
    expect(lines).toHaveLength(9);
    const asTable = await made.run([...traced, '--format', 'table'], { stdin });
    expect(asTable.stdout).toMatch(/^case +contact +visited at +visitor /);
    expect((await made.run(exported)).stdout).toMatch(/^\uFEFFvisited_at,/);
  });
});
