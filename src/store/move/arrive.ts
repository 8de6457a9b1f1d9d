import {
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { AppError, fault, systemCodeOf } from '../../base/errors.ts';
import { databasePath, lockForGateway, prepareDataDir, receivingPath } from '../database/database.ts';
import { guarded, registerError } from '../database/errors.ts';
import { asOwnerOf } from '../files/as-owner.ts';
import { openOwn } from '../files/own-file.ts';
import { syncDirectory, writeWhole } from '../files/whole-file.ts';
import type { RegisterOptions } from '../register-types.ts';
import { openWithKeyring } from '../up-to-date.ts';
import { destroyFile, hasKeys, movingFiles, readWhole, receivedPlace } from './move-files.ts';
import { confirmationCode, type OpenedPackage } from './package-format.ts';

/*
 * The new machine's half of a move. What comes is written into a folder of its own, checked and opened there; then its
 * files are put into their places, and the folder goes last. While the folder is there, no gateway begins a register.
 */

/** What this machine has received whole. */
interface Received {
  readonly register: string;
  readonly code: string;
}

const receivedPath = (dataDir: string) => join(dataDir, 'received');
const completePath = (dataDir: string) => join(receivingPath(dataDir), 'complete');

function readReceived(dataDir: string, path: string): Received | null {
  const text = asOwnerOf(dataDir, () => readWhole(path));
  return text === null ? null : (JSON.parse(text) as Received);
}

/** The code of a move that has ended here; null if none has. */
export function codeOfArrival(dataDir: string): string | null {
  if (!existsSync(databasePath(dataDir)) || existsSync(receivingPath(dataDir))) return null;
  return readReceived(dataDir, receivedPath(dataDir))?.code ?? null;
}

/** Whether everything has come and only has to be put into its place. */
export function isComplete(dataDir: string): boolean {
  return existsSync(completePath(dataDir));
}

/** A register here would be lost behind the one that comes. Error: `move.occupied`. */
export function requireEmpty(dataDir: string): void {
  if (existsSync(databasePath(dataDir)) && !isComplete(dataDir))
    throw fault('move.occupied', { data_dir: dataDir });
}

/**
 * Writes what comes, checks it, and opens it with its keyring; nothing is in its place yet.
 * Errors: `move.occupied`, `move.not-a-package`, `move.damaged`, `register.in-use`, those of `openRegister`.
 */
export async function receive(
  options: RegisterOptions,
  { header, next }: OpenedPackage,
  onProgress: (received: number, bytes: number) => void,
): Promise<void> {
  const { dataDir } = options;
  guarded(() => prepareDataDir(dataDir));
  requireEmpty(dataDir);
  const lock = guarded(() => lockForGateway(dataDir));
  try {
    asOwnerOf(dataDir, () => {
      forget(dataDir);
      mkdirSync(receivingPath(dataDir), { mode: 0o700 });
    });
    const bytes = header.files.reduce((sum, file) => sum + file.bytes, 0);
    let received = 0;
    const known = new Map(movingFiles(receivedPlace(dataDir)));
    for (const { name } of header.files) {
      const path = known.get(name);
      if (path === undefined) throw fault('move.not-a-package', { file: name });
      for await (const size of writeFrom(dataDir, path, next())) {
        received += size;
        onProgress(received, bytes);
      }
    }
    check(dataDir);
    openWithKeyring({ ...options, ...receivedPlace(dataDir), role: 'reader' });
    const complete = { register: header.register, code: confirmationCode(header) } satisfies Received;
    asOwnerOf(dataDir, () => writeWhole(completePath(dataDir), `${JSON.stringify(complete)}\n`));
  } catch (error) {
    asOwnerOf(dataDir, () => forget(dataDir));
    throw registerError(error);
  } finally {
    lock.release();
  }
}

async function* writeFrom(
  dataDir: string,
  path: string,
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<number> {
  const fd = asOwnerOf(dataDir, () =>
    openOwn(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL),
  );
  try {
    for await (const piece of pieces) {
      for (let written = 0; written < piece.length; ) written += writeSync(fd, piece, written);
      yield piece.length;
    }
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function check(dataDir: string): void {
  const path = databasePath(receivingPath(dataDir));
  try {
    const db = asOwnerOf(dataDir, () => new Database(path, { readonly: true, fileMustExist: true }));
    try {
      if (db.pragma('quick_check(1)', { simple: true }) !== 'ok') throw fault('move.damaged');
    } finally {
      db.close();
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw fault('move.damaged', {}, { cause: error });
  }
}

/** What came and is not complete: its keys are overwritten. As the owner. */
function forget(dataDir: string): void {
  if (!existsSync(receivingPath(dataDir))) return;
  for (const [name, path] of movingFiles(receivedPlace(dataDir))) if (hasKeys(name)) destroyFile(path);
  rmSync(receivingPath(dataDir), { recursive: true, force: true });
}

/** Puts everything into its place; a call that was killed is repeated. Returns the code for the old machine. */
export function settle({ dataDir, keyFile }: Pick<RegisterOptions, 'dataDir' | 'keyFile'>): string {
  const complete = readReceived(dataDir, completePath(dataDir));
  if (complete === null) throw fault('move.not-begun', { data_dir: dataDir });
  asOwnerOf(dataDir, () => {
    const from = movingFiles(receivedPlace(dataDir));
    for (const [index, [, to]] of movingFiles({ dataDir, keyFile }).entries()) {
      const source = from[index]?.[1];
      if (source !== undefined && existsSync(source)) moveFile(source, to);
    }
    writeWhole(receivedPath(dataDir), `${JSON.stringify(complete)}\n`);
    rmSync(receivingPath(dataDir), { recursive: true, force: true });
    syncDirectory(dataDir);
  });
  return complete.code;
}

/** A keyring may have a file system of its own. */
function moveFile(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (systemCodeOf(error) !== 'EXDEV') throw error;
    writeWhole(to, readFileSync(from));
    destroyFile(from);
  }
  syncDirectory(dirname(to));
}
