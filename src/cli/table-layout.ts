export type Cell = string | number;

/**
 * Rows in columns as wide as their widest cell, in terminal columns; numbers are right-aligned. Null if `widthOf` cannot tell a
 * cell's width.
 */
export function layTable(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  widthOf: (text: string) => number,
): string[];
export function layTable(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  widthOf: (text: string) => number | null,
): string[] | null;
export function layTable(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  widthOf: (text: string) => number | null,
): string[] | null {
  const columns = head.length;
  const isNumber = head.map(
    (_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === 'number'),
  );
  const all = [head, ...rows];
  const cellAt = (row: readonly Cell[], column: number) => String(row[column] ?? '');
  // One list for all cells: an array of each of thousands of rows is left to the garbage collector.
  const widths = new Uint32Array(all.length * columns);
  const widest = new Uint32Array(columns);
  for (const [at, row] of all.entries())
    for (let column = 0; column < columns; column += 1) {
      const width = widthOf(cellAt(row, column));
      if (width === null) return null;
      widths[at * columns + column] = width;
      widest[column] = Math.max(widest[column] ?? 0, width);
    }
  return all.map((row, at) => {
    let line = '';
    for (let column = 0; column < columns; column += 1) {
      const isFilled = isNumber[column] || column < columns - 1;
      const blank = isFilled ? ' '.repeat((widest[column] ?? 0) - (widths[at * columns + column] ?? 0)) : '';
      const cell = cellAt(row, column);
      line += `${column === 0 ? '' : '  '}${isNumber[column] ? blank + cell : cell + blank}`;
    }
    return line.trimEnd();
  });
}
