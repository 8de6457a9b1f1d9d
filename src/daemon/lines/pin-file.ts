import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { AppError, exitCode, systemCodeOf, WordedError } from '../../base/errors.ts';

/**
 * The PIN that a file holds: four to eight digits (3GPP TS 31.101 §9.5.1). Its content is never shown.
 * @throws AppError `pin.unreadable`, `pin.malformed`, `pin.permissions` (others can reach it)
 */
export function readPin(file: string): string {
  const pin = contentOf(file).trim();
  if (/^\d{4,8}$/.test(pin)) return pin;
  throw new WordedError('pin.malformed', `${file} holds no PIN`, {
    hint: 'Write the four to eight digits of the PIN into it, and nothing else.',
    context: { file },
    exit: exitCode.usage,
  });
}

function contentOf(file: string): string {
  try {
    const fd = openSync(file, 'r');
    try {
      checkMode(file, fstatSync(fd).mode);
      return readFileSync(fd, 'utf8');
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new WordedError('pin.unreadable', `cannot read the PIN file ${file}: ${systemCodeOf(error)}`, {
      hint: 'Let the user that the gateway runs as read it, and nobody else.',
      context: { file, system: systemCodeOf(error) },
      exit: exitCode.usage,
      cause: error,
    });
  }
}

/** systemd gives a service's credentials through an access list, which shows as a group that may read. */
function checkMode(file: string, mode: number): void {
  const others = file.startsWith('/run/credentials/') ? 0o027 : 0o077;
  if ((mode & others) === 0) return;
  throw new WordedError('pin.permissions', `other users can reach the PIN file ${file}`, {
    hint: `Run: chmod 600 ${file}`,
    context: { file, mode: (mode & 0o777).toString(8) },
    exit: exitCode.usage,
  });
}
