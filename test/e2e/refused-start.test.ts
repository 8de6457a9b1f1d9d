import { chmodSync, cpSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { dayMs, hourMs } from '../../src/base/amounts.ts';
import { systemClock } from '../../src/base/clock.ts';
import { openRegister } from '../../src/store/register.ts';
import { visit } from '../store/temp-register.ts';
import { receiveNotices } from '../support/notify-receiver.ts';
import { start } from '../support/program.ts';
import { makeWorkspace, type Workspace } from '../support/workspace.ts';

/** Nothing listens on it. */
const nobody = 'tcp://127.0.0.1:1';

interface Refusal {
  readonly code: string;
  /** Makes of a register that is well one that no gateway may open. */
  readonly spoil: (workspace: Workspace) => void;
}

const inData = ({ dataDir }: Workspace, name: string) => join(dataDir, name);
const rubbish = Buffer.alloc(16_384, 'not a database. ');

const refusals: readonly Refusal[] = [
  {
    code: 'keyring.missing',
    spoil: (workspace) => renameSync(inData(workspace, 'keyring'), inData(workspace, 'keyring.aside')),
  },
  { code: 'keyring.permissions', spoil: (workspace) => chmodSync(inData(workspace, 'keyring'), 0o644) },
  {
    code: 'keyring.damaged',
    spoil: (workspace) => writeFileSync(inData(workspace, 'keyring'), rubbish),
  },
  {
    code: 'keyring.other-size',
    spoil: (workspace) => workspace.configure(nobody, '[retention]\nperiod = "14d"\n'),
  },
  {
    // As if the file system of data_dir were not mounted.
    code: 'register.expected',
    spoil(workspace) {
      renameSync(workspace.dataDir, `${workspace.dataDir}-aside`);
      mkdirSync(workspace.dataDir, { mode: 0o700 });
      workspace.configure(nobody, '[data]\nexpect = "existing"\n');
    },
  },
  {
    code: 'register.newer',
    spoil(workspace) {
      const database = new Database(inData(workspace, 'register.sqlite'));
      database.pragma('user_version = 9999');
      database.close();
    },
  },
  {
    code: 'register.foreign',
    spoil(workspace) {
      const database = new Database(inData(workspace, 'register.sqlite'));
      database.pragma('application_id = 1');
      database.close();
    },
  },
  {
    code: 'register.corrupt',
    spoil: (workspace) => writeFileSync(inData(workspace, 'register.sqlite'), rubbish),
  },
  {
    code: 'register.unsafe-file',
    spoil(workspace) {
      renameSync(inData(workspace, 'register.sqlite'), inData(workspace, 'aside'));
      mkdirSync(inData(workspace, 'register.sqlite'));
    },
  },
];

describe('a start that is refused', () => {
  let wellMade: Workspace;

  beforeAll(() => {
    wellMade = makeWorkspace();
    const register = openRegister({
      dataDir: wellMade.dataDir,
      keyFile: inData(wellMade, 'keyring'),
      retentionMs: 28 * dayMs,
      algorithm: 'aes-256-gcm',
      clock: systemClock,
    });
    // Without a row, a lost keyring would be no loss.
    const atMs = systemClock.wallMs() - hourMs;
    register.transact((unit) => unit.addVisit(visit({ visitor: '01055500001', venue: '0313242114', atMs })));
    register.close();
  });

  afterAll(() => wellMade.remove());

  it.each(refusals)(
    'under systemd, $code ends the process at once with its exit code',
    async ({ code, spoil }) => {
      const workspace = makeWorkspace();
      onTestFinished(workspace.remove);
      workspace.configure(nobody);
      mkdirSync(dirname(workspace.dataDir), { recursive: true });
      cpSync(wellMade.dataDir, workspace.dataDir, { recursive: true });
      spoil(workspace);
      const systemd = receiveNotices();
      onTestFinished(systemd.close);
      const gateway = start(['--config', workspace.configFile, 'run'], { NOTIFY_SOCKET: systemd.path });
      onTestFinished(() => void gateway.child.kill('SIGKILL'));
      await gateway.exit;
      const foreground = start(['--config', workspace.configFile, 'run']);
      await foreground.exit;
      expect(gateway.stderr()).toContain(`[${code}]`);
      expect(gateway.child.exitCode).toBe(foreground.child.exitCode);
      expect([1, 2, 3]).toContain(gateway.child.exitCode);
      expect(systemd.notices.at(-1)).toEqual({ STOPPING: '1', STATUS: `refused to start: ${code}` });
    },
  );
});
