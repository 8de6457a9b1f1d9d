import { join } from 'node:path';
import type { Config, LineConfig } from './config.ts';
import type { Environment } from './environment.ts';
import type { CheckedFile } from './schema.ts';

/** The configuration as the program uses it: frozen, with its own names and what was left out filled in. */
export function buildConfig(file: CheckedFile, env: Environment): Config {
  return freeze({
    timeZone: file.time_zone,
    dataDir: file.data_dir,
    keyFile: file.key_file ?? keyFileIn(file.data_dir),
    numbering: { country: file.numbering.country, areaCode: file.numbering.area_code },
    retention: {
      periodMs: file.retention.period,
      sweepIntervalMs: file.retention.sweep_interval,
      sweepMaxShare: file.retention.sweep_max_share,
      auditPeriodMs: file.retention.audit_period,
    },
    lines: nameLines(file.line, env),
    cipher: { algorithm: file.cipher.algorithm, masterFile: masterFileOf(file.cipher.master, env) },
    disk: { reserveBytes: file.disk.reserve, alarmBytes: file.disk.alarm },
    log: file.log,
    status: { socket: file.status.socket || null },
    metrics: { listen: file.metrics.listen || null, textfile: file.metrics.textfile || null },
    export: { smallCells: file.export.small_cells },
    poster: { contact: file.poster.contact || null },
  });
}

export const keyFileIn = (dataDir: string) => join(dataDir, 'keyring');

/** Where systemd keeps the credentials of the running service, for commands that are run beside it. */
const serviceCredentials = '/run/credentials/visitlog.service';

function masterFileOf(master: string, env: Environment): string | null {
  return secretFileOf(master.replace(/^file:/, ''), env);
}

/** The path of a secret that is given by its own, or as `credential:` and a name. */
function secretFileOf(place: string, env: Environment): string | null {
  const [, name] = /^credential:(.*)$/.exec(place) ?? [];
  return name === undefined ? place || null : join(env.CREDENTIALS_DIRECTORY || serviceCredentials, name);
}

function nameLines(lines: CheckedFile['line'], env: Environment): LineConfig[] {
  const taken = new Set(lines.map((line) => line.name));
  return lines.map((line, index) => {
    const name = line.name ?? freeName(index + 1, taken);
    taken.add(name);
    return {
      name,
      port: line.port,
      baudRate: line.baud_rate,
      number: line.number || null,
      pinFile: secretFileOf(line.pin_file, env),
      pollIntervalMs: line.poll_interval,
      resetCommand: [...line.reset_command],
      quietAlarmMs: line.quiet_alarm,
      quietHours: line.quiet_hours || null,
    };
  });
}

/** `line1` for the first line, unless another line was given that name. */
function freeName(place: number, taken: ReadonlySet<string | undefined>): string {
  for (let number = place; ; number += 1) if (!taken.has(`line${number}`)) return `line${number}`;
}

function freeze<T extends object>(value: T): T {
  for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) freeze(inner);
  return Object.freeze(value);
}
