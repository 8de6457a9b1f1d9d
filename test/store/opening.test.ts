import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dayMs } from '../../src/base/amounts.ts';
import { collect } from '../../src/base/batches.ts';
import { databasePath, openDatabase } from '../../src/store/database/database.ts';
import { Keyring } from '../../src/store/keyring/keyring.ts';
import { always, nowMs, type TempRegister, tempRegister, text, visit } from './temp-register.ts';

const failing = (code: string) => expect.objectContaining({ code });
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

function filled(): TempRegister {
  const temp = tempRegister();
  const register = temp.open();
  register.transact((unit) => unit.addVisit(visit()));
  register.close();
  return temp;
}

describe('a folder that is known to have a register', () => {
  it.each(['gateway', 'tool'] as const)('nothing is begun in it by a %s if it has none', (role) => {
    const temp = tempRegister();
    expect(() => temp.open({ role, expectExisting: true })).toThrow(failing('register.expected'));
    expect(readdirSync(temp.dataDir)).toEqual([]);
  });

  it('a register in it is opened as ever, and knows when it was begun', async () => {
    const temp = tempRegister();
    const first = temp.open({ role: 'tool' });
    expect(first.isNew).toBe(true);
    await first.close();
    temp.clock.advance(dayMs);
    const next = temp.open({ expectExisting: true });
    expect([next.isNew, (await next.health()).begunMs]).toEqual([false, nowMs]);
  });
});

describe('a new register', () => {
  it('a new register is for its owner alone, down to the write-ahead log', () => {
    const temp = tempRegister();
    const dataDir = join(temp.dataDir, 'deep', 'down');
    const register = temp.open({ dataDir, keyFile: join(dataDir, 'keyring') });
    register.transact((unit) => unit.addVisit(visit()));
    expect(modeOf(dataDir)).toBe('700');
    const modes = Object.fromEntries(readdirSync(dataDir).map((name) => [name, modeOf(join(dataDir, name))]));
    expect(modes).toEqual({
      'gateway.lock': '600',
      keyring: '600',
      'register.sqlite': '600',
      'register.sqlite-shm': '600',
      'register.sqlite-wal': '600',
    });
  });

  it('a new register is a write-ahead logged SQLite database that names its program and can give back pages', () => {
    const temp = filled();
    const db = new Database(databasePath(temp.dataDir), { readonly: true });
    const pragma = (name: string) => db.pragma(name, { simple: true });
    expect([pragma('journal_mode'), pragma('auto_vacuum'), pragma('application_id')]).toEqual([
      'wal',
      2,
      Buffer.from('VLOG').readInt32BE(),
    ]);
    expect(pragma('integrity_check')).toBe('ok');
    db.close();
  });

  it('a new register holds no more than two megabytes of its database in memory for whoever writes', () => {
    const temp = filled();
    const db = openDatabase(temp.dataDir, false);
    expect(db.pragma('cache_size', { simple: true })).toBe(-2_000);
    db.close();
  });

  it('G4: a new register is worked on with what the promises rest on: full syncs, zeroed remains, nothing in temporary files', () => {
    const temp = filled();
    for (const readOnly of [false, true]) {
      const db = openDatabase(temp.dataDir, readOnly);
      const names = ['synchronous', 'secure_delete', 'temp_store', 'foreign_keys', 'trusted_schema'];
      expect(names.map((name) => db.pragma(name, { simple: true }))).toEqual([2, 1, 2, 1, 0]);
      db.close();
    }
  });

  it('a reader makes no register', () => {
    const temp = tempRegister();
    expect(() => temp.open({ role: 'reader' })).toThrow(failing('register.missing'));
    expect(readdirSync(temp.dataDir)).toEqual([]);
  });
});

describe('a register that is not as it was left', () => {
  it.each([0o750, 0o705, 0o755, 0o777])(
    'a register that is not as it was left is not opened in a directory of the mode %o',
    (mode) => {
      const temp = filled();
      chmodSync(temp.dataDir, mode);
      expect(() => temp.open()).toThrow(failing('register.permissions'));
    },
  );

  it.each(['gateway', 'tool', 'reader'] as const)(
    'a register that is not as it was left is not opened without its keyring by a %s, and none is made',
    (role) => {
      const temp = filled();
      rmSync(temp.keyFile);
      expect(() => temp.open({ role })).toThrow(failing('keyring.missing'));
      expect(existsSync(temp.keyFile)).toBe(false);
    },
  );

  it.each(['a text', 'a segment'])(
    'a register that is not as it was left is not opened without its keyring when %s is all it holds',
    (what) => {
      const temp = tempRegister();
      const register = temp.open();
      register.transact((unit) =>
        what === 'a text'
          ? unit.addText(text())
          : unit.addPart({
              ...visit(),
              sender: '0101',
              ref: 1,
              bits: 8,
              total: 2,
              seq: 1,
              octets: Buffer.of(1),
            }),
      );
      register.close();
      rmSync(temp.keyFile);
      expect(() => temp.open()).toThrow(failing('keyring.missing'));
    },
  );

  it('a register that is not as it was left gets a new keyring when it has no rows, and takes no text for known that the old one knew', async () => {
    const temp = tempRegister();
    temp.open().close();
    rmSync(temp.keyFile);
    const register = temp.open();
    register.transact((unit) => unit.addVisit(visit()));
    expect(await collect(register.visits(always))).toHaveLength(1);
  });

  it("a register that is not as it was left is not opened with another register's keyring", () => {
    const temp = filled();
    const other = filled();
    copyFileSync(other.keyFile, temp.keyFile);
    expect(() => temp.open()).toThrow(failing('keyring.foreign'));
    expect(() => temp.open({ role: 'reader' })).toThrow(failing('keyring.foreign'));
  });

  it.each([
    ['longer', 29 * dayMs],
    ['shorter', 7 * dayMs],
  ])(
    'a register that is not as it was left is not opened for writing when the retention became %s than its keyring is made for',
    async (_, changed) => {
      const temp = filled();
      for (const role of ['gateway', 'tool'] as const)
        expect(() => temp.open({ role, retentionMs: changed })).toThrow(failing('keyring.other-size'));
      expect(await collect(temp.open({ role: 'reader', retentionMs: changed }).visits(always))).toHaveLength(
        1,
      );
      expect(await collect(temp.open().visits(always))).toHaveLength(1);
    },
  );

  it('a register that is not as it was left keeps the keyring that it had when only the database is new', () => {
    const temp = filled();
    const before = Keyring.open(temp.keyFile, false);
    for (const name of readdirSync(temp.dataDir)) if (name !== 'keyring') rmSync(join(temp.dataDir, name));
    temp.open().close();
    const after = Keyring.open(temp.keyFile, false);
    expect([after.ringId, after.hours()]).toEqual([before.ringId, before.hours()]);
    before.close();
    after.close();
  });

  it.each([
    [
      'no database',
      'register.corrupt',
      (path: string) => writeFileSync(path, 'a shopping list, and a long one'),
    ],
    [
      "another program's database",
      'register.foreign',
      (path: string) => new Database(path).exec('CREATE TABLE a (b)').close(),
    ],
  ])('a register that is not as it was left is left alone when it is %s', (_, code, make) => {
    const temp = tempRegister();
    const path = databasePath(temp.dataDir);
    make(path);
    const { size } = statSync(path);
    expect(() => temp.open()).toThrow(failing(code));
    expect(statSync(path).size).toBe(size);
  });

  it.each(['gateway', 'reader'] as const)(
    'a register that is not as it was left is not opened by a %s when a newer visitlog made it',
    (role) => {
      const temp = filled();
      const db = new Database(databasePath(temp.dataDir));
      db.pragma('user_version = 1000');
      db.close();
      expect(() => temp.open({ role })).toThrow(failing('register.newer'));
    },
  );

  it('a register that is not as it was left is not left locked by an opening that failed', async () => {
    const temp = filled();
    chmodSync(temp.keyFile, 0o644);
    expect(() => temp.open()).toThrow(failing('keyring.permissions'));
    chmodSync(temp.keyFile, 0o600);
    expect(await collect(temp.open().visits(always))).toHaveLength(1);
  });

  it('a register that is not as it was left is not opened when its data directory is a file', () => {
    const temp = tempRegister();
    const dataDir = join(temp.dataDir, 'file');
    writeFileSync(dataDir, '');
    expect(() => temp.open({ dataDir })).toThrow(failing('register.io'));
  });
});

describe('a second gateway', () => {
  it('a second gateway is refused in the same process', () => {
    const temp = filled();
    const first = temp.open();
    expect(() => temp.open()).toThrow(failing('register.in-use'));
    first.close();
    expect(temp.open().role).toBe('gateway');
  });

  it('a second gateway is refused while another process is the gateway, and let in as soon as that one was killed', async () => {
    const temp = filled();
    const holder = `
      import Database from 'better-sqlite3';
      const lock = new Database(process.argv[1]).exec('BEGIN EXCLUSIVE');
      console.log('held');
      setInterval(() => lock.open, 1000);`;
    const lock = join(temp.dataDir, 'gateway.lock');
    const child = spawn(process.execPath, ['--input-type=module', '-e', holder, lock], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    expect(() => temp.open()).toThrow(failing('register.in-use'));
    expect(await collect(temp.open({ role: 'reader' }).visits(always))).toHaveLength(1);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(temp.open().role).toBe('gateway');
  });

  it('a second gateway with a directory of its own is welcome', () => {
    const temp = filled();
    temp.open();
    const dataDir = join(temp.dataDir, 'other');
    mkdirSync(dataDir, { mode: 0o700 });
    expect(temp.open({ dataDir, keyFile: join(dataDir, 'keyring') }).role).toBe('gateway');
  });
});
