import { readFile } from 'node:fs/promises';
import { type AppError, exitCode, messageOf, systemCodeOf, WordedError } from '../base/errors.ts';
import { syntaxError } from './parse-toml.ts';

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
