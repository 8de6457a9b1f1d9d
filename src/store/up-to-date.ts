import { AppError } from '../base/errors.ts';
import { bringUpToDate } from './database/database.ts';
import { openRegister } from './register.ts';
import type { RegisterOptions } from './register-types.ts';

/**
 * What `open` opens. A register that an older visitlog used last is brought up to date first, whether the command reads
 * or writes: an officer need not know which do. Error: `register.older` if this user may not change the register.
 */
export function upToDate<T>(dataDir: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    if (!hasCode(error, 'register.older')) throw error;
    try {
      bringUpToDate(dataDir);
    } catch (refused) {
      throw hasCode(refused, 'register.read-only') ? error : refused;
    }
    return open();
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof AppError && error.code === code;
}

/**
 * Tries whether a register that is about to be used opens with its keyring: one of another machine, or of a newer visitlog, is
 * found here. Errors: those of `openRegister`.
 */
export function openWithKeyring(options: RegisterOptions): void {
  void upToDate(options.dataDir, () => openRegister(options)).close();
}
