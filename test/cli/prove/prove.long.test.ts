import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Proof } from '../../../src/cli/prove/proof.ts';
import { scratchParent } from '../../support/workspace.ts';
import { commandBench } from '../command-bench.ts';

function place(): string {
  const folder = mkdtempSync(join(scratchParent, 'visitlog-proof-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe('prove', () => {
  it('prove finds everything before the sweep and nothing after it, and says what it cannot show', async () => {
    const folder = place();
    const { code, stdout, stderr } = await commandBench().run(['prove', '--in', folder]);
    expect([code, stderr], stdout).toEqual([0, '']);
    expect(stdout).not.toContain('FAIL');
    expect(stdout).toContain('Before the sweep');
    expect(stdout).toContain('Within the four weeks');
    expect(stdout).toContain('After the sweep');
    expect(stdout).toContain('What this cannot show');
    expect(stdout).toContain('Nothing that had expired could be read');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('prove --json says the same for the national cipher, and --keep leaves the folder', async () => {
    const folder = place();
    const args = ['prove', '--json', '--keep', '--algorithm', 'aria-256-gcm', '--in', folder];
    const { code, stdout } = await commandBench().run(args);
    const proof = JSON.parse(stdout) as Proof & { readonly folder: string };
    expect([code, proof.ok]).toEqual([0, true]);
    expect(proof.steps.map(({ when, wanted, ok }) => `${when} ${wanted} ${ok}`)).toEqual([
      'before all true',
      'before none true',
      'before all true',
      'before all true',
      'before all true',
      'before all true',
      ...Array.from({ length: 3 }, () => 'within none true'),
      ...Array.from({ length: 4 }, () => 'within chance true'),
      ...Array.from({ length: 2 }, () => 'within none true'),
      ...Array.from({ length: 6 }, () => 'after none true'),
      'after all true',
    ]);
    expect(proof.steps.every(({ of }) => of > 5)).toBe(true);
    expect(proof.copies).toHaveLength(4);
    expect(proof.limits.length).toBeGreaterThan(3);
    expect(existsSync(join(proof.folder, 'data', 'keyring'))).toBe(true);
  });

  it('prove refuses a folder that does not exist', async () => {
    const { code, stderr } = await commandBench().run(['prove', '--in', join(place(), 'none')]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('[prove.unwritable]')]);
  });

  it('prove stops if it is told to, and leaves nothing', async () => {
    const folder = place();
    const { code, stderr } = await commandBench().run(['prove', '--in', folder], {
      signal: AbortSignal.abort(),
    });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/\[(prove|backup)\.stopped\]/)]);
    expect(readdirSync(folder)).toEqual([]);
  });
});
