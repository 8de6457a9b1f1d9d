import { closeSync, constants, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { AppError, exitCode, systemCodeOf } from '../base/errors.ts';
import { decodeHeader, type RingHeader, sectorBytes } from './keyring-format.ts';

/**
 * Opens a keyring's file, if it is one that can be trusted: whole, and reached by its owner alone.
 * Errors: `keyring.missing`, `keyring.unreadable`, `keyring.permissions`, `keyring.damaged`, `keyring.truncated`.
 */
export function openRingFile(
  path: string,
  writable: boolean,
): { readonly fd: number; readonly header: RingHeader } {
  if (!existsSync(path)) throw missing(path);
  const fd = openFile(path, writable);
  try {
    return { fd, header: readHeader(path, fd) };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function openFile(path: string, writable: boolean): number {
  try {
    return openSync(path, writable ? constants.O_RDWR : constants.O_RDONLY);
  } catch (error) {
    throw new AppError('keyring.unreadable', `cannot open the keyring ${path}: ${systemCodeOf(error)}`, {
      hint: 'Run as the user that the gateway runs as.',
      cause: error,
    });
  }
}

function readHeader(path: string, fd: number): RingHeader {
  const { mode, size } = fstatSync(fd);
  if ((mode & 0o077) !== 0) {
    throw new AppError('keyring.permissions', `the keyring ${path} can be reached by other users`, {
      hint: `Run: chmod 600 ${path}`,
      context: { mode: (mode & 0o777).toString(8) },
      exit: exitCode.usage,
    });
  }
  const sector = Buffer.alloc(sectorBytes);
  readSync(fd, sector, 0, sectorBytes, 0);
  const header = decodeHeader(sector);
  if (header === null) throw damaged(path);
  const wanted = (header.slots + 1) * sectorBytes;
  if (size === wanted) return header;
  throw new AppError('keyring.truncated', `the keyring ${path} has ${size} bytes where ${wanted} belong`, {
    hint: 'Put the whole file back; without it the rows of the lost hours cannot be read.',
  });
}

function missing(path: string): AppError {
  return new AppError('keyring.missing', `the keyring ${path} is missing`, {
    hint: 'Put the file back or correct key_file. None is made over living rows: it could read none of them.',
  });
}

function damaged(path: string): AppError {
  return new AppError('keyring.damaged', `${path} is no keyring, or its first sector is damaged`, {
    hint: 'Correct key_file, or put the file back.',
  });
}
