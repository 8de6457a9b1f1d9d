import stringWidth from 'string-width';
import type { Place } from './locate.ts';

/** Shows nothing of a line after the key's `=`: what was written to a key that is not ours may be a secret. */
export function excerptKey(text: string, place: Place): string {
  const line = lineOf(text, place);
  const equals = line.indexOf('=', place.endColumn - 1);
  return withCaret(equals < 0 ? line : `${line.slice(0, equals + 1)} …`, place);
}

export function excerptLine(text: string, place: Place): string {
  return withCaret(lineOf(text, place), place);
}

const lineOf = (text: string, place: Place) => text.split(/\r?\n/)[place.line - 1] ?? '';

/** Hangul before the key takes two columns of a terminal, and a tab is as wide as a tab. */
function withCaret(line: string, place: Place): string {
  const before = line.slice(0, place.column - 1);
  const indent = before.replace(/[^\t]+/g, (run) => ' '.repeat(stringWidth(run)));
  const marked = line.slice(place.column - 1, place.endColumn - 1);
  return `${line}\n${indent}${'^'.repeat(Math.max(1, stringWidth(marked)))}`;
}
