import { dirname } from 'node:path';
import { mib } from '../base/amounts.ts';
import type { FileSystem } from './file-system.ts';
import { type Finding, findingsOn } from './finding.ts';
import { type Account, isOpenToOthers, mayUse, type Rights } from './gather-machine.ts';

export interface DataFacts {
  readonly dataDir: string;
  readonly folder: Rights | 'missing' | 'hidden';
  readonly keyFile: string;
  readonly key: Rights | 'missing' | 'hidden';
  /** What lies in the folder and does not belong to the folder's owner, by its name there. */
  readonly foreignFiles: readonly string[];
  /** The folder has a register. */
  readonly hasRegister: boolean;
  /** The configuration says that there is one. */
  readonly expectsRegister: boolean;
  /** Of the folder, or of where it will be; null if not known. */
  readonly fileSystem: FileSystem | null;
  /** What `audit verify` finds; null if the log may not be read, or there is none. */
  readonly auditFindings: number | null;
  /** The machine has a log that anchors can be sent to. */
  readonly hasSystemLog: boolean;
  /** Of the file system that the folder is on, or will be. Null if not known. */
  readonly freeBytes: number | null;
  readonly account: Account;
}

const leastFreeBytes = 200 * mib;
const comfortableBytes = 1024 * mib;

/** The folder of the register, its keyring, the free space of both, and the audit log. */
export function checkData(facts: DataFacts): Finding[] {
  return [
    checkFolder(facts),
    ...checkFiles(facts),
    ...checkFileSystem(facts),
    ...checkKey(facts),
    ...checkRoom(facts),
    ...checkAudit(facts),
  ];
}

function checkFolder(facts: DataFacts): Finding {
  const { dataDir, folder, account, expectsRegister, hasRegister } = facts;
  const find = findingsOn('register');
  const whose = { path: dataDir, user: account.name };
  if (folder !== 'hidden' && expectsRegister && !hasRegister) return find('data.expected', { path: dataDir });
  if (folder === 'missing') return find('data.missing', { path: dataDir });
  if (folder === 'hidden') return find('data.hidden', { path: dataDir });
  if (isOpenToOthers(folder)) return find('data.mode', { path: dataDir });
  return mayUse(folder, account, 7) ? find('data.private', whose) : find('data.owner', whose);
}

/** The gateway opens no file of another account, whatever its mode. A wrong owner of the folder is a finding of its own. */
function checkFiles({ dataDir, folder, foreignFiles, account }: DataFacts): Finding[] {
  const isItsOwn = typeof folder === 'object' && mayUse(folder, account, 7);
  if (!isItsOwn || foreignFiles.length === 0) return [];
  return [findingsOn('register')('data.files-owner', { path: dataDir, files: foreignFiles.join(', ') })];
}

const fileSystemFindings = {
  memory: 'data.in-memory',
  network: 'data.on-network',
  copies: 'data.copied-on-write',
} as const;

function checkFileSystem({ dataDir, fileSystem }: DataFacts): Finding[] {
  if (fileSystem === null) return [];
  const { name, nature } = fileSystem;
  return [findingsOn('register')(fileSystemFindings[nature], { path: dataDir, name })];
}

function checkKey({ dataDir, folder, keyFile, key, hasRegister, account }: DataFacts): Finding[] {
  // The finding on the folder, or on the files in it, mends it too.
  const isInFolder = typeof folder === 'object' && dirname(keyFile) === dataDir;
  const find = findingsOn('register');
  if (key === 'hidden') return [find('keyring.hidden')];
  if (key === 'missing') return hasRegister ? [find('keyring.missing', { path: keyFile })] : [];
  if (isOpenToOthers(key)) return [find('keyring.mode', { path: keyFile })];
  if (!mayUse(key, account, 6))
    return isInFolder ? [] : [find('keyring.owner', { path: keyFile, user: account.name })];
  if (!hasRegister) return [find('keyring.alone', { path: keyFile })];
  return [find('keyring.private', { user: account.name })];
}

function checkAudit({ auditFindings, hasSystemLog }: DataFacts): Finding[] {
  const find = findingsOn('register');
  const log = hasSystemLog ? [] : [find('audit.no-system-log')];
  if (auditFindings === null) return log;
  return [
    auditFindings === 0 ? find('audit.intact') : find('audit.findings', { findings: auditFindings }),
    ...log,
  ];
}

function checkRoom({ dataDir, freeBytes }: DataFacts): Finding[] {
  const find = findingsOn('register');
  if (freeBytes === null) return [];
  const facts = { free_mib: Math.floor(freeBytes / mib), path: dataDir };
  if (freeBytes < leastFreeBytes) return [find('disk.full', facts)];
  return [find(freeBytes < comfortableBytes ? 'disk.low' : 'disk.room', facts)];
}
