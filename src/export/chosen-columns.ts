import { fault } from '../base/errors.ts';
import type { Column } from './visit-columns.ts';

/** The columns that `--columns` names, each once, in its order; null for all of them. Error: `export.columns`. */
export function parseColumns(typed: string, known: readonly string[]): readonly string[] | null {
  const wanted = typed
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '');
  if (wanted.length === 1 && wanted[0] === 'all') return null;
  const unknown = wanted.find((key) => !known.includes(key));
  if (unknown === undefined && wanted.length > 0) return [...new Set(wanted)];
  throw fault('export.columns', { typed: unknown ?? typed, known: known.join(', ') });
}

/** Those of the columns, in the order of `keys`; one that this file does not have is left out. */
export function pickColumns<Row>(
  columns: readonly Column<Row>[],
  keys: readonly string[],
): readonly Column<Row>[] {
  return keys.flatMap((key) => columns.find((column) => column.key === key) ?? []);
}

/** Everything that an export can have. */
export const exportKeys = [
  'visited_at',
  'visitor',
  'venue',
  'venue_name',
  'venue_address',
  'received_at',
  'line',
  'time_source',
  'web_sent',
  'expires_at',
  'corrected_by',
  'match',
  'text',
] as const;

/** Everything that a trace can have. */
export const traceKeys = [
  ...exportKeys,
  'case',
  'case_visit',
  'contact',
  'case_visited_at',
  'minutes_after',
  'degree',
  'through',
  'through_visited_at',
] as const;

/**
 * Purpose limits columns: a workbook, which people read, print and carry about, has what they need unless `--columns` says
 * otherwise; a file for programs has everything.
 */
export const shortExport = [
  'visited_at',
  'visitor',
  'venue',
  'venue_name',
  'venue_address',
  'corrected_by',
  'match',
  'text',
] satisfies readonly (typeof exportKeys)[number][];

/** At a terminal. */
export const tableExport = [
  'visited_at',
  'visitor',
  'venue',
  'venue_name',
  'match',
  'text',
] satisfies readonly (typeof exportKeys)[number][];

export const tableTrace = [
  'case',
  'contact',
  'visited_at',
  'visitor',
  'venue_name',
  'minutes_after',
  'degree',
  'through',
  'match',
  'text',
] satisfies readonly (typeof traceKeys)[number][];

/** Of a meeting. */
export const shortTrace = [
  'contact',
  'visited_at',
  'visitor',
  'venue',
  'venue_name',
  'case',
  'case_visited_at',
  'minutes_after',
  'degree',
  'through',
  'through_visited_at',
  'match',
  'text',
] satisfies readonly (typeof traceKeys)[number][];
