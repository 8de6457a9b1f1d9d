import { registerOptionsOf } from '../daemon/register-options.ts';
import type { FileIdentity } from '../store/files/own-file.ts';
import type { Records } from '../store/records.ts';
import { openRegister } from '../store/register.ts';
import type { Role } from '../store/register-types.ts';
import { upToDate } from '../store/up-to-date.ts';
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
