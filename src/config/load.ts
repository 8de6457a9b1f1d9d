import { readFile } from 'node:fs/promises';
import { parse, TomlError } from 'smol-toml';
import * as v from 'valibot';
import { type AppError, exitCode, messageOf, systemCodeOf, WordedError } from '../base/errors.ts';
import { buildConfig, type Config } from './config.ts';
import { applyEnvironment, type Environment, variableOf } from './environment.ts';
import { ConfigError, type ConfigFault } from './fault.ts';
import { type Finding, findFaults } from './find-faults.ts';
import { fileSchema } from './schema.ts';

/** The tables and values of a TOML text. Throws `ConfigError` `config.syntax` with the place and a caret. */
export async function parseToml(file: string, text: string): Promise<Record<string, unknown>> {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const { line, column, message, facts } = describe(text, error);
    const { excerptLine } = await import('./place-faults.ts');
    const excerpt = excerptLine(text, { line, column, endColumn: column + 1 });
    throw syntaxError(file, { line, column, message, excerpt, facts });
  }
}

/** Something unquoted where a text or a duration belongs: the mistake most made, and the parser's word for it helps none. */
const unquoted = /^(\s*[\w.-]+\s*=\s*)(?!(?:true|false|inf|nan)\s*(?:#|$))(?:[A-Za-z/]|\d+[smhd]\s*(?:#|$))/;

function describe(
  text: string,
  error: TomlError,
): Pick<ConfigFault, 'message' | 'facts'> & { line: number; column: number } {
  const { line } = error;
  const bare = unquoted.exec(text.split(/\r?\n/)[line - 1] ?? '');
  if (bare)
    return {
      line,
      column: (bare[1]?.length ?? 0) + 1,
      message: 'not TOML: a text stands in "quotes"',
      facts: { why: 'quotes' },
    };
  const what = (error.message.split('\n')[0] ?? '').replace('Invalid TOML document: ', '');
  return { line, column: error.column, message: `not TOML: ${what}`, facts: { why: 'parser', parser: what } };
}

export function syntaxError(
  source: string,
  fault: Pick<ConfigFault, 'line' | 'column' | 'message' | 'excerpt' | 'facts'>,
): ConfigError {
  return new ConfigError('config.syntax', [
    { kind: 'syntax', key: '', source, allowed: null, nearest: null, ...fault },
  ]);
}

/**
 * The text of a configuration file, or null when there is none and that is allowed.
 * Throws `config.not-found`, `config.unreadable`, and `config.syntax` for what is not UTF-8.
 */
export async function readConfigFile(file: string, mayBeMissing: boolean): Promise<string | null> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const missing = systemCodeOf(error) === 'ENOENT';
    if (missing && mayBeMissing) return null;
    throw missing ? notFound(file) : unreadable(file, error);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw notUtf8(file, bytes);
  }
}

function notFound(file: string): AppError {
  return new WordedError('config.not-found', `${file}: no such configuration file`, {
    exit: exitCode.usage,
    hint: 'Name one with --config or $VISITLOG_CONFIG.',
    context: { file },
  });
}

function unreadable(file: string, cause: unknown): AppError {
  const system = systemCodeOf(cause);
  return new WordedError('config.unreadable', `${file}: cannot be read (${system ?? messageOf(cause)})`, {
    exit: exitCode.usage,
    hint: 'Let the user that visitlog runs as read the file.',
    context: { file, system },
    cause,
  });
}

function notUtf8(file: string, bytes: Uint8Array): AppError {
  const intact = new TextDecoder('utf-8').decode(bytes).split('\uFFFD')[0] ?? '';
  return syntaxError(file, {
    line: intact.split('\n').length,
    column: intact.length - intact.lastIndexOf('\n'),
    message: 'not UTF-8; allowed is a file saved as UTF-8',
    excerpt: null,
    facts: { why: 'utf-8' },
  });
}

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
