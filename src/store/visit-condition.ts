import type { LineNames } from './line-names.ts';
import type { VisitQuery } from './register-types.ts';

/** One of several readers' part of a query's rows: every `of`-th id, from `index` on. */
export interface Share {
  readonly index: number;
  readonly of: number;
}

/** The part of a WHERE clause that a query's venues and line, and a reader's share, make, with its values in order. */
export function visitCondition(
  lines: LineNames,
  { venues, line }: VisitQuery,
  share?: Share,
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
  if (share) {
    parts.push(' AND id % ? = ?');
    values.push(share.of, share.index);
  }
  return { sql: parts.join(''), values };
}
