import {
  accessSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { dirname, join, parse, resolve, sep } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { AppError, fault, systemCodeOf } from '../../base/errors.ts';

/*
 * How a file of the register is opened: never through a link that another account may turn, and only if it is a
 * regular file of one name that belongs to the account that opens it. The data directory is closed to others.
 */

/** Why a file is not opened. */
export type Unsafe = 'link' | 'kind' | 'names' | 'owner' | 'replaced';

/** A file, whatever its name. */
export interface FileIdentity {
  readonly dev: number;
  readonly ino: number;
}

type Looked = Pick<Stats, 'uid' | 'nlink' | 'dev' | 'ino' | 'isFile' | 'isSymbolicLink'>;

/** What is wrong with an open file, or with what a name stands for; null if nothing is. */
export function whyUnsafe(file: Looked, uid: number | null): Unsafe | null {
  if (file.isSymbolicLink()) return 'link';
  if (!file.isFile()) return 'kind';
  if (file.nlink !== 1) return 'names';
  return uid === null || file.uid === uid ? null : 'owner';
}

/** Null: any owner. A thread that reads for root cannot take the rights of the data directory's owner. */
function wantedOwner(): number | null {
  const uid = process.geteuid?.() ?? null;
  return uid === 0 && !isMainThread ? null : uid;
}

const always = constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Opens a file of the register; `flags` as for `open(2)`. It is made with mode 0600.
 * Errors: `register.unsafe-file`, and the system's (`ENOENT`).
 */
export function openOwn(path: string, flags: number): number {
  // Another process may put a new file in its place at this very moment.
  for (let tries = 1; tries < mostTries; tries += 1) {
    try {
      return openOnce(path, flags);
    } catch (error) {
      if (!isReplaced(error)) throw error;
    }
  }
  return openOnce(path, flags);
}

const mostTries = 5;

function isReplaced(error: unknown): boolean {
  return error instanceof AppError && error.code === 'register.unsafe-file' && error.facts.why === 'replaced';
}

function openOnce(path: string, flags: number): number {
  checkWay(path);
  const fd = openUnlinked(path, flags);
  try {
    const file = fstatSync(fd);
    refuse(path, whyUnsafe(file, wantedOwner()));
    if (!isSame(file, lstatSync(path))) throw unsafe(path, 'replaced');
    return fd;
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function openUnlinked(path: string, flags: number): number {
  try {
    return openSync(path, flags | always, 0o600);
  } catch (error) {
    if (systemCodeOf(error) === 'ELOOP') throw unsafe(path, 'link');
    throw error;
  }
}

/**
 * The file that SQLite is to open by its name, or has opened. It is not opened here: closing it would drop the locks
 * that this process has on it (POSIX). Errors: `register.unsafe-file`, `ENOENT`.
 */
export function identityOf(path: string): FileIdentity {
  checkWay(path);
  const file = lstatSync(path);
  refuse(path, whyUnsafe(file, wantedOwner()));
  return { dev: file.dev, ino: file.ino };
}

export function isSame(a: FileIdentity, b: FileIdentity): boolean {
  return a.dev === b.dev && a.ino === b.ino;
}

/**
 * Tells a register that this account has no right to from one that is not there: the system answers both alike to whoever
 * may not look into the folder. Error: `register.forbidden`.
 */
export function requireRight(dataDir: string): void {
  try {
    accessSync(dataDir, constants.R_OK | constants.X_OK);
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === 'EACCES' || code === 'EPERM') throw fault('register.forbidden', { data_dir: dataDir });
  }
}

/**
 * Checks that the data directory is its owner's alone. Errors: `register.forbidden`, `register.permissions`,
 * `register.unsafe-file`.
 */
export function checkDataDir(dataDir: string): void {
  requireRight(dataDir);
  checkWay(join(dataDir, 'x'));
  const { uid, mode } = statSync(dataDir);
  const owner = wantedOwner();
  if (owner !== null && uid !== owner) throw unsafe(dataDir, 'owner');
  if ((mode & 0o077) === 0) return;
  throw fault('register.permissions', { data_dir: dataDir, mode: (mode & 0o777).toString(8) });
}

/** Links on the way to a file are root's or our own: nobody else can lead us elsewhere. */
function checkWay(path: string): void {
  const folder = dirname(resolve(path));
  if (hasRealPath(folder)) return;
  const { root } = parse(folder);
  let way = root;
  for (const name of folder.slice(root.length).split(sep)) {
    way = join(way, name);
    const step = lstatSync(way, { throwIfNoEntry: false });
    if (step === undefined) return;
    const owner = wantedOwner();
    if (step.isSymbolicLink() && step.uid !== 0 && owner !== null && step.uid !== owner)
      throw unsafe(way, 'link');
  }
}

function hasRealPath(folder: string): boolean {
  try {
    return realpathSync(folder) === folder;
  } catch {
    // Whoever opens it says why.
    return true;
  }
}

function refuse(path: string, why: Unsafe | null): void {
  if (why !== null) throw unsafe(path, why);
}

export function unsafe(path: string, why: Unsafe): AppError {
  return fault('register.unsafe-file', { path, why });
}
