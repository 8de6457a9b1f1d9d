export type Cell = string | number;

/** Rows in columns as wide as their widest cell, in terminal columns; numbers are right-aligned. */
export function layTable(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  widthOf: (text: string) => number,
): string[] {
  const isNumber = head.map(
    (_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === 'number'),
  );
  const widths = head.map(widthOf);
  for (const row of rows)
    for (const [column, widest] of widths.entries())
      widths[column] = Math.max(widest, widthOf(String(row[column] ?? '')));
  const last = head.length - 1;
  const lineOf = (row: readonly Cell[]) => {
    let line = '';
    for (const [column, width] of widths.entries()) {
      const cell = String(row[column] ?? '');
      const blank = isNumber[column] || column < last ? ' '.repeat(width - widthOf(cell)) : '';
      line += `${column === 0 ? '' : '  '}${isNumber[column] ? blank + cell : cell + blank}`;
    }
    return line.trimEnd();
  };
  return [head, ...rows].map(lineOf);
}
