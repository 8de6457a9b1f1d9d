import type { Zone } from '../../base/zone.ts';
import type { Column } from '../../export/visit-columns.ts';

/** A row as a JSON object: the keys and values of its columns, in their order. */
export function rowObject<Row>(
  columns: readonly Column<Row>[],
  row: Row,
  zone: Zone,
): Record<string, string | number | boolean | null> {
  return Object.fromEntries(columns.map((column) => [column.key, cellOf(column, row, zone)]));
}

function cellOf<Row>(column: Column<Row>, row: Row, zone: Zone): string | number | boolean | null {
  if (column.kind !== 'instant') return column.value(row);
  const epochMs = column.value(row);
  return epochMs === null ? null : zone.format(epochMs);
}
