import { keysOf } from './schema.ts';

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
