import * as v from 'valibot';
import { koreanTime } from '../base/korean-time.ts';
import * as value from './values.ts';

/** Every key of the configuration with its rule and its default, table by table, as SPEC.md orders them. */
export const topLevel = {
  time_zone: v.optional(value.timeZone, koreanTime.zone),
  data_dir: v.optional(value.path('/var/lib/visitlog'), '/var/lib/visitlog'),
  // Left out, it stands in data_dir: a gateway that is moved by one key takes its keyring along.
  key_file: v.optional(value.path('/var/lib/visitlog/keyring')),
};

export const tables = {
  numbering: {
    country: v.optional(value.oneOf('KR'), 'KR'),
    area_code: v.optional(value.areaCode, '031'),
  },
  retention: {
    period: v.optional(value.duration('1h', '366d', '28d'), '28d'),
    sweep_interval: v.optional(value.duration('1s', '24h', '1h'), '1h'),
    sweep_max_share: v.optional(value.share, '25%'),
    audit_period: v.optional(value.duration('1d', '3660d', '730d'), '730d'),
  },
  cipher: {
    algorithm: v.optional(value.oneOf('aes-256-gcm', 'aria-256-gcm'), 'aes-256-gcm'),
    master: v.optional(value.secretPlace, ''),
  },
  disk: {
    reserve: v.optional(value.size('1MiB', '10GiB', '32MiB'), '32MiB'),
    alarm: v.optional(value.size('1MiB', '1024GiB', '200MiB'), '200MiB'),
  },
  log: {
    level: v.optional(value.oneOf('error', 'warn', 'info', 'debug'), 'info'),
    format: v.optional(value.oneOf('json', 'text'), 'json'),
  },
  status: {
    socket: v.optional(
      value.optionalSocketPath('/run/visitlog/visitlog.sock'),
      '/run/visitlog/visitlog.sock',
    ),
  },
  metrics: {
    listen: v.optional(value.loopbackAddress, ''),
    textfile: v.optional(value.textfile, ''),
  },
  export: {
    small_cells: v.optional(value.wholeNumber(1, 1_000), 5),
  },
  poster: {
    contact: v.optional(value.contact, ''),
  },
};

/** A `[[line]]`. Its name, left out, is `line1`, `line2` … by its place in the file. */
export const lineTable = {
  name: v.optional(value.lineName),
  port: value.linePort,
  baud_rate: v.optional(value.wholeNumber(300, 4_000_000), 115_200),
  number: v.optional(value.receivingNumber, ''),
  pin_file: v.optional(value.secretFile('/etc/visitlog/line1.pin'), ''),
  poll_interval: v.optional(value.duration('1s', '1h', '30s'), '30s'),
  reset_command: v.optional(value.command, []),
  quiet_alarm: v.optional(value.optionalDuration('1h', '30d', '1d'), '1d'),
  quiet_hours: v.optional(value.optionalHours, '02:00-05:00'),
};

/** Keys it does not know are left to `find-faults.ts`: valibot's strict object reports the first one only. */
function table<const E extends v.ObjectEntries>(entries: E) {
  return v.object(entries, 'a table of keys');
}

export const fileSchema = table({
  ...topLevel,
  numbering: v.optional(table(tables.numbering), {}),
  retention: v.optional(table(tables.retention), {}),
  line: v.optional(v.array(table(lineTable), 'one [[line]] table for each line, with two brackets'), []),
  cipher: v.optional(table(tables.cipher), {}),
  disk: v.optional(table(tables.disk), {}),
  log: v.optional(table(tables.log), {}),
  status: v.optional(table(tables.status), {}),
  metrics: v.optional(table(tables.metrics), {}),
  export: v.optional(table(tables.export), {}),
  poster: v.optional(table(tables.poster), {}),
});

export type CheckedFile = v.InferOutput<typeof fileSchema>;

/** The keys that a table knows; `` is the top of the file. Null: there is no such table. */
export function keysOf(tableName: string): readonly string[] | null {
  if (tableName === '') return [...Object.keys(topLevel), ...Object.keys(tables), 'line'];
  if (tableName === 'line') return Object.keys(lineTable);
  const entries = Object.entries(tables).find(([name]) => name === tableName)?.[1];
  return entries ? Object.keys(entries) : null;
}

/** Every key in full (`retention.period`, `line.port`), as `config show` and the example file list them. */
export const settingKeys: readonly string[] = [
  ...Object.keys(topLevel),
  ...[...Object.keys(tables), 'line'].flatMap((name) => (keysOf(name) ?? []).map((key) => `${name}.${key}`)),
];
