import { chmodSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { databasePath } from '../../../src/store/database/database.ts';
import { migrations } from '../../../src/store/database/migrations.ts';
import { downgrade } from '../../store/downgrade.ts';
import { putOldRegister } from '../../store/old-form/old-register.ts';
import { type CommandBench, commandBench } from '../command-bench.ts';

/** A register that an older visitlog used last, with a visit and a place. */
function olderBench(): CommandBench {
  const made = commandBench();
  putOldRegister(made.temp);
  downgrade(databasePath(made.temp.dataDir));
  return made;
}

const window = ['--from', '-1d', '--to', '-0h'];
const visitor = ['--visitor', '010-5550-0123'];
const reason = ['--reason', 'contact tracing'];

function versionOf({ temp }: CommandBench): unknown {
  const db = new Database(databasePath(temp.dataDir), { readonly: true });
  try {
    return db.pragma('user_version', { simple: true });
  } finally {
    db.close();
  }
}

describe('a register of an older visitlog', () => {
  it.each([
    [0, ['export', ...window, '--reason', 'drill']],
    [0, ['trace', ...visitor, ...window, ...reason]],
    [0, ['counts', ...window]],
    [0, ['venue', 'list']],
    [0, ['venue', 'show', '031-324-2114']],
    [0, ['venue', 'remove', '031-324-2114', '--dry-run']],
    [0, ['venue', 'add', '031-324-2115', '--name', 'market']],
    [4, ['unresolved', 'list', '--reason', 'drill']],
    [0, ['erase', ...visitor, ...reason, '--dry-run']],
    [0, ['sweep', '--dry-run']],
    [4, ['audit', 'list']],
    // It has visits, and its log has no row.
    [1, ['audit', 'verify']],
    [0, ['audit', 'report', '--month', '2026-11']],
    [4, ['audit', 'destruction']],
  ])(
    'an older register is brought up to date by the first command of an officer (exit %d of %j)',
    async (exit, args) => {
      const made = olderBench();
      const { code, stderr } = await made.run(args);
      expect([code, stderr]).toEqual([exit, expect.not.stringContaining('[register.')]);
      expect(versionOf(made)).toBe(migrations.length);
    },
  );

  it.each(['status', 'check'])(
    'an older register is left as it is by %s, which only reads',
    async (command) => {
      const made = olderBench();
      await made.run([command]);
      expect(versionOf(made)).toBeLessThan(migrations.length);
    },
  );

  it('an older register is not brought up to date while another process writes to it, and the command says so', async () => {
    const made = olderBench();
    const other = new Database(databasePath(made.temp.dataDir));
    other.exec('BEGIN EXCLUSIVE; DELETE FROM seen');
    try {
      const { code, stderr } = await made.run(['venue', 'list']);
      expect([code, stderr]).toEqual([1, expect.stringContaining('[register.busy]')]);
    } finally {
      other.close();
    }
  });

  it.skipIf(process.getuid?.() === 0)(
    'an older register stays as it is if this user may only read it',
    async () => {
      const made = olderBench();
      chmodSync(databasePath(made.temp.dataDir), 0o400);
      for (const args of [
        ['venue', 'list'],
        ['audit', 'list'],
      ]) {
        const { code, stderr } = await made.run(args);
        expect([code, stderr]).toEqual([1, expect.stringContaining('[register.older]')]);
      }
    },
  );
});
