import { randomBytes } from 'node:crypto';
import { closeSync, constants, fstatSync, readFileSync } from 'node:fs';
import { fault, systemCodeOf } from '../../base/errors.ts';
import { openOwn } from '../files/own-file.ts';
import { writeWhole } from '../files/whole-file.ts';

const keyBytes = 32;

/**
 * The key that rows and anchors of the audit log are vouched for with. A file of its own beside the keyring, because
 * it outlives every hour and opens no visitor's row: it may be kept, copied and given to an auditor.
 */
export function auditKeyPath(keyFile: string): string {
  return `${keyFile}.audit`;
}

/**
 * Null if there is none.
 * Errors: `audit.key-permissions`, `audit.key-damaged`, `register.unsafe-file`, and the system's.
 */
export function readAuditKey(path: string): Buffer | null {
  const fd = openIfThere(path);
  if (fd === null) return null;
  try {
    const { mode } = fstatSync(fd);
    if ((mode & 0o077) !== 0)
      throw fault('audit.key-permissions', { path, mode: (mode & 0o777).toString(8) });
    const text = readFileSync(fd, 'latin1').trim();
    if (!/^[0-9a-f]{64}$/.test(text)) throw fault('audit.key-damaged', { path });
    return Buffer.from(text, 'hex');
  } finally {
    closeSync(fd);
  }
}

/** Makes one, 0600; a power cut leaves a whole one or none. */
export function createAuditKey(path: string): Buffer {
  const key = randomBytes(keyBytes);
  writeWhole(path, `${key.toString('hex')}\n`);
  return key;
}

function openIfThere(path: string): number | null {
  try {
    return openOwn(path, constants.O_RDONLY);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return null;
    throw error;
  }
}
