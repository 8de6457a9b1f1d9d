import { isDeepStrictEqual } from 'node:util';
import type { Config, LineConfig } from '../config/config.ts';
import { ConfigError, formatFault } from '../config/fault.ts';
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

interface Key {
  readonly name: string;
  readonly of: (config: Config) => unknown;
}

/** Taken up while the gateway runs. */
const liveKeys: readonly Key[] = [
  { name: 'numbering.country', of: ({ numbering }) => numbering.country },
  { name: 'numbering.area_code', of: ({ numbering }) => numbering.areaCode },
  { name: 'retention.sweep_interval', of: ({ retention }) => retention.sweepIntervalMs },
  { name: 'retention.sweep_max_share', of: ({ retention }) => retention.sweepMaxShare },
  { name: 'retention.audit_period', of: ({ retention }) => retention.auditPeriodMs },
  { name: 'disk.reserve', of: ({ disk }) => disk.reserveBytes },
  { name: 'disk.alarm', of: ({ disk }) => disk.alarmBytes },
  { name: 'log.level', of: ({ log }) => log.level },
  { name: 'log.format', of: ({ log }) => log.format },
];

/** Held by what is open: files, keys, sockets. */
const startKeys: readonly Key[] = [
  { name: 'time_zone', of: ({ timeZone }) => timeZone },
  { name: 'data_dir', of: ({ dataDir }) => dataDir },
  { name: 'key_file', of: ({ keyFile }) => keyFile },
  { name: 'retention.period', of: ({ retention }) => retention.periodMs },
  { name: 'cipher.algorithm', of: ({ cipher }) => cipher.algorithm },
  { name: 'cipher.master', of: ({ cipher }) => cipher.masterFile },
  { name: 'status.socket', of: ({ status }) => status.socket },
  { name: 'metrics.listen', of: ({ metrics }) => metrics.listen },
  { name: 'metrics.textfile', of: ({ metrics }) => metrics.textfile },
];

/** Every key that is looked at, but the lines'. */
export const comparedKeys: readonly string[] = [...liveKeys, ...startKeys].map(({ name }) => name);

export function compareConfigs(now: Config, next: Config): ConfigChange {
  const differing = (keys: readonly Key[]) =>
    keys.filter(({ of }) => !isDeepStrictEqual(of(now), of(next))).map(({ name }) => name);
  const lines = new Map(now.lines.map((line) => [line.name, line]));
  const stays = new Set(next.lines.map(({ name }) => name));
  return {
    live: differing(liveKeys),
    atRestart: differing(startKeys),
    added: next.lines.filter(({ name }) => !lines.has(name)),
    removed: [...lines.keys()].filter((name) => !stays.has(name)),
    changed: next.lines.filter((line) => {
      const before = lines.get(line.name);
      return before !== undefined && !isDeepStrictEqual(before, line);
    }),
    config: {
      ...next,
      timeZone: now.timeZone,
      dataDir: now.dataDir,
      keyFile: now.keyFile,
      retention: { ...next.retention, periodMs: now.retention.periodMs },
      cipher: now.cipher,
      status: now.status,
      metrics: now.metrics,
    },
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
      log.write('error', 'config.refused', { code: error.code, fault: formatFault(fault) });
    return;
  }
  const { code, message } = failureFields(error);
  log.write('error', 'config.refused', { code, fault: message });
}
