import { openZone, type Zone } from '../../base/zone.ts';
import type { Config } from '../../config/config.ts';
import { loadConfig } from '../../config/load.ts';
import { parseWindow, type Window } from '../../export/window.ts';
import { type AuditReader, openAuditReader } from '../../store/audit/audit-reader.ts';
import type { RegisterOptions } from '../../store/register-types.ts';
import { registerOptionsOf, upToDate } from '../register-of.ts';
import type { Invocation } from '../shell.ts';

export interface AuditSession {
  readonly config: Config;
  readonly options: RegisterOptions;
  readonly zone: Zone;
  readonly reader: AuditReader;
}

/** Opens the audit log of the configured register for reading, for as long as `work` takes. */
export async function readingAudit<T>(
  { shell, globals }: Invocation,
  work: (session: AuditSession) => Promise<T>,
): Promise<T> {
  const { config } = await loadConfig({ file: globals.config, env: shell.env });
  const options = registerOptionsOf(config, shell.clock, 'tool');
  const reader = upToDate(config.dataDir, () => openAuditReader(options));
  try {
    return await work({ config, options, zone: openZone(config.timeZone), reader });
  } finally {
    reader.close();
  }
}

export interface WindowFlags {
  readonly from?: string;
  readonly to?: string;
}

/** The window of two options that may both be left out: from the beginning, to the end. */
export async function openWindow({ from, to }: WindowFlags, zone: Zone, nowMs: number): Promise<Window> {
  const window = parseWindow(from ?? '1970-01-02', to ?? '9999-01-01', { zone, nowMs });
  return { fromMs: from === undefined ? 0 : window.fromMs, toMs: window.toMs };
}
