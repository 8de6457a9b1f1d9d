import { closeSync, fstatSync, openSync, readFileSync, realpathSync } from 'node:fs';
import { AppError, fault, systemCodeOf } from '../../base/errors.ts';

/**
 * The PIN in a file: four to eight digits (3GPP TS 31.101 §9.5.1). The content is never shown.
 * @throws AppError `pin.unreadable`, `pin.malformed`, `pin.permissions` (others can reach it)
 */
export function readPin(file: string): string {
  const pin = contentOf(file, 'pin').trim();
  if (/^\d{4,8}$/.test(pin)) return pin;
  throw fault('pin.malformed', { file });
}

/**
 * The password for a carrier in a file: one to eight characters (SMPP 3.4 §4.1.3) and a line end. It is never shown.
 * @throws AppError `password.unreadable`, `password.malformed`, `password.permissions`
 */
export function readPassword(file: string): string {
  const password = contentOf(file, 'password').replace(/\r?\n$/, '');
  if (/^[\x20-\x7e]{1,8}$/.test(password)) return password;
  throw fault('password.malformed', { file });
}

/**
 * The password for a PostgreSQL server in a file: 1 to 64 characters of ASCII and a line end. It is never shown.
 * @throws AppError `central.password`, `password.unreadable`, `password.permissions`
 */
export function readCentralPassword(file: string): string {
  const password = contentOf(file, 'password').replace(/\r?\n$/, '');
  if (/^[\x20-\x7e]{1,64}$/.test(password)) return password;
  throw fault('central.password', { file });
}

function contentOf(file: string, kind: 'pin' | 'password'): string {
  try {
    const fd = openSync(file, 'r');
    try {
      checkMode(file, fstatSync(fd).mode, kind);
      return readFileSync(fd, 'utf8');
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw fault(`${kind}.unreadable`, { file, system: systemCodeOf(error) }, { cause: error });
  }
}

/** systemd grants access to credentials by an access list, which looks like a group that may read. */
function checkMode(file: string, mode: number, kind: 'pin' | 'password'): void {
  const others = realpathSync(file).startsWith('/run/credentials/') ? 0o027 : 0o077;
  if ((mode & others) === 0) return;
  throw fault(`${kind}.permissions`, { file, mode: (mode & 0o777).toString(8) });
}
