import stringWidth from 'string-width';
import { ConfigFault, type ConfigFaultPlace } from '../words/config-faults.ts';
import { variableOf } from './config.ts';
import { isSecret, type UnplacedFault } from './find-faults.ts';
import { type KeyPosition, type KeyPositions, pathName } from './locate.ts';
import type { Environment } from './rules.ts';

/** Shows nothing of a line after the key's `=`: the value of an unknown key may be a secret. */
function excerptKey(text: string, position: KeyPosition): string {
  const line = lineOf(text, position);
  const equals = line.indexOf('=', position.endColumn - 1);
  return withCaret(equals < 0 ? line : `${line.slice(0, equals + 1)} …`, position);
}

export function excerptLine(text: string, position: KeyPosition): string {
  return withCaret(lineOf(text, position), position);
}

const lineOf = (text: string, { line }: KeyPosition) => text.split(/\r?\n/)[line - 1] ?? '';

/** Hangul before the key takes two columns of a terminal, and a tab is as wide as a tab. */
function withCaret(line: string, position: KeyPosition): string {
  const before = line.slice(0, position.column - 1);
  const indent = before.replace(/[^\t]+/g, (run) => ' '.repeat(stringWidth(run)));
  const marked = line.slice(position.column - 1, position.endColumn - 1);
  return `${line}\n${indent}${'^'.repeat(Math.max(1, stringWidth(marked)))}`;
}

/** The sources of the values. */
export interface ConfigSources {
  readonly file: string;
  readonly text: string;
  readonly env: Environment;
}

/** In the order of the file; what has no position in it comes last. */
export function placeFaults(
  faults: readonly UnplacedFault[],
  sources: ConfigSources,
  positions: KeyPositions,
): ConfigFault[] {
  const order = ({ place: { line, column } }: ConfigFault) =>
    (line ?? Number.MAX_SAFE_INTEGER) * 1_000 + (column ?? 0);
  return faults
    .map((fault) => new ConfigFault(fault.kind, fault.facts, placeOf(fault, sources, positions)))
    .toSorted((one, other) => order(one) - order(other));
}

function placeOf(
  { kind, path }: UnplacedFault,
  { file, text, env }: ConfigSources,
  positions: KeyPositions,
): ConfigFaultPlace {
  const variable = variableOf(path.join('.'), env);
  // The key itself, or the table that should have it.
  const position = positions.get(pathName(path)) ?? positions.get(pathName(path.slice(0, -1)));
  if (variable !== null || position === undefined)
    return { source: variable ?? file, line: null, column: null, excerpt: null };
  const excerpt =
    kind === 'unknown-key' || isSecret(path) ? excerptKey(text, position) : excerptLine(text, position);
  return { source: file, line: position.line, column: position.column, excerpt };
}
