import * as v from 'valibot';
import { keyFileIn } from './config.ts';
import { variableOf } from './environment.ts';
import type { KeyPath } from './find-faults.ts';
import type { LoadedConfig } from './load.ts';
import { locateKeys, type Places, pathName } from './locate.ts';
import { keysOf, lineTable, tables, topLevel } from './schema.ts';

/** Where a value came from. */
export type Origin =
  | { readonly kind: 'default' }
  | { readonly kind: 'file'; readonly file: string; readonly line: number | null }
  | { readonly kind: 'environment'; readonly variable: string };

/** A row of `config show`. */
export interface ExplainedSetting {
  /** In full: `retention.period`; a line's keys by the line's name: `line.line1.port`. */
  readonly key: string;
  /** As TOML writes it. */
  readonly value: string;
  readonly origin: Origin;
}

/** Every key with the value that counts and where it came from, in the order of the example file. */
export async function explainConfig(loaded: LoadedConfig): Promise<readonly ExplainedSetting[]> {
  const places = loaded.file === null ? new Map() : await locateKeys(loaded.text);
  const row = (key: string, path: KeyPath, fallback: unknown) => explain(loaded, places, key, path, fallback);
  const inTables = Object.entries(tables).flatMap(([table, entries]) =>
    Object.entries(entries).map(([key, schema]) =>
      row(`${table}.${key}`, [table, key], v.getDefault(schema)),
    ),
  );
  const top = Object.entries(topLevel).map(([key, schema]) =>
    row(key, [key], v.getDefault(schema) ?? keyFileIn(loaded.config.dataDir)),
  );
  const lines = loaded.config.lines.flatMap((line, index) =>
    (keysOf('line') ?? []).map((key) =>
      row(`line.${line.name}.${key}`, ['line', index, key], lineDefault(key, line.name)),
    ),
  );
  return [...top, ...inTables, ...lines];
}

function lineDefault(key: string, name: string): unknown {
  if (key === 'name') return name;
  return v.getDefault(lineTable[key as keyof typeof lineTable]);
}

function explain(
  loaded: LoadedConfig,
  places: Places,
  key: string,
  path: KeyPath,
  fallback: unknown,
): ExplainedSetting {
  const written = path.reduce<unknown>(
    (value, part) => (value as Record<string | number, unknown> | undefined)?.[part],
    loaded.document,
  );
  const value = JSON.stringify(written ?? fallback);
  const variable = variableOf(key, loaded.env);
  if (variable !== null) return { key, value, origin: { kind: 'environment', variable } };
  if (written === undefined || loaded.file === null) return { key, value, origin: { kind: 'default' } };
  const line = places.get(pathName(path))?.line ?? null;
  return { key, value, origin: { kind: 'file', file: loaded.file, line } };
}

/** `default`, `VISITLOG_LOG_LEVEL`, or `/etc/visitlog/visitlog.toml:7`. */
export function formatOrigin(origin: Origin): string {
  if (origin.kind === 'default') return 'default';
  if (origin.kind === 'environment') return origin.variable;
  return origin.line === null ? origin.file : `${origin.file}:${origin.line}`;
}
