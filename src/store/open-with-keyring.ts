import { AppError } from '../base/errors.ts';
import { bringUpToDate } from './database/database.ts';
import { openRegister } from './register.ts';
import type { RegisterOptions } from './register-types.ts';

/**
 * Tries whether a register that is about to be used opens with its keyring: one of another machine, or of a newer visitlog, is
 * found here. Errors: those of `openRegister`.
 */
export function openWithKeyring(options: RegisterOptions): void {
  try {
    void openRegister(options).close();
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'register.older')) throw error;
    bringUpToDate(options.dataDir);
    void openRegister(options).close();
  }
}
