import type { VisitQuery } from '../register-types.ts';
import type { LineNames } from './lines.ts';

/** The part of a WHERE clause that a query's venues and line make, with its values in order. */
export function visitCondition(
  lines: LineNames,
  { venues, line }: VisitQuery,
): { readonly sql: string; readonly values: readonly (string | number)[] } {
  const parts: string[] = [];
  const values: (string | number)[] = [];
  if (venues) {
    parts.push(` AND venue IN (${venues.map(() => '?').join(', ')})`);
    values.push(...venues);
  }
  if (line !== undefined) {
    parts.push(' AND line = ?');
    values.push(lines.find(line) ?? -1);
  }
  return { sql: parts.join(''), values };
}
