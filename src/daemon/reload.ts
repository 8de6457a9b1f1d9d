import { AppError, messageOf } from '../base/errors.ts';
import type { Config } from '../config/config.ts';
import { ConfigError, formatFault } from '../config/fault.ts';
import type { ConfigChange } from './config-change.ts';
import type { Log } from './log/log.ts';

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
  if (error instanceof ConfigError)
    for (const fault of error.faults)
      log.write('error', 'config.refused', { code: error.code, fault: formatFault(fault) });
  else
    log.write('error', 'config.refused', {
      code: error instanceof AppError ? error.code : 'internal',
      fault: messageOf(error),
    });
}
