import type { Clock } from '../base/clock.ts';
import type { Config } from '../config/config.ts';
import type { FileIdentity } from '../store/files/own-file.ts';
import type { Records } from '../store/records.ts';
import { openRegister } from '../store/register.ts';
import type { Role } from '../store/register-types.ts';
import { upToDate } from '../store/up-to-date.ts';
import { registerOptionsOf } from './register-options.ts';

/**
 * Opens the records that the configuration says: those of this machine's register, or of the central one that this host
 * holds keys of. The register of this machine is brought up to date first; with `sameAs` it must be that database.
 * Errors: those of `openRegister`, `openCentral`.
 */
export async function openRecords(
  config: Config,
  clock: Clock,
  role: Role,
  sameAs?: FileIdentity,
): Promise<Records> {
  const options = { ...registerOptionsOf(config, clock, role), ...(sameAs ? { sameAs } : {}) };
  if (config.holder.name === null) return upToDate(config.dataDir, () => openRegister(options));
  // PostgreSQL's client is loaded only where there is a central register.
  const { beginSession, openHolder } = await import('./central/open-holder.ts');
  // A reader is a command that somebody waits for.
  const session = role === 'reader' ? await beginSession(config) : undefined;
  try {
    return upToDate(config.dataDir, () => openHolder(config, options, session));
  } catch (error) {
    await session?.close();
    throw error;
  }
}
