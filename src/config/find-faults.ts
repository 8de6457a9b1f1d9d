import * as v from 'valibot';
import type { FaultFacts, FaultKind } from './fault.ts';
import { nearestKey } from './nearest.ts';
import { fileSchema, keysOf, lineTable } from './schema.ts';
import { isTable, type KeyPath, unknownKeys } from './unknown-keys.ts';

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
