import stringWidth from 'string-width';

/** Rows in columns as wide as their widest cell, by the columns that a terminal gives; numbers to the right. */
export function formatTable(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string[] {
  const texts = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, column) => Math.max(...texts.map((row) => stringWidth(row[column] ?? ''))));
  const isNumber = head.map(
    (_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === 'number'),
  );
  return texts.map((row) =>
    row
      .map((cell, column) => {
        const blank = ' '.repeat((widths[column] ?? 0) - stringWidth(cell));
        return isNumber[column] ? blank + cell : cell + blank;
      })
      .join('  ')
      .trimEnd(),
  );
}
