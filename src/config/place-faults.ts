import { excerptKey, excerptLine } from './excerpt.ts';
import type { ConfigFault } from './fault.ts';
import { type Finding, isSecretive } from './find-faults.ts';
import { type Places, pathName } from './locate.ts';
import type { KeyPath } from './unknown-keys.ts';

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
