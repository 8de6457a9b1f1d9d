import { join } from 'node:path';
import type { Environment } from './environment.ts';
import type { CheckedFile } from './schema.ts';

/** The whole configuration, checked and complete. Durations are milliseconds, paths absolute. */
export interface Config {
  /** IANA name. Days, hours of display and exports are told in it. */
  readonly timeZone: string;
  readonly dataDir: string;
  readonly keyFile: string;
  readonly numbering: {
    readonly country: 'KR';
    /** What a visitor may leave out of an ordinary number: `031`. */
    readonly areaCode: string;
  };
  readonly retention: {
    readonly periodMs: number;
    readonly sweepIntervalMs: number;
    /** The part (of 1) of the living hours that one sweep may end because the clock leapt, unconfirmed. */
    readonly sweepMaxShare: number;
    readonly auditPeriodMs: number;
  };
  readonly lines: readonly LineConfig[];
  readonly cipher: {
    readonly algorithm: 'aes-256-gcm' | 'aria-256-gcm';
    /** The file of the key that the hours' keys are wrapped by, or null: they are not. It is not read here. */
    readonly masterFile: string | null;
  };
  readonly disk: {
    /** Room that texts may not use: the sweep and the audit log need it on a full disk. 0: none is kept. */
    readonly reserveBytes: number;
    /** Less room than this is an alarm. 0: never. */
    readonly alarmBytes: number;
  };
  readonly log: {
    readonly level: 'error' | 'warn' | 'info' | 'debug';
    readonly format: 'json' | 'text';
  };
  /** The socket that answers how the gateway is, or null: none does. */
  readonly status: { readonly socket: string | null };
  /** Null: there is none of it. */
  readonly metrics: {
    /** `host:port` of this machine that serves metrics. */
    readonly listen: string | null;
    /** Where metrics are written for node_exporter. */
    readonly textfile: string | null;
  };
  readonly export: {
    /** `counts` writes a number from 1 to this less 1 as `<5`; 1: every number is written. */
    readonly smallCells: number;
  };
  /** Whom a visitor asks, as the posters print it, or null: the poster command is told. */
  readonly poster: { readonly contact: string | null };
}

/** One modem with its SIM and receiving number. */
export interface LineConfig {
  /** Unique; letters a–z, digits and hyphens. */
  readonly name: string;
  /** A device's absolute path, `tcp://host:port`, or `imei:` and fifteen digits. */
  readonly port: string;
  readonly baudRate: number;
  /** The receiving number as it was written, or null. */
  readonly number: string | null;
  /** The file that holds the SIM's PIN, or null. It is not read here. */
  readonly pinFile: string | null;
  readonly pollIntervalMs: number;
  /** The host's own way to reset the modem: a path and its arguments, or empty. */
  readonly resetCommand: readonly string[];
  /** How long a line may receive nothing before that is an alarm; null: for ever. */
  readonly quietAlarmMs: number | null;
  /** `02:00-05:00` in `timeZone`: when a line that is quiet may be registered anew; null: at any time. */
  readonly quietHours: string | null;
}

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
