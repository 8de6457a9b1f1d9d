import { isDeepStrictEqual } from 'node:util';
import { type Config, changedKeys, holdUntilRestart, type LineConfig } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import { failureFields, type Log } from './log/log.ts';

/** What a configuration that was read again changes of the one in use. */
export interface ConfigChange {
  /** Keys that count from now on. */
  readonly live: readonly string[];
  /** Keys that count from the next start on. */
  readonly atRestart: readonly string[];
  readonly added: readonly LineConfig[];
  /** Names of lines that are configured no more. */
  readonly removed: readonly string[];
  /** Lines that have another value of some key, as they are now. */
  readonly changed: readonly LineConfig[];
  /** The configuration that counts from now on: what waits for a start is as it was. */
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

export interface ReloadOptions {
  /** Reads and checks the configuration anew. */
  readonly load: () => Promise<Config>;
  /** Takes up what can be taken up while the gateway runs. */
  readonly apply: (next: Config) => Promise<ConfigChange>;
  readonly log: Log;
}

/** Reads the configuration again and says what took effect. One that has a fault is refused whole. Never throws. */
export async function reloadConfig({ load, apply, log }: ReloadOptions): Promise<ConfigChange | null> {
  try {
    const change = await apply(await load());
    tellChange(log, change);
    return change;
  } catch (error) {
    tellRefusal(log, error);
    return null;
  }
}

function tellChange(log: Log, { live, atRestart, added, removed, changed }: ConfigChange): void {
  const listed = (names: readonly string[]) => (names.length === 0 ? undefined : names.join(', '));
  log.write('info', 'config.reloaded', {
    keys: listed(live),
    lines_added: listed(added.map(({ name }) => name)),
    lines_removed: listed(removed),
    lines_restarted: listed(changed.map(({ name }) => name)),
  });
  if (atRestart.length > 0) log.write('warn', 'config.restart-needed', { keys: listed(atRestart) });
}

function tellRefusal(log: Log, error: unknown): void {
  if (error instanceof ConfigError) {
    for (const fault of error.faults)
      log.write('error', 'config.refused', { code: error.code, fault: fault.say('en') });
    return;
  }
  const { code, message } = failureFields(error);
  log.write('error', 'config.refused', { code, fault: message });
}
