import stringWidth from 'string-width';
import type { ConfigFault } from './fault.ts';
import { type Finding, isSecretive, type KeyPath } from './find-faults.ts';
import { type Place, type Places, pathName } from './locate.ts';

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

/** In the order of the file; what has no place comes last. */
export function placeFaults(
  findings: readonly Finding[],
  file: string,
  text: string,
  places: Places,
): ConfigFault[] {
  const faults = findings.map((finding) => placeFault(finding, file, text, places));
  const order = (fault: ConfigFault) => (fault.line ?? Number.MAX_SAFE_INTEGER) * 1_000 + (fault.column ?? 0);
  return faults.toSorted((one, other) => order(one) - order(other));
}

function placeFault(finding: Finding, file: string, text: string, places: Places): ConfigFault {
  const place = finding.path.length === 0 ? undefined : placeOf(finding.path, places);
  const mayHoldSecret = finding.kind === 'unknown-key' || isSecretive(finding.path);
  return {
    kind: finding.kind,
    key: finding.path.join('.'),
    source: file,
    line: place?.line ?? null,
    column: place?.column ?? null,
    message: finding.message,
    allowed: finding.allowed ?? null,
    nearest: finding.nearest ?? null,
    facts: finding.facts ?? {},
    excerpt: place ? (mayHoldSecret ? excerptKey(text, place) : excerptLine(text, place)) : null,
  };
}

/** The key's own place, or that of the table which should have it. */
const placeOf = (path: KeyPath, places: Places) =>
  places.get(pathName(path)) ?? places.get(pathName(path.slice(0, -1)));
