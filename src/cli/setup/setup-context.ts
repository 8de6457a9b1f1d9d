import { type LoadedConfig, loadConfig } from '../../config/load.ts';
import type { Shell } from '../shell.ts';
import type { SetupHost } from './host.ts';

/** The options of `setup`, checked. */
export interface SetupFlags {
  readonly port?: string;
  readonly number?: string;
  readonly areaCode?: string;
  readonly timeZone?: string;
  readonly name?: string;
  readonly pinFile?: string;
  readonly contact?: string;
  readonly yes?: boolean;
  readonly start?: boolean;
  /** How long a first text is waited for, in ms; false: not at all. */
  readonly wait?: number | false;
}

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
