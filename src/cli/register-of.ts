import type { Clock } from '../base/clock.ts';
import { AppError } from '../base/errors.ts';
import type { Config } from '../config/config.ts';
import { bringUpToDate } from '../store/database/database.ts';
import { openRegister } from '../store/register.ts';
import type { Register, RegisterOptions, Role } from '../store/register-types.ts';
import type { Configured } from './configured.ts';

/** Opens the configured register for as long as `work` takes, and brings it up to date first. */
export async function withRegister<T>(
  { config, shell }: Pick<Configured, 'config' | 'shell'>,
  role: Role,
  work: (register: Register) => Promise<T>,
): Promise<T> {
  const options = registerOptionsOf(config, shell.clock, role);
  const register = upToDate(config.dataDir, () => openRegister(options));
  try {
    return await work(register);
  } finally {
    register.close();
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

export function registerOptionsOf(config: Config, clock: Clock, role: Role): RegisterOptions {
  return {
    dataDir: config.dataDir,
    keyFile: config.keyFile,
    retentionMs: config.retention.periodMs,
    algorithm: config.cipher.algorithm,
    masterFile: config.cipher.masterFile,
    clock,
    role,
  };
}
