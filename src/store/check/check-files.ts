import { closeSync, openSync, readdirSync, readSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { anchorPath } from '../audit/audit-anchor.ts';
import { auditKeyPath } from '../audit/audit-key.ts';
import { databasePath } from '../database/database.ts';
import { holderKeyPath, holderRingPath } from '../holder/holder-files.ts';
import { ringMagic } from '../keyring/keyring-format.ts';
import { spoolPath } from '../spool.ts';
import { type CheckFinding, finding } from './check-types.ts';

export interface CheckedFiles {
  readonly dataDir: string;
  readonly keyFile: string;
  readonly masterFile: string | null;
  /** The configuration that was read; null: there is none. */
  readonly configFile: string | null;
}

/** Modes, owners, and stray copies of the keyring. */
export function checkFiles(files: CheckedFiles): CheckFinding[] {
  const owner = statOf(files.dataDir)?.uid ?? null;
  const own = ownFiles(files).flatMap((path) => [...modeFinding(path, 0o077), ...ownerFinding(path, owner)]);
  const config = files.configFile === null ? [] : modeFinding(files.configFile, 0o022);
  const master = files.masterFile === null ? [] : modeFinding(files.masterFile, 0o037);
  return [...modeFinding(files.dataDir, 0o077), ...own, ...config, ...master, ...copyFindings(files)];
}

function ownFiles({ dataDir, keyFile }: CheckedFiles): string[] {
  const database = databasePath(dataDir);
  const paths = [
    database,
    `${database}-wal`,
    `${database}-shm`,
    join(dataDir, 'gateway.lock'),
    spoolPath(dataDir),
    keyFile,
    auditKeyPath(keyFile),
    holderKeyPath(keyFile),
    holderRingPath(keyFile),
    anchorPath(dataDir),
  ];
  return paths.filter((path) => statOf(path) !== null);
}

/** `others`: the bits that must not be set. */
function modeFinding(path: string, others: number): CheckFinding[] {
  const mode = (statOf(path)?.mode ?? 0) & 0o777;
  if ((mode & others) === 0) return [];
  return [finding('check.mode', { path, mode: mode.toString(8), right: (mode & ~others).toString(8) })];
}

/** A file that root made by a command shuts out the gateway. */
function ownerFinding(path: string, owner: number | null): CheckFinding[] {
  const uid = statOf(path)?.uid ?? null;
  if (owner === null || uid === owner) return [];
  return [finding('check.owner', { path, uid, owner, folder: dirname(path) })];
}

function copyFindings({ dataDir, keyFile }: CheckedFiles): CheckFinding[] {
  const folders = new Set([dataDir, dirname(keyFile)]);
  return [...folders]
    .flatMap((folder) => namesIn(folder).map((name) => join(folder, name)))
    .filter((path) => !isSame(path, keyFile) && !isSame(path, holderRingPath(keyFile)) && isRing(path))
    .map((path) => finding('check.keyring-copy', { path }));
}

function isRing(path: string): boolean {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) return false;
    const fd = openSync(path, 'r');
    const start = Buffer.alloc(ringMagic.length);
    try {
      readSync(fd, start, 0, start.length, 0);
    } finally {
      closeSync(fd);
    }
    return start.equals(ringMagic);
  } catch {
    return false;
  }
}

function isSame(path: string, other: string): boolean {
  try {
    return realpathSync(path) === realpathSync(other);
  } catch {
    return false;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function statOf(path: string): Stats | null {
  return statSync(path, { throwIfNoEntry: false }) ?? null;
}
