import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { AppError, fault, systemCodeOf } from '../base/errors.ts';
import { holdAlone, sqliteMagic } from './database/alone.ts';
import {
  applicationId,
  databasePath,
  lockForGateway,
  prepareDataDir,
  restoringPath,
} from './database/database.ts';
import { guarded, registerError } from './database/errors.ts';
import { asOwnerOf } from './files/as-owner.ts';
import { openOwn } from './files/own-file.ts';
import { syncDirectory } from './files/whole-file.ts';
import type { RegisterOptions } from './register-types.ts';
import { openWithKeyring } from './up-to-date.ts';

/** Between two of them progress is shown and a stop is noticed. */
const chunkBytes = 4_194_304;

interface RestoreOptions extends RegisterOptions {
  /** What `visitlog backup` wrote. */
  readonly file: string;
  readonly signal: AbortSignal;
  readonly onProgress?: (copied: number, bytes: number) => void;
}

export interface Restored {
  readonly bytes: number;
  /** The folder that has the register that was in use; null if there was none. */
  readonly aside: string | null;
  /** Lets a gateway start again. */
  release(): void;
}

/**
 * Puts a backup in the place of the register, and the register aside. Until the backup is copied, checked and opened with
 * the keyring nothing is changed. A restore that was killed leaves the register, the backup, or neither: then no
 * gateway begins a new one, and a second restore ends what the first began.
 * Errors: `register.in-use`, `register.busy`, `restore.unreadable`, `restore.not-a-backup`, `restore.damaged`,
 * `restore.stopped`, those of `openRegister` about the keyring, SQLite's.
 */
export async function restoreDatabase(options: RestoreOptions): Promise<Restored> {
  const { dataDir, file } = options;
  const source = openBackup(file);
  try {
    guarded(() => prepareDataDir(dataDir));
    const lock = guarded(() => lockForGateway(dataDir));
    const isEmpty = !existsSync(databasePath(dataDir)) && !existsSync(restoringPath(dataDir));
    try {
      const draft = guarded(() => asOwnerOf(dataDir, () => makeDraftFolder(dataDir)));
      const bytes = await copy(source, join(draft, 'register.sqlite'), options);
      guarded(() => asOwnerOf(dataDir, () => checkCopy(draft, file)));
      openWithKeyring({ ...options, dataDir: draft, role: 'reader' });
      const aside = guarded(() => asOwnerOf(dataDir, () => exchange(options, draft)));
      return { bytes, aside, release: lock.release };
    } catch (error) {
      // A register that was put aside already is missing: the folder then keeps a gateway from beginning another.
      if (isEmpty || existsSync(databasePath(dataDir)))
        asOwnerOf(dataDir, () => rmSync(restoringPath(dataDir), { recursive: true, force: true }));
      lock.release();
      throw registerError(error);
    }
  } finally {
    closeSync(source);
  }
}

/** As whoever gave the command: a backup need not be the gateway's to read. */
function openBackup(file: string): number {
  let fd: number;
  try {
    fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw fault('restore.unreadable', { file, system: systemCodeOf(error) }, { cause: error });
  }
  if (isBackup(fd)) return fd;
  closeSync(fd);
  throw fault('restore.not-a-backup', { file });
}

/**
 * Offsets of SQLite's header (sqlite.org/fileformat.html, 1.3): the versions at 18 and 19 are 1 in a file that stands
 * alone, and 2 in one that needs the write-ahead log beside it; the application's id at 68.
 */
function isBackup(fd: number): boolean {
  if (!fstatSync(fd).isFile()) return false;
  const header = Buffer.alloc(100);
  if (readSync(fd, header, 0, header.length, 0) < header.length) return false;
  const standsAlone = header[18] === 1 && header[19] === 1;
  return (
    header.subarray(0, 15).equals(sqliteMagic) && standsAlone && header.readUInt32BE(68) === applicationId
  );
}

function makeDraftFolder(dataDir: string): string {
  const path = restoringPath(dataDir);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { mode: 0o700 });
  return path;
}

async function copy(
  source: number,
  path: string,
  { dataDir, signal, onProgress }: RestoreOptions,
): Promise<number> {
  const { size } = fstatSync(source);
  const target = asOwnerOf(dataDir, () =>
    openOwn(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL),
  );
  try {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    let copied = 0;
    for (;;) {
      if (signal.aborted) throw fault('restore.stopped');
      const read = readSync(source, chunk, 0, chunkBytes, copied);
      if (read === 0) break;
      for (let written = 0; written < read; ) written += writeSync(target, chunk, written, read - written);
      copied += read;
      onProgress?.(copied, size);
      await turn();
    }
    fsyncSync(target);
    return copied;
  } finally {
    closeSync(target);
  }
}

function checkCopy(draft: string, file: string): void {
  const db = new Database(databasePath(draft), { readonly: true });
  try {
    if (db.pragma('quick_check(1)', { simple: true }) !== 'ok') throw fault('restore.damaged', { file });
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw fault('restore.damaged', { file }, { cause: error });
  } finally {
    db.close();
  }
}

/** Returns the folder that has the old register; null if there was none. */
function exchange({ dataDir, clock }: RestoreOptions, draft: string): string | null {
  const path = databasePath(dataDir);
  const fresh = databasePath(draft);
  foldWal(fresh);
  const old = existsSync(path) ? holdAlone(path) : null;
  try {
    const aside = existsSync(path) ? putAside(dataDir, clock.wallMs()) : null;
    renameSync(fresh, path);
    syncDirectory(draft);
    syncDirectory(dataDir);
    rmSync(draft, { recursive: true, force: true });
    return aside;
  } finally {
    old?.close();
  }
}

/** One file again, after it was brought up to date. */
function foldWal(path: string): void {
  const db = new Database(path);
  db.pragma('journal_mode = DELETE');
  db.close();
}

function putAside(dataDir: string, nowMs: number): string {
  const second = new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, '');
  const folder = freeName(join(dataDir, `replaced-${second}`));
  mkdirSync(folder, { mode: 0o700 });
  for (const name of ['register.sqlite-wal', 'register.sqlite-shm', 'register.sqlite']) {
    const path = join(dataDir, name);
    if (existsSync(path)) renameSync(path, join(folder, name));
  }
  syncDirectory(folder);
  return folder;
}

function freeName(wanted: string): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if (!existsSync(name)) return name;
  }
}
