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

/** Breaks at blanks, by the columns that a terminal gives; a word that is longer than a line stays whole. */
export function wrapText(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && stringWidth(`${last} ${word}`) <= columns)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Cuts what is wider than so many columns, and fills up what is narrower. */
export function fitText(text: string, columns: number): string {
  const width = stringWidth(text);
  if (width <= columns) return text + ' '.repeat(columns - width);
  return padCut(text, columns);
}

function padCut(text: string, columns: number): string {
  let cut = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (stringWidth(cut + segment) > columns - 1) break;
    cut += segment;
  }
  return `${cut}…${' '.repeat(columns - 1 - stringWidth(cut))}`;
}
