import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type Account, findAccount, findServiceUnit } from '../../doctor/gather-machine.ts';
import type { ProbeTools } from '../../modem/discovery/probe-port.ts';

/** The machine that is set up. */
export interface SetupHost {
  /** Where its file trees begin. */
  readonly root: string;
  readonly isRoot: boolean;
  readonly openPort: ProbeTools['openPort'];
  /** Runs a program of the system; resolves to whether it ended with 0. */
  readonly run: (program: string, args: readonly string[]) => Promise<boolean>;
}

/** Whether systemd runs the machine, has the unit, and this user may command it. */
export function hasService({ root, isRoot }: SetupHost): boolean {
  return isRoot && existsSync(join(root, 'run/systemd/system')) && findServiceUnit(root) !== null;
}

/** The user that the service runs as; null if there is none, or this user may not give it files. */
export function serviceAccount({ root, isRoot }: SetupHost): Account | null {
  return isRoot ? findAccount('visitlog', textOf(root, 'etc/passwd'), textOf(root, 'etc/group')) : null;
}

/** The service's user if the register belongs to it, so that no other user may run a gateway on it; else null. */
export function ownerOfRegister(host: SetupHost, dataDir: string): Account | null {
  const account = serviceAccount(host);
  const folder = statSync(dataDir, { throwIfNoEntry: false });
  return account !== null && folder?.uid === account.uid ? account : null;
}

function textOf(root: string, path: string): string {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** Runs a program of the system with our standard error; resolves to whether it ended with 0. */
export function runProgram(program: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

interface NewFile {
  readonly text: string;
  readonly mode: number;
  /** Null for the user that writes it. */
  readonly owner: { readonly uid: number; readonly gid: number } | null;
  /** Checks what was written before it takes its place; rejects if it may not. */
  readonly check?: (path: string) => Promise<unknown>;
}

/** Replaces the file at `path` completely or not at all, and syncs it to disk. */
export async function replaceFile(path: string, { text, mode, owner, check }: NewFile): Promise<void> {
  const draft = join(dirname(path), `.visitlog-setup-${randomBytes(8).toString('hex')}`);
  try {
    const fd = openSync(draft, 'wx', 0o600);
    try {
      writeFileSync(fd, text);
      if (owner) fchownSync(fd, owner.uid, owner.gid);
      fchmodSync(fd, mode);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    await check?.(draft);
    renameSync(draft, path);
    syncFolder(dirname(path));
  } finally {
    rmSync(draft, { force: true });
  }
}

function syncFolder(folder: string): void {
  const fd = openSync(folder, 'r');
  fsyncSync(fd);
  closeSync(fd);
}
