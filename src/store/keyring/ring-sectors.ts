import {
  closeSync,
  constants,
  existsSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
} from 'node:fs';
import { type AppError, exitCode, systemCodeOf, WordedError } from '../../base/errors.ts';
import { sectorBytes } from './keyring-format.ts';
import { writeWhole } from './write-whole.ts';

/** A keyring's sectors, numbered from 0. Written in place only. */
export interface RingSectors {
  /** Fills `into` from sector `at` on; what lies beyond the end stays as it was. */
  read(at: number, into: Buffer): void;
  write(at: number, sector: Buffer): void;
  /** What was written is on disk when this returns. */
  sync(): void;
  /** Whole sectors; null when the file ends within one. */
  count(): number | null;
  /** Adds empty sectors or takes away the last ones, durably. */
  resize(count: number): void;
  close(): void;
}

/**
 * Opens the file of a keyring, if its owner alone can reach it.
 * Errors: `keyring.missing`, `keyring.unreadable`, `keyring.permissions`.
 */
export function openRingSectors(path: string, writable: boolean): RingSectors {
  if (!existsSync(path)) throw missing(path);
  let fd = openFile(path, writable);
  try {
    checkMode(path, fd);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  return {
    read: (at, into) => void readSync(fd, into, 0, into.length, at * sectorBytes),
    write: (at, sector) => writeWhole(fd, sector, at * sectorBytes),
    sync: () => fdatasyncSync(fd),
    count: () => {
      const sectors = fstatSync(fd).size / sectorBytes;
      return Number.isInteger(sectors) ? sectors : null;
    },
    resize: (count) => {
      const bytes = count * sectorBytes - fstatSync(fd).size;
      // Written out, because a hole would be given its room when a key is written, and there might be none.
      if (bytes > 0) writeWhole(fd, Buffer.alloc(bytes), count * sectorBytes - bytes);
      else ftruncateSync(fd, count * sectorBytes);
      fsyncSync(fd);
    },
    close() {
      // Once only: by the second time the number may be another file's, a database's with its locks.
      if (fd >= 0) closeSync(fd);
      fd = -1;
    },
  };
}

function openFile(path: string, writable: boolean): number {
  try {
    return openSync(path, writable ? constants.O_RDWR : constants.O_RDONLY);
  } catch (error) {
    throw new WordedError('keyring.unreadable', `cannot open the keyring ${path}: ${systemCodeOf(error)}`, {
      hint: 'Run as the user that the gateway runs as.',
      context: { path, system: systemCodeOf(error) },
      cause: error,
    });
  }
}

function checkMode(path: string, fd: number): void {
  const mode = fstatSync(fd).mode & 0o777;
  if ((mode & 0o077) === 0) return;
  throw new WordedError('keyring.permissions', `the keyring ${path} can be reached by other users`, {
    hint: `Run: chmod 600 ${path}`,
    context: { path, mode: mode.toString(8) },
    exit: exitCode.usage,
  });
}

function missing(path: string): AppError {
  return new WordedError('keyring.missing', `the keyring ${path} is missing`, {
    hint: 'Put the file back or correct key_file. None is made over living rows: it could read none of them.',
    context: { path },
  });
}
