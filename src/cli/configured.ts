import { openZone, type Zone } from '../base/zone.ts';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load.ts';
import type { Invocation } from './shell.ts';

/** A command's invocation, with the configuration that it works by. */
export interface Configured extends Invocation {
  readonly config: Config;
  /** Null if there is none. */
  readonly configFile: string | null;
  /** The zone of times that name none. */
  readonly zone: Zone;
}

/** Loads the configuration that the command line names; a command does it once. Errors: `config.…`. */
export async function configured(invocation: Invocation): Promise<Configured> {
  const { globals, shell } = invocation;
  const { config, file } = await loadConfig({ file: globals.config, env: shell.env });
  return { ...invocation, config, configFile: file, zone: openZone(config.timeZone) };
}
