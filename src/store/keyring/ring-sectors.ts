import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  readSync,
  writeSync,
} from 'node:fs';
import { AppError, fault, systemCodeOf } from '../../base/errors.ts';
import { openOwn } from '../files/own-file.ts';
import { writeWhole } from '../files/whole-file.ts';
import { encodeHeader, headerSectors, type RingShape, sectorBytes } from './keyring-format.ts';
import { readMasterKey } from './keyring-master.ts';

/**
 * Writes all of it. One call may write less without an error; on a disk that fills up, the next call fails.
 */
export function writeAt(fd: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; )
    done += writeSync(fd, bytes, done, bytes.length - done, position + done);
}

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
 * Errors: `keyring.missing`, `keyring.unreadable`, `keyring.permissions`, `register.unsafe-file`.
 */
export function openRingSectors(path: string, writable: boolean): RingSectors {
  if (!existsSync(path)) throw fault('keyring.missing', { path });
  let fd = openFile(path, writable);
  try {
    checkMode(path, fd);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  return {
    read: (at, into) => void readSync(fd, into, 0, into.length, at * sectorBytes),
    write: (at, sector) => writeAt(fd, sector, at * sectorBytes),
    sync: () => fdatasyncSync(fd),
    count: () => {
      const sectors = fstatSync(fd).size / sectorBytes;
      return Number.isInteger(sectors) ? sectors : null;
    },
    resize: (count) => {
      const bytes = count * sectorBytes - fstatSync(fd).size;
      // Written out, because a hole would be given its room when a key is written, and there might be none.
      if (bytes > 0) writeAt(fd, Buffer.alloc(bytes), count * sectorBytes - bytes);
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
    return openOwn(path, writable ? constants.O_RDWR : constants.O_RDONLY);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw fault('keyring.unreadable', { path, system: systemCodeOf(error) }, { cause: error });
  }
}

function checkMode(path: string, fd: number): void {
  const mode = fstatSync(fd).mode & 0o777;
  if ((mode & 0o077) === 0) return;
  throw fault('keyring.permissions', { path, mode: mode.toString(8) });
}

/**
 * Makes an empty ring, 0600. It is built beside its place and renamed into it, so that a power cut leaves a whole
 * ring or none; there is no key in it yet. Errors: those of `readMasterKey`, and the system's.
 */
export function createKeyring(path: string, slots: number, masterFile: string | null = null): void {
  const ringId = randomBytes(16);
  const shape = { slots, masterCheck: checkOf(masterFile, ringId) } satisfies RingShape;
  const ring = Buffer.alloc((headerSectors + slots) * sectorBytes);
  encodeHeader({ generation: 0, ringId, shape, becoming: null }).copy(ring);
  writeWhole(path, ring);
}

function checkOf(masterFile: string | null, ringId: Buffer): Buffer | null {
  if (masterFile === null) return null;
  const { wrapping, check } = readMasterKey(masterFile, ringId);
  wrapping.fill(0);
  return check;
}
