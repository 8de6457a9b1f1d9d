import { completeDocument, variableOf } from './config.ts';
import { type KeyPath, valueAt } from './find-faults.ts';
import type { LoadedConfig } from './load.ts';
import { locateKeys, pathName } from './locate.ts';
import { namedSettings } from './settings.ts';

/** The source of a value. */
type ValueOrigin =
  | { readonly kind: 'default' }
  | { readonly kind: 'file'; readonly file: string; readonly line: number | null }
  | { readonly kind: 'environment'; readonly variable: string };

/** A row of `config show`. */
interface ExplainedSetting {
  /** In full: `retention.period`; a line's keys by the line's name: `line.line1.port`. */
  readonly key: string;
  /** As TOML writes it. */
  readonly value: string;
  readonly origin: ValueOrigin;
}

/** Every key with the value that counts and where it came from; each line has all of its keys together. */
export async function explainConfig(loaded: LoadedConfig): Promise<readonly ExplainedSetting[]> {
  const { file, text, document, env, config } = loaded;
  const positions = file === null ? new Map() : await locateKeys(text);
  const complete = completeDocument(document);
  const row = (key: string, path: KeyPath): ExplainedSetting => ({
    key,
    value: JSON.stringify(valueAt(complete, path)),
    origin: originOf(key, path),
  });
  function originOf(key: string, path: KeyPath): ValueOrigin {
    const variable = variableOf(key, env);
    if (variable !== null) return { kind: 'environment', variable };
    if (file === null || valueAt(document, path) === undefined) return { kind: 'default' };
    return { kind: 'file', file, line: positions.get(pathName(path))?.line ?? null };
  }
  const outside = namedSettings
    .filter(({ table }) => table !== 'line')
    .map(({ name, table, key }) => row(name, table === 'top' ? [key] : [table, key]));
  const lines = config.lines.flatMap((line, index) =>
    namedSettings
      .filter(({ table }) => table === 'line')
      .map(({ key }) => row(`line.${line.name}.${key}`, ['line', index, key])),
  );
  return [...outside, ...lines];
}

/** `default`, `VISITLOG_LOG_LEVEL`, or `/etc/visitlog/visitlog.toml:7`. */
export function formatOrigin(origin: ValueOrigin): string {
  if (origin.kind === 'default') return 'default';
  if (origin.kind === 'environment') return origin.variable;
  return origin.line === null ? origin.file : `${origin.file}:${origin.line}`;
}
