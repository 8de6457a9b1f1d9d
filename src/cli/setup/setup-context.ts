import { type LoadedConfig, loadConfig } from '../../config/load.ts';
import type { Shell } from '../shell.ts';
import type { SetupFlags } from './flags.ts';
import type { SetupHost } from './host.ts';

export interface SetupContext {
  readonly shell: Shell;
  readonly host: SetupHost;
  /** The configuration file, which need not be there yet. */
  readonly target: string;
  readonly flags: SetupFlags;
}

/** The file that was named may be missing: it is made. */
export function loadTarget({ shell, target }: SetupContext): Promise<LoadedConfig> {
  const { VISITLOG_CONFIG: _, ...env } = shell.env;
  return loadConfig({ env, usualFile: target });
}
