import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { visit } from '../../store/temp-register.ts';
import { type CommandBench, commandBench } from '../command-bench.ts';

function bench(): CommandBench & { readonly folder: string } {
  const made = commandBench();
  const gateway = made.temp.open();
  gateway.transact((unit) => unit.addVisit(visit()));
  const folder = join(made.temp.dataDir, 'backups');
  mkdirSync(folder);
  return { ...made, folder };
}

describe('backup', () => {
  it('backup writes a database for its owner alone while the gateway runs, and is recorded', async () => {
    const { run, folder } = bench();
    const { code, stdout, stderr } = await run(['backup', join(folder, 'one.sqlite')]);
    expect([code, stdout, stderr]).toEqual([0, '', expect.stringContaining('no key is in it')]);
    expect(readdirSync(folder)).toEqual(['one.sqlite']);
    expect(statSync(join(folder, 'one.sqlite')).mode & 0o777).toBe(0o600);
    const db = new Database(join(folder, 'one.sqlite'), { readonly: true });
    expect(db.prepare('SELECT count(*) FROM sealed_visits').pluck().get()).toBe(1);
    db.close();
    const { stdout: acts } = await run(['audit', 'list', '--json']);
    expect(JSON.parse(acts)).toMatchObject({ command: 'backup', outcome: 'complete', rows: 1 });
  });

  it('backup replaces only a file, and only with --force', async () => {
    const { run, folder } = bench();
    const file = join(folder, 'one.sqlite');
    writeFileSync(file, 'mine');
    const refused = await run(['backup', file]);
    expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('[backup.exists]')]);
    expect(statSync(file).size).toBe(4);
    expect((await run(['backup', file, '--force'])).code).toBe(0);
    expect(statSync(file).size).toBeGreaterThan(4_096);
    symlinkSync(file, join(folder, 'link'));
    const link = await run(['backup', join(folder, 'link'), '--force']);
    expect([link.code, link.stderr]).toEqual([3, expect.stringContaining('[backup.not-a-file]')]);
  });

  it('backup leaves nothing behind if it is stopped or cannot be written', async () => {
    const { run, folder } = bench();
    const { code, stderr } = await run(['backup', join(folder, 'no', 'such', 'folder')]);
    expect([code, stderr]).toEqual([1, expect.stringContaining('[backup.unwritable]')]);
    const stopped = await run(['backup', join(folder, 'one.sqlite')], { signal: AbortSignal.abort() });
    expect(existsSync(join(folder, 'one.sqlite'))).toBe(stopped.code === 0);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('backup says that there is no register', async () => {
    const { run, temp } = commandBench();
    const { code, stderr } = await run(['backup', join(temp.dataDir, 'one.sqlite')]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('[register.missing]')]);
    expect(existsSync(join(temp.dataDir, 'one.sqlite'))).toBe(false);
  });
});
