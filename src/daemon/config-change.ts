import { isDeepStrictEqual } from 'node:util';
import { type Config, changedKeys, holdUntilRestart, type LineConfig } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import { failureFields, type Log } from './log/log.ts';

/** The differences between the configuration in use and one that was read again. */
export interface ConfigChange {
  /** Keys that apply from now on. */
  readonly live: readonly string[];
  /** Keys that apply from the next start on. */
  readonly atRestart: readonly string[];
  readonly added: readonly LineConfig[];
  /** Names of lines that are not configured any more. */
  readonly removed: readonly string[];
  /** Lines with another value of some key, as they are now. */
  readonly changed: readonly LineConfig[];
  /** The configuration from now on; keys that need a start keep their values. */
  readonly config: Config;
}

export function compareConfigs(now: Config, next: Config): ConfigChange {
  const keys = changedKeys(now, next);
  const lines = new Map(now.lines.map((line) => [line.name, line]));
  const stays = new Set(next.lines.map(({ name }) => name));
  return {
    live: keys.reload,
    atRestart: keys.restart,
    added: next.lines.filter(({ name }) => !lines.has(name)),
    removed: [...lines.keys()].filter((name) => !stays.has(name)),
    changed: next.lines.filter((line) => {
      const before = lines.get(line.name);
      return before !== undefined && !isDeepStrictEqual(before, line);
    }),
    config: holdUntilRestart(now, next),
  };
}

interface ReloadOptions {
  /** Reads and checks the configuration anew. */
  readonly load: () => Promise<Config>;
  /** Applies what can be applied while the gateway runs. */
  readonly apply: (next: Config) => Promise<ConfigChange>;
  readonly log: Log;
}

/** Reads the configuration again and logs what took effect. One with a fault is refused completely. Never throws. */
export async function reloadConfig({ load, apply, log }: ReloadOptions): Promise<ConfigChange | null> {
  try {
    const change = await apply(await load());
    logChange(log, change);
    return change;
  } catch (error) {
    logRefusal(log, error);
    return null;
  }
}

function logChange(log: Log, { live, atRestart, added, removed, changed }: ConfigChange): void {
  const listed = (names: readonly string[]) => (names.length === 0 ? undefined : names.join(', '));
  log.write('info', 'config.reloaded', {
    keys: listed(live),
    lines_added: listed(added.map(({ name }) => name)),
    lines_removed: listed(removed),
    lines_restarted: listed(changed.map(({ name }) => name)),
  });
  if (atRestart.length > 0) log.write('warn', 'config.restart-needed', { keys: listed(atRestart) });
}

function logRefusal(log: Log, error: unknown): void {
  if (error instanceof ConfigError) {
    for (const fault of error.faults)
      log.write('error', 'config.refused', { code: error.code, fault: fault.say('en') });
    return;
  }
  const { code, message } = failureFields(error);
  log.write('error', 'config.refused', { code, fault: message });
}
