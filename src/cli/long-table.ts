import { plainWidth } from './plain-width.ts';
import { type Cell, layTable } from './table-layout.ts';

/** `formatTable` for thousands of rows: the rules of Unicode are loaded if a cell needs them, which takes longer than the rows. */
export async function formatLongTable(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
): Promise<string[]> {
  let isPlain = true;
  const lines = layTable(head, rows, (text) => {
    const width = plainWidth(text);
    if (width === null) isPlain = false;
    return width ?? 0;
  });
  if (isPlain) return lines;
  const { formatTable } = await import('./text-table.ts');
  return formatTable(head, rows);
}
