import { plainWidth } from './plain-width.ts';
import { type Cell, layTable } from './table-layout.ts';

/** `formatTable` for thousands of rows: the rules of Unicode are loaded if a cell needs them, which takes longer than the rows. */
export async function formatLongTable(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
): Promise<string[]> {
  const lines = layTable(head, rows, plainWidth);
  if (lines !== null) return lines;
  const { formatTable } = await import('./text-table.ts');
  return formatTable(head, rows);
}
