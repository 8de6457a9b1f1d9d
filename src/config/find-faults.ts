import * as v from 'valibot';
import type { FaultFacts, FaultKind } from './fault.ts';
import { fileSchema, keysOf, lineTable, settingKeys } from './schema.ts';

/** Where a key stands: `['retention', 'period']`, `['line', 1, 'port']`. */
export type KeyPath = readonly (string | number)[];

/** A table as TOML readers give it; a date, a list and null are none. */
export function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** Every key of the document that the schema does not know, in the order of the document. */
export function unknownKeys(document: Record<string, unknown>): KeyPath[] {
  return Object.entries(document).flatMap(([name, value]): KeyPath[] => {
    if (!(keysOf('') ?? []).includes(name)) return [[name]];
    const known = keysOf(name);
    if (!known) return [];
    if (isTable(value)) return strangers(value, known, [name]);
    if (!Array.isArray(value)) return [];
    return value.flatMap((entry, index) => (isTable(entry) ? strangers(entry, known, [name, index]) : []));
  });
}

function strangers(table: Record<string, unknown>, known: readonly string[], at: KeyPath): KeyPath[] {
  return Object.keys(table)
    .filter((key) => !known.includes(key))
    .map((key) => [...at, key]);
}

/**
 * The key that was probably meant by one that is unknown: the nearest of the same table by its bare name
 * (`port`), else a key that belongs elsewhere by its full name (`retention.period`); null when none is near.
 */
export function nearestKey(tableName: string, key: string): string | null {
  const wanted = plain(key);
  const tolerance = Math.min(3, Math.ceil(wanted.length / 2));
  const sibling = nearest(wanted, keysOf(tableName) ?? [], tolerance, (candidate) => candidate);
  return sibling ?? nearest(wanted, settingKeys, 1, (full) => full.slice(full.lastIndexOf('.') + 1));
}

function nearest(
  wanted: string,
  candidates: readonly string[],
  tolerance: number,
  nameOf: (candidate: string) => string,
): string | null {
  let best: string | null = null;
  let bestDistance = tolerance + 1;
  for (const candidate of candidates) {
    const name = plain(nameOf(candidate));
    const isShortForm = wanted.length >= 3 && name.startsWith(wanted) && name !== wanted;
    const distance = isShortForm ? 1 : editDistance(wanted, name);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** `baudRate`, `baud-rate` and `BAUD_RATE` are one wish. */
const plain = (key: string) => key.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
export function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (last[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      let least = Math.min(replaced, (last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) least = Math.min(least, (beforeLast[column - 2] ?? 0) + 1);
      current.push(least);
    }
    [beforeLast, last] = [last, current];
  }
  return last[to.length] ?? 0;
}

/** A fault before anyone has looked where in the file it stands. */
export interface Finding {
  readonly kind: FaultKind;
  readonly path: KeyPath;
  readonly message: string;
  readonly allowed?: string;
  readonly nearest?: string;
  readonly facts?: FaultFacts;
}

/** Everything that is wrong in a document, at once. Empty: `fileSchema` accepts it and all its keys are known. */
export function findFaults(document: Record<string, unknown>): Finding[] {
  const { issues } = v.safeParse(fileSchema, document);
  return [
    ...unknownKeys(document).map(unknownKey),
    ...(issues ?? []).map((issue) => badValue(document, issue)),
    ...sameTwice(document, 'name'),
    ...sameTwice(document, 'port'),
  ];
}

/** Keys that name the place of a secret: whoever errs may have written the secret itself. */
export const isSecretive = (path: KeyPath) => ['pin_file', 'master'].includes(String(path.at(-1)));

function unknownKey(path: KeyPath): Finding {
  const key = String(path.at(-1));
  const table = path.length === 1 ? '' : String(path[0]);
  const nearest = nearestKey(table, key);
  const known = keysOf(table) ?? [];
  const advice = nearest === null ? `allowed are ${known.join(', ')}` : `did you mean "${nearest}"?`;
  const message = `unknown key ${JSON.stringify(key)}${inTable(path)}; ${advice}`;
  return { kind: 'unknown-key', path, message, ...(nearest === null ? { facts: { known } } : { nearest }) };
}

function inTable(path: KeyPath): string {
  if (path.length === 1) return '';
  return path[0] === 'line' ? ' in [[line]]' : ` in [${path[0]}]`;
}

function badValue(document: Record<string, unknown>, issue: v.BaseIssue<unknown>): Finding {
  const path = (issue.path ?? []).map((item) => item.key as string | number);
  const value = valueAt(document, path);
  if (value === undefined) {
    const allowed = lineTable.port.message;
    return {
      kind: 'missing-key',
      path,
      allowed,
      message: `${path.at(-1)} is missing${inTable(path)}; allowed is ${allowed}`,
    };
  }
  const allowed = issue.message;
  const name = path.filter((part) => typeof part === 'string').join('.');
  const shown = isSecretive(path) ? 'is not right' : `is ${formatValue(value)}`;
  const facts = isSecretive(path) ? {} : { value: formatValue(value) };
  return { kind: 'bad-value', path, allowed, message: `${name} ${shown}; allowed is ${allowed}`, facts };
}

/** A line's name and a line's port belong to one line. Names left out are given later and are free. */
function sameTwice(document: Record<string, unknown>, key: 'name' | 'port'): Finding[] {
  const seen = new Set<unknown>();
  return (Array.isArray(document.line) ? document.line : []).flatMap((line, index): Finding[] => {
    const value = isTable(line) ? line[key] : undefined;
    if (typeof value !== 'string') return [];
    if (!seen.has(value)) {
      seen.add(value);
      return [];
    }
    const message = `line.${key} is ${formatValue(value)} a second time; allowed is each ${key} once`;
    const facts = { value: formatValue(value) };
    return [{ kind: 'same-twice', path: ['line', index, key], allowed: `each ${key} once`, message, facts }];
  });
}

function valueAt(document: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>(
    (value, part) => (value as Record<string | number, unknown> | undefined)?.[part],
    document,
  );
}

/** A value as TOML writes it, on one line and not longer than a reader needs. */
function formatValue(value: unknown): string {
  if (value instanceof Date) return 'a date';
  if (Array.isArray(value)) return 'a list';
  if (isTable(value)) return 'a table';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
}
