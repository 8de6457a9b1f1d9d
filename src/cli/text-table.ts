import stringWidth from 'string-width';

/** ASCII, and Hangul syllables, which are two columns wide: nearly all that is in a list of places. */
const plain = /^[\x20-\x7e\uac00-\ud7a3]*$/;
const hangul = /[\uac00-\ud7a3]/g;

/** The terminal columns of a text; a list of thousands of places would wait for the rules of Unicode. */
function widthOf(text: string): number {
  return plain.test(text) ? text.length + (text.match(hangul)?.length ?? 0) : stringWidth(text);
}

/** Rows in columns as wide as their widest cell, in terminal columns; numbers are right-aligned. */
export function formatTable(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string[] {
  const texts = [head, ...rows.map((row) => row.map(String))];
  const cellWidths = texts.map((row) => row.map(widthOf));
  const widths = head.map((_, column) =>
    // Not spread into Math.max: a list may be longer than the stack takes.
    cellWidths.reduce((widest, row) => Math.max(widest, row[column] ?? 0), 0),
  );
  const isNumber = head.map(
    (_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === 'number'),
  );
  return texts.map((row, at) =>
    row
      .map((cell, column) => {
        const blank = ' '.repeat((widths[column] ?? 0) - (cellWidths[at]?.[column] ?? 0));
        return isNumber[column] ? blank + cell : cell + blank;
      })
      .join('  ')
      .trimEnd(),
  );
}

/** Wraps at spaces by terminal columns; a word that is longer than a line stays whole. */
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

/** Cuts or pads a text to exactly so many terminal columns. */
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
