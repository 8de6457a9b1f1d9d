import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../../src/base/amounts.ts';
import { collect } from '../../../src/base/batches.ts';
import { nowMs, retentionMs, visit } from '../../store/temp-register.ts';
import { type CommandBench, commandBench, type Ran } from '../command-bench.ts';

const why = ['--reason', 'disk replaced'];
const earlier = '01055500001';
const later = '01055500002';

interface Bench extends CommandBench {
  readonly backup: string;
  restore(file?: string, signal?: AbortSignal): Promise<Ran>;
  visitors(): Promise<string[]>;
  /** Folders of registers that were set aside. */
  aside(): string[];
}

/** A register with a visit before its backup and one after it; no gateway runs. */
async function bench(): Promise<Bench> {
  const made = commandBench();
  const { temp, run, folder } = made;
  const backup = join(folder, 'backup.sqlite');
  await record(made, earlier);
  expect((await run(['backup', backup])).code).toBe(0);
  await record(made, later);
  return {
    ...made,
    backup,
    restore: (file = backup, signal) => run(['restore', file, ...why], signal ? { signal } : {}),
    async visitors() {
      const register = temp.open({ role: 'reader' });
      const rows = await collect(register.visits({ fromMs: 0, toMs: nowMs + dayMs }));
      await register.close();
      return rows.map(({ visitor }) => visitor).sort();
    },
    aside: () => readdirSync(temp.dataDir).filter((name) => name.startsWith('replaced-')),
  };
}

async function record({ temp }: CommandBench, visitor: string): Promise<void> {
  const gateway = temp.open();
  gateway.transact((unit) => unit.addVisit(visit({ visitor })));
  await gateway.close();
}

describe('restore', () => {
  it('restore puts the backup in the place of the register, keeps that aside, and records the act', async () => {
    const { restore, visitors, aside, temp, run } = await bench();
    expect(await visitors()).toEqual([earlier, later]);
    const { code, stdout, stderr } = await restore();
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('it holds 1 visit and 0 other texts');
    expect(stdout).toContain('check: no finding');
    expect(await visitors()).toEqual([earlier]);
    const [kept = ''] = aside();
    expect(stdout).toContain(kept);
    const old = new Database(join(temp.dataDir, kept, 'register.sqlite'), { readonly: true });
    expect(old.pragma('quick_check', { simple: true })).toBe('ok');
    expect(old.prepare('SELECT count(*) FROM sealed_visits').pluck().get()).toBe(2);
    old.close();
    expect(statSync(join(temp.dataDir, 'register.sqlite')).mode & 0o777).toBe(0o600);
    expect(existsSync(join(temp.dataDir, 'restoring'))).toBe(false);
    const acts = (await run(['audit', 'list', '--json'])).stdout.trim().split('\n');
    expect(JSON.parse(acts.at(-1) ?? '')).toMatchObject({
      command: 'restore',
      reason: 'disk replaced',
      rows: 1,
    });
  });

  it('restore destroys what has expired since the backup', async () => {
    const { restore, visitors, temp } = await bench();
    await temp.clock.advance(retentionMs + 2 * hourMs);
    const { code, stdout } = await restore();
    expect([code, await visitors()]).toEqual([0, []]);
    expect(stdout).toContain('destroyed what has expired since the backup: 1 row of 1 hour');
  });

  it('restore refuses while a gateway runs, and while a command has the register open', async () => {
    const { restore, visitors, aside, temp } = await bench();
    const gateway = temp.open();
    expect(await restore()).toMatchObject({ code: 1, stderr: expect.stringContaining('[register.in-use]') });
    await gateway.close();
    const reader = new Database(join(temp.dataDir, 'register.sqlite'), { readonly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM sealed_visits').get();
    expect(await restore()).toMatchObject({ code: 1, stderr: expect.stringContaining('[register.busy]') });
    reader.close();
    expect([await visitors(), aside()]).toEqual([[earlier, later], []]);
  });

  it('restore changes nothing for a file that is no backup, a damaged one, and one of another register', async () => {
    const { restore, visitors, aside, backup, folder, temp } = await bench();
    const foreign = await bench();
    const damaged = join(folder, 'damaged.sqlite');
    const octets = readFileSync(backup);
    writeFileSync(damaged, octets.fill(0xff, 4_096, 12_288));
    const text = join(folder, 'list.csv');
    writeFileSync(text, 'number,name\n'.repeat(100));
    const live = join(temp.dataDir, 'register.sqlite');
    for (const [file, code] of [
      [join(folder, 'nowhere.sqlite'), 'restore.unreadable'],
      [folder, 'restore.not-a-backup'],
      [text, 'restore.not-a-backup'],
      [live, 'restore.not-a-backup'],
      [damaged, 'restore.damaged'],
      [foreign.backup, 'keyring.foreign'],
    ] as const)
      expect((await restore(file)).stderr, file).toContain(`[${code}]`);
    expect((await restore(backup, AbortSignal.abort())).stderr).toContain('[restore.stopped]');
    // Nor does a copy of what was refused stay.
    expect(existsSync(join(temp.dataDir, 'restoring'))).toBe(false);
    expect([await visitors(), aside()]).toEqual([[earlier, later], []]);
  });

  it('restore replaces a register that is damaged or gone', async () => {
    const { restore, visitors, aside, temp } = await bench();
    const path = join(temp.dataDir, 'register.sqlite');
    writeFileSync(path, 'rubbish'.repeat(5_000));
    appendFileSync(`${path}-wal`, 'rubbish');
    expect((await restore()).code).toBe(0);
    const [kept = ''] = aside();
    expect(readdirSync(join(temp.dataDir, kept)).sort()).toEqual(['register.sqlite', 'register.sqlite-wal']);
    renameSync(path, join(temp.dataDir, 'lost'));
    expect((await restore()).code).toBe(0);
    expect(await visitors()).toEqual([earlier]);
  });

  it('a restore that was cut off lets no gateway begin a new register, and is done again', async () => {
    const { restore, visitors, temp } = await bench();
    expect((await restore()).code).toBe(0);
    // Cut off between the two renames.
    mkdirSync(join(temp.dataDir, 'restoring'), { mode: 0o700 });
    renameSync(join(temp.dataDir, 'register.sqlite'), join(temp.dataDir, 'restoring', 'register.sqlite'));
    const stopped = await restore(undefined, AbortSignal.abort());
    expect(stopped.stderr).toContain('[restore.stopped]');
    expect(() => temp.open()).toThrow(expect.objectContaining({ code: 'restore.unfinished' }));
    expect((await restore()).code).toBe(0);
    expect(await visitors()).toEqual([earlier]);
  });
});
