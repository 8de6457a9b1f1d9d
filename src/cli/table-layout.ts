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
  const all = [head, ...rows];
  const widths = all.map((row) => head.map((_, column) => widthOf(String(row[column] ?? ''))));
  const widest = head.map((_, column) => widths.reduce((most, row) => Math.max(most, row[column] ?? 0), 0));
  const last = head.length - 1;
  return all.map((row, at) => {
    let line = '';
    for (const [column, width] of widest.entries()) {
      const cell = String(row[column] ?? '');
      const filled = isNumber[column] || column < last ? width - (widths[at]?.[column] ?? 0) : 0;
      const blank = ' '.repeat(filled);
      line += `${column === 0 ? '' : '  '}${isNumber[column] ? blank + cell : cell + blank}`;
    }
    return line.trimEnd();
  });
}
