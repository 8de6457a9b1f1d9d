import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/base/errors.ts';
import { outputForm, rowEndings } from '../../../src/cli/officer/output-form.ts';
import { nowMs, visit } from '../../store/temp-register.ts';
import { commandBench } from '../command-bench.ts';

type Form = keyof typeof rowEndings;

function formOf(output: string, format?: Form, encryptTo?: string[]): string {
  try {
    return outputForm({ output, format, encryptTo }, rowEndings, 'csv');
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

describe('the form of an output', () => {
  it.each<[string, Form | undefined, string]>([
    ['-', undefined, 'csv'],
    ['-', 'jsonl', 'jsonl'],
    ['a.csv', undefined, 'csv'],
    ['명단.XLSX', undefined, 'xlsx'],
    ['a.jsonl', undefined, 'jsonl'],
    ['a.json', undefined, 'jsonl'],
    ['a.txt', undefined, 'csv'],
    ['a.txt', 'jsonl', 'jsonl'],
    ['a.txt', 'xlsx', 'export.ending'],
    ['out', undefined, 'csv'],
    ['out', 'xlsx', 'xlsx'],
    ['2026.11', 'xlsx', 'xlsx'],
    ['/a.b/out', undefined, 'csv'],
    ['.xlsx', undefined, 'csv'],
    ['a.csv', 'xlsx', 'export.ending'],
    ['a.xlsx', 'csv', 'export.ending'],
    ['a.hwp', 'csv', 'export.ending'],
    ['a.hwp', undefined, 'export.ending-unknown'],
    ['a.xls', undefined, 'export.ending-unknown'],
    ['a.csv.age', undefined, 'export.ending-encrypted'],
  ])('the form of %s with --format %s is %s', (output, format, expected) => {
    expect(formOf(output, format)).toBe(expected);
  });

  it.each<[string, Form | undefined, string]>([
    ['a.xlsx.age', undefined, 'xlsx'],
    ['a.age', undefined, 'csv'],
    ['a.age', 'jsonl', 'jsonl'],
    ['a.csv.age', 'xlsx', 'export.ending'],
    ['a.xlsx', undefined, 'export.ending-encrypted'],
    ['out', undefined, 'csv'],
  ])('the form of the encrypted %s with --format %s is %s', (output, format, expected) => {
    expect(formOf(output, format, ['age1'])).toBe(expected);
  });
});

it.each([
  [['export', '--from', '-1d', '--reason', 'x', '--format', 'csv'], 'a.xlsx', 'export.ending'],
  [['export', '--from', '-1d', '--reason', 'x'], 'a.pdf', 'export.ending-unknown'],
  [['trace', '--visitor', '-', '--from', '-1d', '--reason', 'x'], 'a.hwp', 'export.ending-unknown'],
  [
    ['trace', '--visitor', '-', '--from', '-1d', '--reason', 'x', '--summary'],
    'a.csv',
    'export.ending-unknown',
  ],
  [['counts', '--from', '-1d'], 'c.xlsx', 'export.ending-unknown'],
  [['audit', 'destruction'], 'd.hwp', 'export.ending-unknown'],
  [['venue', 'poster', '--all', '--contact', 'x', '--single'], 'p.png', 'export.ending-unknown'],
  [
    ['venue', 'issue', '--missing', 'list.csv', '--contact', 'x', '--posters'],
    'p.hwp',
    'export.ending-unknown',
  ],
])(
  'a name that contradicts its form is refused before anything is recorded: %j %s',
  async (args, name, code) => {
    const made = commandBench();
    const register = made.temp.open();
    register.transact((unit) => unit.addVisit(visit()));
    register.close();
    const file = join(made.folder, name);
    const named = /--(?:single|posters)$/.test(args.at(-1) ?? '') ? args : [...args, '--output'];
    const ran = await made.run([...named, file], { stdin: '010-5550-0123\n' });
    expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining(`[${code}]`)]);
    expect(existsSync(file)).toBe(false);
    expect((await made.run(['audit', 'list'])).code).toBe(4);
  },
);

it('the ending of a file gives it its form', async () => {
  const made = commandBench();
  const register = made.temp.open();
  register.transact((unit) => {
    for (let index = 0; index < 7; index += 1) unit.addVisit(visit({ atMs: nowMs - index }));
  });
  register.close();
  const written = async (name: string, args: readonly string[]) => {
    const file = join(made.folder, name);
    await made.run([...args, '--from', '-1d', '--output', file]);
    return readFileSync(file).toString('latin1');
  };
  expect(await written('a.xlsx', ['export', '--reason', 'x'])).toMatch(/^PK/);
  expect(await written('a.jsonl', ['export', '--reason', 'x'])).toMatch(/^\{"visited_at"/);
  expect(await written('c.csv', ['counts'])).toMatch(/day,visits,state/);
  expect(await written('c.json', ['counts'])).toMatch(/^\{"from"/);
  expect(await written('c.txt', ['counts'])).toMatch(/^day +visits/);
});

it('a refused ending is told which there are, each once', () => {
  const made = () => outputForm({ output: 'a.hwp' }, rowEndings, 'csv');
  expect(made).toThrow(
    expect.objectContaining({ facts: expect.objectContaining({ known: '.csv, .xlsx, .jsonl, .txt' }) }),
  );
});
