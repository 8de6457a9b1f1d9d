import { registerOptionsOf } from '../../daemon/register-options.ts';
import { type AuditReader, openAuditReader } from '../../store/audit/audit-reader.ts';
import type { RegisterOptions } from '../../store/register-types.ts';
import { upToDate } from '../../store/up-to-date.ts';
import { type Configured, configured } from '../configured.ts';
import type { Invocation } from '../shell.ts';

export interface AuditSession extends Configured {
  readonly options: RegisterOptions;
  readonly reader: AuditReader;
}

/** Opens the audit log of the configured register for reading, for as long as `work` takes. */
export async function readingAudit<T>(
  given: Invocation,
  work: (session: AuditSession) => Promise<T>,
): Promise<T> {
  const invocation = await configured(given);
  const { config, shell } = invocation;
  const options = registerOptionsOf(config, shell.clock, 'tool');
  const reader = upToDate(config.dataDir, () => openAuditReader(options));
  try {
    return await work({ ...invocation, options, reader });
  } finally {
    reader.close();
  }
}
