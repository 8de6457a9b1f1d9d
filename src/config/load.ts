import * as v from 'valibot';
import { buildConfig } from './build.ts';
import type { Config } from './config.ts';
import { applyEnvironment, type Environment, variableOf } from './environment.ts';
import { ConfigError, type ConfigFault } from './fault.ts';
import { type Finding, findFaults } from './find-faults.ts';
import { parseToml } from './parse-toml.ts';
import { readConfigFile } from './read-file.ts';
import { fileSchema } from './schema.ts';

export const defaultFile = '/etc/visitlog/visitlog.toml';

export interface LoadOptions {
  /** What `--config` names. Without it `$VISITLOG_CONFIG`, else `/etc/visitlog/visitlog.toml`. */
  readonly file?: string | undefined;
  readonly env: Environment;
  /** Where a file is looked for that nobody named. */
  readonly usualFile?: string;
  /** `line`: the command cannot work without a `[[line]]`. Without it a missing file at the usual place is no fault. */
  readonly required?: 'line';
}

/** A configuration with what is needed to say where each of its values came from. */
export interface LoadedConfig {
  readonly config: Config;
  /** The file that was read, or null: there is none, and all is default or environment. */
  readonly file: string | null;
  /** The file's text; empty without one. */
  readonly text: string;
  /** The file's keys and the environment's over them, as they were written. */
  readonly document: Readonly<Record<string, unknown>>;
  readonly env: Environment;
}

/**
 * Finds, reads and checks the configuration; touches nothing but the file.
 * Throws `AppError` `config.not-found` and `config.unreadable`, and `ConfigError` `config.syntax` and
 * `config.invalid` (with every fault), all of them with exit 2.
 */
export async function loadConfig(options: LoadOptions): Promise<LoadedConfig> {
  const named = options.file ?? (options.env.VISITLOG_CONFIG || undefined);
  const file = named ?? options.usualFile ?? defaultFile;
  const text = await readConfigFile(file, named === undefined && options.required === undefined);
  const document = applyEnvironment(text === null ? {} : await parseToml(file, text), options.env);
  const findings = findFaults(document);
  if (options.required === 'line' && hasNoLine(document)) findings.push(noLine);
  if (findings.length > 0) throw await invalid(findings, file, text ?? '', options.env);
  const config = buildConfig(v.parse(fileSchema, document), options.env);
  return { config, file: text === null ? null : file, text: text ?? '', document, env: options.env };
}

const noLine: Finding = {
  kind: 'no-line',
  path: [],
  message:
    'no [[line]]; a gateway needs one with a port, such as port = "/dev/serial/by-id/usb-…-if02-port0"',
};

const hasNoLine = ({ line }: Record<string, unknown>) =>
  line === undefined || (Array.isArray(line) && line.length === 0);

async function invalid(
  findings: readonly Finding[],
  file: string,
  text: string,
  env: Environment,
): Promise<ConfigError> {
  // Only a faulty file needs the columns of a terminal and a parser that knows where keys stand.
  const { placeFaults } = await import('./place-faults.ts');
  const { locateKeys } = await import('./locate.ts');
  const faults = placeFaults(findings, file, text, await locateKeys(text)).map((fault) => {
    const variable = variableOf(fault.key, env);
    return variable === null
      ? fault
      : { ...fault, source: variable, line: null, column: null, excerpt: null };
  });
  return new ConfigError('config.invalid', faults as [ConfigFault, ...ConfigFault[]]);
}
