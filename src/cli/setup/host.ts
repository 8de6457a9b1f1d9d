import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Account, findAccount } from '../../doctor/account.ts';
import { findServiceUnit } from '../../doctor/service-unit.ts';
import type { ProbeTools } from '../../modem/discovery/probe-device.ts';

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
