import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { hostMemberName, isSiteOf } from './host-role.ts';
import type { Environment } from './rules.ts';
import {
  namedSettings,
  type Setting,
  type settings,
  settingsOf,
  type TableName,
  tableNames,
} from './settings.ts';

type PropertyName<S> = S extends Setting<unknown, infer Name> ? Name : never;
type SettingValue<S> = S extends Setting<infer Value> ? Value : never;
type TableValues<Table> = {
  readonly [Key in keyof Table as PropertyName<Table[Key]>]: SettingValue<Table[Key]>;
};

type AllSettings = typeof settings;

/** One modem with its SIM and receiving number; its values are those of `settings.line`. */
export type LineConfig = TableValues<AllSettings['line']>;

/** The whole configuration, checked and complete, as `settings` says. Durations are milliseconds, paths absolute. */
export type Config = TableValues<AllSettings['top']> & {
  readonly [Table in Exclude<TableName, 'top' | 'line'>]: TableValues<AllSettings[Table]>;
} & { readonly lines: readonly LineConfig[] };

/** Whether this host is a site of a central register, by its configuration. */
export function isSite({ central, holder }: Pick<Config, 'central' | 'holder'>): boolean {
  return central.url !== null && holder.name === null && central.holders.length > 0;
}

/** A TOML text's tables and values, as they were written. */
export type TomlDocument = Readonly<Record<string, unknown>>;

/** A table as TOML readers give it; a date, a list and null are none. */
export function isTable(value: unknown): value is TomlDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** The document with the environment's values in place of the file's. A variable set to nothing is not set. */
export function applyEnvironment(document: TomlDocument, env: Environment): TomlDocument {
  const result: Record<string, unknown> = { ...document };
  for (const { table, key, setting } of namedSettings) {
    const value = setting.variable && env[setting.variable];
    if (!value) continue;
    if (table === 'top') result[key] = value;
    // A value in place of the table stays, so that it is reported as a fault.
    else if (isTable(result[table] ?? {}))
      result[table] = { ...(result[table] as TomlDocument), [key]: value };
  }
  return result;
}

/** The variable that gives this key its value, or null. */
export function variableOf(name: string, env: Environment): string | null {
  const variable = namedSettings.find((each) => each.name === name)?.setting.variable;
  return variable !== undefined && env[variable] ? variable : null;
}

/** The document with the values of all keys that were left out. Faults in it stay. */
export function completeDocument(document: TomlDocument): TomlDocument {
  const top = { ...defaultsOf('top'), ...document };
  const tables = tableNames.map((name) => [name, withDefaults(name, document[name] ?? {})]);
  // A gateway that is moved by one key takes its keyring along.
  const keyFile = typeof top.data_dir === 'string' ? join(top.data_dir, 'keyring') : undefined;
  return {
    key_file: keyFile,
    ...top,
    ...Object.fromEntries(tables),
    central: withGatewayName(withDefaults('central', document.central ?? {}), document.holder),
    line: completeLines(document.line ?? []),
  };
}

/** A site's gateway is called as its host is. */
function withGatewayName(central: unknown, holder: unknown): unknown {
  if (!isTable(central) || (central.gateway ?? '') !== '') return central;
  const isSite = isSiteOf(central, isTable(holder) ? holder : {});
  return { ...central, gateway: isSite ? (hostMemberName() ?? '') : '' };
}

function defaultsOf(table: TableName): TomlDocument {
  const settled = Object.entries(settingsOf(table) ?? {}).filter(([, entry]) => entry.default !== undefined);
  return Object.fromEntries(settled.map(([key, entry]) => [key, entry.default]));
}

function withDefaults(table: TableName, written: unknown): unknown {
  return isTable(written) ? { ...defaultsOf(table), ...written } : written;
}

function completeLines(lines: unknown): unknown {
  if (!Array.isArray(lines)) return lines;
  const taken = new Set<unknown>(lines.map((line) => isTable(line) && line.name));
  return lines.map((line: unknown, index) => {
    if (!isTable(line)) return line;
    const name = line.name ?? freeName(index + 1, taken);
    taken.add(name);
    return withDefaults('line', { ...line, name });
  });
}

/** `line1` for the first line, unless another line was given that name. */
function freeName(place: number, taken: ReadonlySet<unknown>): string {
  for (let number = place; ; number += 1) if (!taken.has(`line${number}`)) return `line${number}`;
}

/** The configuration as the program uses it, frozen, out of a complete document without a fault. */
export function buildConfig(complete: TomlDocument, env: Environment): Config {
  const values = (table: TableName, written: unknown) =>
    Object.fromEntries(
      Object.entries(settingsOf(table) ?? {}).map(([key, { as, rule }]) => [
        as,
        rule.read((written as TomlDocument)[key], env),
      ]),
    );
  const tables = tableNames.map((name) => [name, values(name, complete[name])]);
  const lines = (complete.line as readonly unknown[]).map((line) => values('line', line));
  // The rules of one table make both the values and their types.
  return freeze({ ...values('top', complete), ...Object.fromEntries(tables), lines }) as unknown as Config;
}

function freeze<T extends object>(value: T): T {
  for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) freeze(inner);
  return Object.freeze(value);
}

/** The keys outside of lines whose values differ, by when the change takes effect. */
export function changedKeys(now: Config, next: Config): Readonly<Record<Setting['takesEffect'], string[]>> {
  const changed: Record<Setting['takesEffect'], string[]> = { reload: [], restart: [], command: [] };
  for (const each of namedSettings)
    if (each.table !== 'line' && !isDeepStrictEqual(valueIn(now, each), valueIn(next, each)))
      changed[each.setting.takesEffect].push(each.name);
  return changed;
}

/** `next`, with the values of `now` for the keys that only a restart changes. */
export function holdUntilRestart(now: Config, next: Config): Config {
  const held: Record<string, unknown> = { ...next };
  for (const each of namedSettings) {
    const { table, setting } = each;
    if (table === 'line' || setting.takesEffect !== 'restart') continue;
    const value = { [setting.as]: valueIn(now, each) };
    if (table === 'top') Object.assign(held, value);
    else held[table] = { ...(held[table] as TomlDocument), ...value };
  }
  return held as unknown as Config;
}

function valueIn(config: Config, { table, setting }: (typeof namedSettings)[number]): unknown {
  const values: Readonly<Record<string, unknown>> = config;
  return table === 'top' ? values[setting.as] : (values[table] as TomlDocument)[setting.as];
}
