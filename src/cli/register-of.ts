import { AppError } from '../base/errors.ts';
import { registerOptionsOf } from '../daemon/register-options.ts';
import { bringUpToDate } from '../store/database/database.ts';
import type { FileIdentity } from '../store/files/own-file.ts';
import type { Records } from '../store/records.ts';
import { openRegister } from '../store/register.ts';
import type { Role } from '../store/register-types.ts';
import type { Configured } from './configured.ts';

/**
 * Opens the configured register for as long as `work` takes, and brings it up to date first. With `sameAs` it must be
 * that database.
 */
export async function withRegister<T>(
  { config, shell }: Pick<Configured, 'config' | 'shell'>,
  role: Role,
  work: (register: Records) => Promise<T>,
  sameAs?: FileIdentity,
): Promise<T> {
  const options = { ...registerOptionsOf(config, shell.clock, role), ...(sameAs ? { sameAs } : {}) };
  const register = upToDate(config.dataDir, () => openRegister(options));
  try {
    return await work(register);
  } finally {
    await register.close();
  }
}

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
