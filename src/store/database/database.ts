import { chmodSync, closeSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { fault, systemCodeOf } from '../../base/errors.ts';
import { asOwnerOf } from '../files/as-owner.ts';
import {
  checkDataDir,
  type FileIdentity,
  identityOf,
  isSame,
  openOwn,
  requireRight,
  unsafe,
} from '../files/own-file.ts';
import { syncDirectory } from '../files/whole-file.ts';
import { guarded } from './errors.ts';
import { migrations } from './migrations.ts';

/** 'VLOG': what `file` and `sqlite3` show of a register. */
export const applicationId = 0x564c4f47;
/** How long a writer waits for another process; longer would keep the gateway from its modems. */
const busyTimeoutMs = 1_000;
/**
 * Pages in the write-ahead log at which a commit moves them into the database. SQLite's 1,000 make that one commit
 * several times as long as the others; a text waits for it.
 */
const checkpointPages = 250;
/**
 * KiB of the database that a connection keeps in memory. The library's 16,000 fill in weeks of a writer's work, and a text
 * is no sooner in the register for them: it touches the same few pages as the text before. A reader goes through the hours
 * and meets no page again; to get so much memory from the system takes a trace half the time that its pages do.
 */
const cacheKiB = 2_000;

export type Connection = Database.Database;

/**
 * Makes the data directory, 0700, or checks the one that is there.
 * Errors: `register.permissions`, `register.unsafe-file`.
 */
export function prepareDataDir(dataDir: string): void {
  const made = mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (made !== undefined) {
    chmodSync(dataDir, 0o700);
    syncNames(resolve(made), resolve(dataDir));
  }
  asOwnerOf(dataDir, () => checkDataDir(dataDir));
}

/** The names of new directories, from the first that was made down to the last. */
function syncNames(first: string, last: string): void {
  for (let path = last; path.length >= first.length; path = dirname(path)) syncDirectory(dirname(path));
}

export function databasePath(dataDir: string): string {
  return join(dataDir, 'register.sqlite');
}

/** What a restore has not finished lies there: no register is begun beside it. */
export function restoringPath(dataDir: string): string {
  return join(dataDir, 'restoring');
}

/** What a move from another machine has not finished lies there. */
export function receivingPath(dataDir: string): string {
  return join(dataDir, 'receiving');
}

/** There since a move to another machine began here. */
export function movingPath(dataDir: string): string {
  return join(dataDir, 'moving');
}

/**
 * Refuses to begin a register in a folder that is known to have one: what is seen there is the folder beneath a file
 * system that is not mounted. Before anything is made in it. Errors: `register.forbidden`, `register.expected`.
 */
export function expectRegister(dataDir: string): void {
  asOwnerOf(dataDir, () => requireRight(dataDir));
  const path = databasePath(dataDir);
  const others = [restoringPath(dataDir), receivingPath(dataDir), movingPath(dataDir)];
  if (!existsSync(path) && !others.some((each) => existsSync(each)))
    throw fault('register.expected', { path });
}

/**
 * Opens the register's database, made and brought up to date when it may be written to. With `sameAs` it must be that
 * file: what a name stands for may change between two openings.
 * Errors: `register.forbidden`, `register.missing`, `restore.unfinished`, `move.under-way`, `move.unfinished`, `register.permissions`, `register.unsafe-file`, `register.foreign`,
 * `register.newer`, `register.older`, and SQLite's.
 */
export function openDatabase(dataDir: string, readOnly: boolean, sameAs?: FileIdentity): Connection {
  return asOwnerOf(dataDir, () => openAsOwner(dataDir, readOnly, sameAs));
}

function openAsOwner(dataDir: string, readOnly: boolean, sameAs?: FileIdentity): Connection {
  requireRight(dataDir);
  const path = databasePath(dataDir);
  // Of what is written here from now on the other machine would know nothing.
  if (existsSync(movingPath(dataDir)) && !(readOnly && existsSync(path)))
    throw fault('move.under-way', { data_dir: dataDir });
  if (existsSync(receivingPath(dataDir))) throw fault('move.unfinished', { data_dir: dataDir });
  if (!existsSync(path)) {
    if (existsSync(restoringPath(dataDir))) throw fault('restore.unfinished', { data_dir: dataDir });
    if (readOnly) throw fault('register.missing', { path });
    createPrivate(path);
  }
  checkDataDir(dataDir);
  const file = identityOf(path);
  if (sameAs !== undefined && !isSame(file, sameAs)) throw unsafe(path, 'replaced');
  const db = new Database(path, { readonly: readOnly, fileMustExist: true, timeout: busyTimeoutMs });
  try {
    checkOwnership(db, path);
    if (!isSame(file, identityOf(path))) throw unsafe(path, 'replaced');
    if (!readOnly) setUp(db);
    setSession(db);
    checkVersion(db, path);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Gives a register of an older visitlog today's tables. Errors: SQLite's. */
export function bringUpToDate(dataDir: string): void {
  guarded(() => openDatabase(dataDir, false).close());
}

/** SQLite gives a WAL the mode of its database, so making the file 0600 first covers all of them. */
function createPrivate(path: string): void {
  closeSync(openOwn(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL));
}

function checkOwnership(db: Connection, path: string): void {
  const id = db.pragma('application_id', { simple: true });
  const empty = db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0;
  if (id === applicationId || (id === 0 && empty)) return;
  throw fault('register.foreign', { path });
}

function setUp(db: Connection): void {
  // Each time it is set it is written: a full disk would keep a register from being opened.
  if (versionOf(db) === 0) db.pragma('auto_vacuum = INCREMENTAL');
  db.pragma('journal_mode = WAL');
  db.pragma('secure_delete = ON');
  if (versionOf(db) < migrations.length) db.transaction(migrate).immediate(db);
}

function migrate(db: Connection): void {
  const done = versionOf(db);
  for (const step of migrations.slice(done)) db.exec(step);
  if (done < migrations.length) {
    db.pragma(`application_id = ${applicationId}`);
    db.pragma(`user_version = ${migrations.length}`);
  }
}

function setSession(db: Connection): void {
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma('secure_delete = ON');
  db.pragma('temp_store = MEMORY');
  db.pragma('trusted_schema = OFF');
  db.pragma('journal_size_limit = 16777216');
  db.pragma(`wal_autocheckpoint = ${checkpointPages}`);
  db.pragma(`cache_size = -${cacheKiB}`);
}

function checkVersion(db: Connection, path: string): void {
  const version = versionOf(db);
  if (version === migrations.length) return;
  const code = version > migrations.length ? 'register.newer' : 'register.older';
  throw fault(code, { path, version, known: migrations.length });
}

function versionOf(db: Connection): number {
  return db.pragma('user_version', { simple: true }) as number;
}

export interface GatewayLock {
  release(): void;
}

/**
 * Keeps a second gateway off the same register. Node has no `flock`, so an empty SQLite file of its own is held
 * exclusively: the system drops that lock when the process ends in whatever way, and no stale one can be left.
 * Error: `register.in-use`.
 */
export function lockForGateway(dataDir: string, waitMs = 0): GatewayLock {
  return asOwnerOf(dataDir, () => lockAsOwner(dataDir, waitMs));
}

function lockAsOwner(dataDir: string, waitMs: number): GatewayLock {
  const path = join(dataDir, 'gateway.lock');
  // Not opened if it is there: closing it would drop this process's locks on it (POSIX).
  if (existsSync(path)) identityOf(path);
  else closeSync(openOwn(path, constants.O_WRONLY | constants.O_CREAT));
  const db = new Database(path, { timeout: waitMs });
  try {
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (systemCodeOf(error)?.startsWith('SQLITE_BUSY') !== true) throw error;
    throw fault('register.in-use', { data_dir: dataDir });
  }
  return { release: () => db.close() };
}
