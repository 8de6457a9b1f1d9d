import { createCipheriv, createDecipheriv, hkdfSync, timingSafeEqual } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync } from 'node:fs';
import { AppError, fault, systemCodeOf } from '../../base/errors.ts';
import { asInvoker } from '../files/as-owner.ts';
import { keyBytes, type RingHeader } from './keyring-format.ts';

/*
 * With a master key the hours' keys lie in the ring wrapped by AES Key Wrap (RFC 3394, NIST SP 800-38F), under a key
 * that HKDF-SHA-256 derives from the master and the ring's id. A second derived value stands in the header and tells
 * a wrong master from a right one before anything is unwrapped.
 */
const wrapCipher = 'id-aes256-wrap';
/** RFC 3394 §2.2.3.1. */
const initialValue = Buffer.alloc(8, 0xa6);
const shortestMaster = 32;
/** Enough for any key; a file larger than that is another one. */
const longestMaster = 4_096;

/** What a master key becomes for one ring. `wrapping` is zeroed by its holder. */
interface MasterKey {
  readonly wrapping: Buffer;
  readonly check: Buffer;
}

/** Errors: `keyring.master-missing`, `keyring.master-permissions`. */
export function readMasterKey(masterFile: string, ringId: Buffer): MasterKey {
  const master = readMaster(masterFile);
  const derive = (use: string, length: number) =>
    Buffer.from(hkdfSync('sha256', master, ringId, `visitlog 1 keyring ${use}`, length));
  const key = { wrapping: derive('wrap', keyBytes), check: derive('check', 16) };
  master.fill(0);
  return key;
}

/**
 * The key that a ring's keys are wrapped by, or null when they are not.
 * Errors: those of `readMasterKey`, `keyring.master-wrong`, `keyring.not-wrapped`.
 */
export function unlockRing(path: string, header: RingHeader, masterFile: string | null): Buffer | null {
  const { masterCheck } = header.shape;
  if (masterCheck === null && masterFile === null) return null;
  if (masterCheck === null) throw fault('keyring.not-wrapped', { path });
  if (masterFile === null) throw fault('keyring.master-missing', { why: 'unset-wrapped', path });
  return checkedMaster(path, masterFile, header.ringId, masterCheck);
}

/** The wrapping key of a master that must be the one with this check. Errors: as `unlockRing`. */
export function checkedMaster(path: string, masterFile: string, ringId: Buffer, check: Buffer): Buffer {
  const master = readMasterKey(masterFile, ringId);
  if (timingSafeEqual(master.check, check)) return master.wrapping;
  master.wrapping.fill(0);
  throw fault('keyring.master-wrong', { path });
}

export function wrapKey(wrapping: Buffer, key: Buffer): Buffer {
  const cipher = createCipheriv(wrapCipher, wrapping, initialValue);
  return Buffer.concat([cipher.update(key), cipher.final()]);
}

/** The key, or null when it was wrapped by another or is damaged. */
export function unwrapKey(wrapping: Buffer, wrapped: Buffer): Buffer | null {
  const decipher = createDecipheriv(wrapCipher, wrapping, initialValue);
  try {
    const key = decipher.update(wrapped);
    decipher.final();
    return key;
  } catch {
    return null;
  }
}

function readMaster(path: string): Buffer {
  const master = contentOf(path);
  if (master.length >= shortestMaster && master.length <= longestMaster) return master;
  const octets = master.length;
  master.fill(0);
  throw fault('keyring.master-missing', {
    why: 'size',
    path,
    octets,
    shortest: shortestMaster,
    longest: longestMaster,
  });
}

function contentOf(path: string): Buffer {
  try {
    const fd = asInvoker(() => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK));
    try {
      checkMode(path, fstatSync(fd).mode);
      return readFileSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    const facts = { why: 'unreadable', path, system: systemCodeOf(error) } as const;
    throw fault('keyring.master-missing', facts, { cause: error });
  }
}

/** systemd gives a service's credentials through an access list, which shows as a group that may read. */
function checkMode(path: string, mode: number): void {
  const others = realpathSync(path).startsWith('/run/') ? 0o027 : 0o077;
  if ((mode & others) === 0) return;
  throw fault('keyring.master-permissions', { path, mode: (mode & 0o777).toString(8) });
}
