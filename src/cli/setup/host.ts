import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
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
