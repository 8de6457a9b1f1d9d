import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openAudit } from '../../../src/store/audit/audit.ts';
import { anchorPath } from '../../../src/store/audit/audit-anchor.ts';
import { openAuditReader } from '../../../src/store/audit/audit-reader.ts';
import { lockForGateway } from '../../../src/store/database/database.ts';
import { changeKeyring } from '../../../src/store/keyring/change-keyring.ts';
import { scratchParent } from '../../support/workspace.ts';
import { type TempRegister, tempRegister, visit } from '../temp-register.ts';

const isRoot = process.getuid?.() === 0;
const account = 41_231;
const officer = 41_232;
const unsafe = (why: string) =>
  expect.objectContaining({ code: 'register.unsafe-file', facts: expect.objectContaining({ why }) });

function filled(): TempRegister {
  const temp = tempRegister();
  const register = temp.open();
  register.transact((unit) => unit.addVisit(visit()));
  register.close();
  return temp;
}

// Another account has to reach what lies in it.
if (isRoot) chmodSync(scratchParent, 0o711);

/** The register as the package makes it: of an account that is not root's. */
function ofAccount(): TempRegister {
  const temp = filled();
  for (const name of readdirSync(temp.dataDir)) chownSync(join(temp.dataDir, name), account, account);
  chownSync(temp.dataDir, account, account);
  return temp;
}

function folderOf(uid: number): string {
  const folder = mkdtempSync(join(scratchParent, 'visitlog-of-another-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  chownSync(folder, uid, uid);
  return folder;
}

/** A file that root alone may change, such as lies in /etc. */
function fileOfRoot(content: string): string {
  const folder = folderOf(0);
  chmodSync(folder, 0o755);
  const file = join(folder, 'file-of-root');
  if (content !== '') writeFileSync(file, content, { mode: 0o644 });
  return file;
}

/** Does something as another account, as somebody does who is logged in as it. */
function as(uid: number, ...command: string[]): void {
  const { status, stderr } = spawnSync(
    'setpriv',
    [`--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', '--', ...command],
    { encoding: 'utf8' },
  );
  expect(`${status} ${stderr}`).toBe('0 ');
}

const start = { command: 'export', who: { uid: 0 }, where: {}, scope: { revealed: true } } as never;

describe.runIf(isRoot)('root at a register of another account', () => {
  it('root neither makes nor gives away the file that audit.anchor is a link to', () => {
    const temp = ofAccount();
    const wanted = fileOfRoot('');
    as(account, 'ln', '-s', wanted, anchorPath(temp.dataDir));
    const audit = openAudit({ ...temp.options, role: 'tool' });
    expect(() => audit.begin(start)).toThrow();
    audit.close();
    expect(existsSync(wanted)).toBe(false);
  });

  it.each([
    ['gateway.lock', (temp: TempRegister) => lockForGateway(temp.dataDir).release()],
    ['audit.anchor', (temp: TempRegister) => openAudit({ ...temp.options, role: 'tool' }).begin(start)],
    ['keyring', (temp: TempRegister) => temp.open({ role: 'tool' })],
    ['keyring.audit', (temp: TempRegister) => openAudit({ ...temp.options, role: 'tool' }).begin(start)],
    ['register.sqlite', (temp: TempRegister) => temp.open({ role: 'tool' })],
  ])('root does not follow %s to a file of root', (name, touch) => {
    const temp = ofAccount();
    const wanted = fileOfRoot('root:*:1:0\n');
    as(
      account,
      'sh',
      '-c',
      `rm -f '${join(temp.dataDir, name)}' && ln -s '${wanted}' '${join(temp.dataDir, name)}'`,
    );
    expect(() => touch(temp)).toThrow();
    expect(readFileSync(wanted, 'utf8')).toBe('root:*:1:0\n');
    expect(statSync(wanted)).toMatchObject({ uid: 0, gid: 0, size: 11 });
  });

  it('root resizes the keyring as its owner, and leaves every file to it', () => {
    const temp = ofAccount();
    rmSync(join(temp.dataDir, 'gateway.lock'));
    changeKeyring({ ...temp.options, retentionMs: temp.options.retentionMs / 2, role: 'tool' }, 'resize');
    const audit = openAudit({ ...temp.options, role: 'tool' });
    audit.begin(start);
    audit.close();
    const owners = readdirSync(temp.dataDir).map((name) => [name, statSync(join(temp.dataDir, name)).uid]);
    expect(owners).toEqual(readdirSync(temp.dataDir).map((name) => [name, account]));
    expect(owners.length).toBeGreaterThan(4);
    expect([process.geteuid?.(), process.getegid?.()]).toEqual([0, 0]);
  });
});

/** Does `work` with the rights of an account. */
function acting<T>(uid: number, work: () => T): T {
  process.setegid?.(uid);
  process.seteuid?.(uid);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}

describe.runIf(isRoot)(
  'an officer who may have the account run a command with a configuration of their own',
  () => {
    /** The officer's folder, with `data` as a link, which the officer may turn at any time. */
    function officersWay(to: string): string {
      const way = join(folderOf(officer), 'data');
      as(officer, 'ln', '-s', to, way);
      chmodSync(dirname(way), 0o755);
      return way;
    }

    it('an officer opens neither rows nor log through a link of their own', () => {
      const temp = ofAccount();
      const way = officersWay(temp.dataDir);
      const options = { ...temp.options, dataDir: way, keyFile: join(way, 'keyring') };
      acting(account, () => {
        expect(() => temp.open({ ...options, role: 'reader' })).toThrow(unsafe('link'));
        expect(() => openAudit({ ...options, role: 'tool' })).toThrow();
        expect(() => openAuditReader(options)).toThrow(unsafe('link'));
      });
    });

    it('an officer cannot put a log beside the real rows, or an audit key beside the real keyring', () => {
      const temp = ofAccount();
      const dummy = filled();
      for (const name of readdirSync(dummy.dataDir)) chownSync(join(dummy.dataDir, name), officer, officer);
      chownSync(dummy.dataDir, officer, officer);
      const keyFile = officersWay(temp.keyFile);
      acting(account, () => {
        expect(() => temp.open({ dataDir: dummy.dataDir, role: 'reader' })).toThrow();
        expect(() => temp.open({ keyFile, role: 'reader' })).toThrow(unsafe('link'));
      });
    });

    it('a command with the real configuration runs as the account runs it', () => {
      const temp = ofAccount();
      acting(account, () => {
        const audit = openAudit({ ...temp.options, role: 'tool' });
        audit.begin(start).close({ rows: 0, outcome: 'complete' });
        temp.open({ role: 'reader', sameAs: audit.file }).close();
        audit.close();
      });
      expect(statSync(anchorPath(temp.dataDir)).uid).toBe(account);
    });
  },
);

describe('a file of the register', () => {
  const roles = ['gateway', 'tool', 'reader'] as const;

  it.each(roles)('a file of the register is not opened by a %s if it has a second name', (role) => {
    const temp = filled();
    linkSync(temp.keyFile, join(temp.dataDir, 'second'));
    expect(() => temp.open({ role })).toThrow(unsafe('names'));
  });

  it.each(roles)(
    'a file of the register is not opened by a %s through a link, even a link of the owner',
    (role) => {
      const temp = filled();
      const elsewhere = join(temp.dataDir, 'elsewhere');
      renameSync(temp.keyFile, elsewhere);
      symlinkSync(elsewhere, temp.keyFile);
      expect(() => temp.open({ role })).toThrow(unsafe('link'));
    },
  );

  it.runIf(isRoot).each(roles)(
    'a file of the register is not opened by a %s if it belongs to another account',
    (role) => {
      const temp = filled();
      chownSync(temp.keyFile, officer, officer);
      expect(() => temp.open({ role })).toThrow(unsafe('owner'));
    },
  );

  /** What opens each of them, as a command does. */
  const users: Readonly<Record<string, (temp: TempRegister) => unknown>> = {
    'register.sqlite': (temp) => openAuditReader(temp.options),
    keyring: (temp) => temp.open({ role: 'reader' }),
    'keyring.audit': (temp) => openAudit({ ...temp.options, role: 'tool' }).begin(start),
    'audit.anchor': (temp) => openAudit({ ...temp.options, role: 'tool' }).begin(start),
  };
  /** How somebody else's hand can be in a file. */
  const hands: readonly (readonly [why: string, play: (path: string) => void])[] = [
    ['owner', (path) => chownSync(path, officer, officer)],
    ['names', (path) => linkSync(path, `${path}.second`)],
    [
      'link',
      (path) => {
        renameSync(path, `${path}.aside`);
        symlinkSync(`${path}.aside`, path);
      },
    ],
    [
      'kind',
      (path) => {
        rmSync(path);
        mkdirSync(path);
      },
    ],
  ];

  /** The log says why it cannot be written by its cause. */
  const refusedBecause = (why: string) =>
    expect.toSatisfy(
      (error: Error) => unsafe(why).asymmetricMatch(error) || unsafe(why).asymmetricMatch(error.cause),
    );

  it.runIf(isRoot).each(Object.keys(users))(
    'a file of the register, %s, is not used with another owner, a second name, as a link or as a folder',
    (name) => {
      for (const [why, play] of hands) {
        const temp = filled();
        const audit = openAudit({ ...temp.options, role: 'tool' });
        audit.begin(start).close({ rows: 0, outcome: 'complete' });
        audit.close();
        play(join(temp.dataDir, name));
        expect(() => users[name]?.(temp), why).toThrow(refusedBecause(why));
      }
    },
  );

  it('a file of the register is not opened by readers of rows or log in a folder that others can enter', () => {
    const temp = filled();
    chmodSync(temp.dataDir, 0o711);
    const closed = expect.objectContaining({ code: 'register.permissions' });
    expect(() => temp.open({ role: 'reader' })).toThrow(closed);
    expect(() => openAuditReader(temp.options)).toThrow(closed);
  });

  it.runIf(isRoot)(
    'a file of the register is not reached through a folder that another account may point elsewhere',
    () => {
      const temp = filled();
      const way = join(folderOf(officer), 'way');
      as(officer, 'ln', '-s', temp.dataDir, way);
      const moved = { dataDir: way, keyFile: join(way, 'keyring') };
      expect(() => temp.open({ ...moved, role: 'reader' })).toThrow(unsafe('link'));
    },
  );

  it('a file of the register is reached through a folder that its owner has linked', () => {
    const temp = filled();
    const way = join(folderOf(process.getuid?.() ?? 0), 'way');
    symlinkSync(temp.dataDir, way);
    expect(temp.open({ dataDir: way, keyFile: join(way, 'keyring') }).role).toBe('gateway');
  });

  it('a file of the register holds the rows that the opened audit log answers for, or nothing is read', () => {
    const dummy = filled();
    const real = filled();
    const way = join(folderOf(process.getuid?.() ?? 0), 'way');
    symlinkSync(dummy.dataDir, way);
    const options = {
      ...dummy.options,
      dataDir: way,
      keyFile: join(way, 'keyring'),
      role: 'reader',
    } as const;
    const audit = openAudit(options);
    rmSync(way);
    symlinkSync(real.dataDir, way);
    expect(() => dummy.open({ ...options, sameAs: audit.file })).toThrow(unsafe('replaced'));
    audit.close();
  });
});
