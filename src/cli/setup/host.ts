import { spawn } from 'node:child_process';
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
  /** Runs a program of the system; whether it ended well. */
  readonly run: (program: string, args: readonly string[]) => Promise<boolean>;
}

/** Whether systemd runs the machine, knows our unit, and may be told what to do. */
export function hasService({ root, isRoot }: SetupHost): boolean {
  return isRoot && existsSync(join(root, 'run/systemd/system')) && findServiceUnit(root) !== null;
}

/** The user that the service runs as; null where there is none, or nothing may be given to it. */
export function serviceAccount({ root, isRoot }: SetupHost): Account | null {
  return isRoot ? findAccount('visitlog', textOf(root, 'etc/passwd'), textOf(root, 'etc/group')) : null;
}

/** The service's user where the register is that user's, and only that user should run a gateway on it; else null. */
export function ownerOfRegister(host: SetupHost, dataDir: string): Account | null {
  const account = serviceAccount(host);
  const folder = statSync(dataDir, { throwIfNoEntry: false });
  return account !== null && folder?.uid === account.uid ? account : null;
}

function textOf(root: string, path: string): string {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** Runs a program of the system, which says on standard error what it has to say; whether it ended with 0. */
export function runProgram(program: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

export interface WholeFile {
  readonly text: string;
  readonly mode: number;
  /** Null: whoever writes it. */
  readonly owner: { readonly uid: number; readonly gid: number } | null;
  /** Looks at what was written before it takes its place; rejects where it may not. */
  readonly check?: (path: string) => Promise<unknown>;
}

/** Puts a file at `path` whole or not at all, and on disk; what stood there is replaced. */
export async function writeWhole(path: string, { text, mode, owner, check }: WholeFile): Promise<void> {
  const draft = join(dirname(path), `.visitlog-setup-${process.pid}`);
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
