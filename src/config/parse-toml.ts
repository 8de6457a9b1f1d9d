import { parse, TomlError } from 'smol-toml';
import { ConfigError, type ConfigFault } from './fault.ts';

/** The tables and values of a TOML text. Throws `ConfigError` `config.syntax` with the place and a caret. */
export async function parseToml(file: string, text: string): Promise<Record<string, unknown>> {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const { line, column, message, facts } = describe(text, error);
    const { excerptLine } = await import('./excerpt.ts');
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
