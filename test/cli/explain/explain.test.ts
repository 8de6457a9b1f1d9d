import { describe, expect, it } from 'vitest';
import { type CommandBench, commandBench } from '../command-bench.ts';

const run: CommandBench['run'] = (...given) => commandBench().run(...given);

describe('visitlog explain', () => {
  it('explain prints the page of an id in the language of the reader', async () => {
    const english = await run(['explain', 'keyring.missing']);
    expect(english.code).toBe(0);
    expect(english.stdout).toMatch(/^keyring\.missing\n\nThe file that key_file names/);
    const korean = await run(['--lang', 'ko', 'explain', '[keyring.missing]']);
    expect(korean.stdout).toMatch(/^keyring\.missing\n\n\p{sc=Hang}*key_file이/u);
  });

  it('explain names the nearest id for one without a page, and ends with 4', async () => {
    const { code, stdout, stderr } = await run(['explain', 'keyring.mising']);
    expect([code, stdout]).toEqual([4, '']);
    expect(stderr).toContain('Did you mean keyring.missing?');
    expect((await run(['--lang=ko', 'explain', 'keyring.mising'])).stderr).toContain(
      '혹시 keyring.missing입니까?',
    );
    expect((await run(['explain', '../en/keyring'])).stderr).toContain('visitlog explain');
  });

  it('explain without an id lists all pages, or prints them as JSON', async () => {
    const { stdout } = await run(['explain']);
    const lines = stdout.trim().split('\n');
    expect(lines.length).toBeGreaterThan(100);
    expect(lines.find((line) => line.startsWith('keyring.missing '))).toMatch(
      /^keyring\.missing {2,}The file .*\.$/,
    );
    const first = JSON.parse((await run(['explain', '--json'])).stdout.split('\n')[0] ?? '');
    expect(Object.keys(first)).toEqual(['id', 'text']);
  });
});
