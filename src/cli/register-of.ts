import { openRecords } from '../daemon/open-records.ts';
import type { FileIdentity } from '../store/files/own-file.ts';
import type { Records } from '../store/records.ts';
import type { Role } from '../store/register-types.ts';
import type { Configured } from './configured.ts';
import { noteInterruptions } from './shell.ts';

/** Opens the configured records for as long as `work` takes (daemon/open-records.ts). */
export async function withRegister<T>(
  { config, shell }: Pick<Configured, 'config' | 'shell'>,
  role: Role,
  work: (register: Records) => Promise<T>,
  sameAs?: FileIdentity,
): Promise<T> {
  // From here on also a command that ended at once: what has begun to be written is written to its end.
  if (role !== 'reader') noteInterruptions(shell);
  const register = await openRecords(config, shell.clock, role, sameAs);
  try {
    return await work(register);
  } finally {
    await register.close();
  }
}

/** The register of this very machine, on a register host too: whether or not the central one answers. */
export function withOwnRegister<T>(
  { config, shell }: Pick<Configured, 'config' | 'shell'>,
  role: Role,
  work: (register: Records) => Promise<T>,
): Promise<T> {
  const alone = { ...config, holder: { ...config.holder, name: null } };
  return withRegister({ config: alone, shell }, role, work);
}
