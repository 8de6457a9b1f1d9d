import { mib } from '../base/amounts.ts';
import { type Finding, findingsOn } from './finding.ts';
import { type Account, isOpenToOthers, mayUse, type Rights } from './gather-machine.ts';

export interface DataFacts {
  readonly dataDir: string;
  readonly folder: Rights | 'missing' | 'hidden';
  readonly keyFile: string;
  readonly key: Rights | 'missing' | 'hidden';
  /** The folder has a register. */
  readonly hasRegister: boolean;
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
  return [checkFolder(facts), ...checkKey(facts), ...checkRoom(facts), ...checkAudit(facts)];
}

function checkFolder({ dataDir, folder, account }: DataFacts): Finding {
  const find = findingsOn('register');
  const facts = { path: dataDir, user: account.name };
  if (folder === 'missing') return find('data.missing', { path: dataDir });
  if (folder === 'hidden') return find('data.hidden', { path: dataDir });
  if (isOpenToOthers(folder)) return find('data.mode', { path: dataDir });
  return mayUse(folder, account, 7) ? find('data.private', facts) : find('data.owner', facts);
}

function checkKey({ keyFile, key, hasRegister, account }: DataFacts): Finding[] {
  const find = findingsOn('register');
  if (key === 'hidden') return [find('keyring.hidden')];
  if (key === 'missing') return hasRegister ? [find('keyring.missing', { path: keyFile })] : [];
  if (isOpenToOthers(key)) return [find('keyring.mode', { path: keyFile })];
  if (!mayUse(key, account, 6)) return [find('keyring.owner', { path: keyFile, user: account.name })];
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
