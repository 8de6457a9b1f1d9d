import { readFile } from 'node:fs/promises';
import { parse, TomlError } from 'smol-toml';
import { fault, systemCodeOf } from '../base/errors.ts';
import { ConfigFault, type ConfigFaultPlace } from '../words/config-faults.ts';
import { applyEnvironment, buildConfig, type Config, completeDocument, type TomlDocument } from './config.ts';
import { ConfigError } from './config-error.ts';
import { findFaults, type UnplacedFault } from './find-faults.ts';
import type { ConfigSources } from './place-faults.ts';
import type { Environment } from './rules.ts';

export const defaultFile = '/etc/visitlog/visitlog.toml';

export interface LoadOptions {
  /** What `--config` names. Without it `$VISITLOG_CONFIG`, else `/etc/visitlog/visitlog.toml`. */
  readonly file?: string | undefined;
  readonly env: Environment;
  /** Where to look for a file that nobody named. */
  readonly usualFile?: string;
  /** A text that is not on disk yet, in place of the file's. */
  readonly text?: string;
  /** `line`: the command cannot work without a `[[line]]`, but on a register host. Without it a file at the usual place may be missing. */
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
  readonly document: TomlDocument;
  readonly env: Environment;
}

/**
 * Finds, reads and checks the configuration; touches nothing but the file.
 * Throws `config.not-found`, `config.unreadable`, and `ConfigError` `config.syntax` and `config.invalid` with every
 * fault.
 */
export async function loadConfig(options: LoadOptions): Promise<LoadedConfig> {
  const { env, required } = options;
  const named = options.file ?? (env.VISITLOG_CONFIG || undefined);
  const file = named ?? options.usualFile ?? defaultFile;
  const text = options.text ?? (await readConfigFile(file, named === undefined && required === undefined));
  const document = applyEnvironment(text === null ? {} : await parseToml(file, text), env);
  const faults = findFaults(document);
  if (required === 'line' && hasNoLine(document) && !isRegisterHost(document))
    faults.push({ kind: 'no-line', path: [], facts: {} });
  if (faults.length > 0) throw await invalid(faults, { file, text: text ?? '', env });
  const config = buildConfig(completeDocument(document), env);
  return { config, file: text === null ? null : file, text: text ?? '', document, env };
}

/**
 * What a file with faults still says of where its gateway can be asked: its status socket, else the usual one; all else is
 * default.
 */
export async function loadSocketOnly({ file, env, usualFile }: LoadOptions): Promise<Config> {
  const named = file ?? (env.VISITLOG_CONFIG || undefined);
  const socket = await readFile(named ?? usualFile ?? defaultFile, 'utf8').then(
    (text) => socketIn(text),
    () => null,
  );
  const document = completeDocument(socket === null ? {} : { status: { socket } });
  return buildConfig(document, {});
}

function socketIn(text: string): string | null {
  try {
    const { status } = parse(text) as { status?: { socket?: unknown } };
    const socket = status?.socket;
    return typeof socket === 'string' && socket.startsWith('/') ? socket : null;
  } catch {
    return null;
  }
}

const hasNoLine = ({ line }: TomlDocument) =>
  line === undefined || (Array.isArray(line) && line.length === 0);

/** It holds keys, and receives nothing. */
function isRegisterHost({ holder }: TomlDocument): boolean {
  return (
    typeof (holder as { name?: unknown } | undefined)?.name === 'string' &&
    (holder as { name: string }).name !== ''
  );
}

async function invalid(faults: readonly UnplacedFault[], sources: ConfigSources): Promise<ConfigError> {
  // Only a faulty file needs the columns of a terminal and a parser that knows where keys stand.
  const { placeFaults } = await import('./place-faults.ts');
  const { locateKeys } = await import('./locate.ts');
  const placed = placeFaults(faults, sources, await locateKeys(sources.text));
  return new ConfigError('config.invalid', placed as [ConfigFault, ...ConfigFault[]]);
}

/** The text of a configuration file, or null if there is none and that is allowed. */
async function readConfigFile(file: string, mayBeMissing: boolean): Promise<string | null> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    const system = systemCodeOf(cause);
    if (system !== 'ENOENT') throw fault('config.unreadable', { file, system }, { cause });
    if (mayBeMissing) return null;
    throw fault('config.not-found', { file });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw syntaxError(new ConfigFault('not-utf-8', {}, firstBadOctet(file, bytes)));
  }
}

function firstBadOctet(source: string, bytes: Uint8Array): ConfigFaultPlace {
  const intact = new TextDecoder('utf-8').decode(bytes).split('\uFFFD')[0] ?? '';
  const column = intact.length - intact.lastIndexOf('\n');
  return { source, line: intact.split('\n').length, column, excerpt: null };
}

/** The tables and values of a TOML text. Throws `ConfigError` `config.syntax` with the place and a caret. */
export async function parseToml(file: string, text: string): Promise<TomlDocument> {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw await notToml(file, text, error);
  }
}

/** Something unquoted where a text or a duration belongs. */
const unquoted = /^(\s*[\w.-]+\s*=\s*)(?!(?:true|false|inf|nan)\s*(?:#|$))(?:[A-Za-z/]|\d+[smhd]\s*(?:#|$))/;

async function notToml(source: string, text: string, error: TomlError): Promise<ConfigError> {
  const { excerptLine } = await import('./place-faults.ts');
  const { line } = error;
  const beforeBareWord = unquoted.exec(text.split(/\r?\n/)[line - 1] ?? '')?.[1];
  const column = beforeBareWord === undefined ? error.column : beforeBareWord.length + 1;
  const excerpt = excerptLine(text, { line, column, endColumn: column + 1 });
  const place = { source, line, column, excerpt };
  if (beforeBareWord !== undefined) return syntaxError(new ConfigFault('no-quotes', {}, place));
  const parser = (error.message.split('\n')[0] ?? '').replace('Invalid TOML document: ', '');
  return syntaxError(new ConfigFault('not-toml', { parser }, place));
}

const syntaxError = (fault: ConfigFault) => new ConfigError('config.syntax', [fault]);
