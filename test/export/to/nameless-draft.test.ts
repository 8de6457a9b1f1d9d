import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openFile } from '../../../src/export/to/destination.ts';
import { builtModules } from '../../support/built-modules.ts';
import { startCommand } from '../../support/program.ts';
import { scratchParent } from '../../support/workspace.ts';

function folder(): string {
  const path = mkdtempSync(join(scratchParent, 'visitlog-nameless-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const number = Buffer.from('010-5550-0123\n'.repeat(50_000));

it('an export that is killed leaves no file with numbers, neither under its name nor under another', async () => {
  const at = folder();
  const built = await builtModules('export/to/destination');
  const script = `
    const { openFile } = await import(${JSON.stringify(built.address('export/to/destination'))});
    const file = await openFile(${JSON.stringify(join(at, 'visits.csv'))}, { force: false, of: 'export' });
    await file.write(Buffer.from('010-5550-0123\\n'.repeat(50_000)));
    console.log('written');
    setInterval(() => {}, 1_000);`;
  const child = startCommand(process.execPath, ['--input-type=module', '-e', script]);
  await child.line((line) => line === 'written');
  await child.kill('SIGKILL');
  expect(readdirSync(at)).toEqual([]);
});

it.each([false, true])('an export appears whole under its name alone (force: %s)', async (force) => {
  const at = folder();
  const path = join(at, 'visits.csv');
  if (force) writeFileSync(path, 'before');
  const file = await openFile(path, { force, of: 'export' });
  await file.write(number);
  expect(readdirSync(at)).toEqual(force ? ['visits.csv'] : []);
  await file.finish();
  expect(readdirSync(at)).toEqual(['visits.csv']);
  expect(readFileSync(path).equals(number)).toBe(true);
  expect([statSync(path).mode & 0o777, statSync(path).nlink]).toEqual([0o600, 1]);
});
