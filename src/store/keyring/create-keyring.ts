import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncDirectory } from '../database/sync-directory.ts';
import { encodeHeader, headerSectors, type RingShape, sectorBytes } from './keyring-format.ts';
import { readMasterKey } from './keyring-master.ts';
import { writeWhole } from './write-whole.ts';

/**
 * Makes an empty ring, 0600. It is built beside its place and renamed into it, so that a power cut leaves a whole
 * ring or none; there is no key in it yet. Errors: those of `readMasterKey`, and the system's.
 */
export function createKeyring(path: string, slots: number, masterFile: string | null = null): void {
  const beside = `${path}.new`;
  const ringId = randomBytes(16);
  const shape = { slots, masterCheck: checkOf(masterFile, ringId) } satisfies RingShape;
  rmSync(beside, { force: true });
  const fd = openSync(beside, 'wx', 0o600);
  try {
    const ring = Buffer.alloc((headerSectors + slots) * sectorBytes);
    encodeHeader({ generation: 0, ringId, shape, becoming: null }).copy(ring);
    writeWhole(fd, ring, 0);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(beside, path);
  syncDirectory(dirname(path));
}

function checkOf(masterFile: string | null, ringId: Buffer): Buffer | null {
  if (masterFile === null) return null;
  const { wrapping, check } = readMasterKey(masterFile, ringId);
  wrapping.fill(0);
  return check;
}
