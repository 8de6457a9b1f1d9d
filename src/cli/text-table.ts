import stringWidth from 'string-width';
import { plainWidth } from './plain-width.ts';
import { layTable } from './table-layout.ts';

/** Rows in columns as wide as their widest cell, in terminal columns; numbers are right-aligned. */
export function formatTable(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string[] {
  return layTable(head, rows, (text) => plainWidth(text) ?? stringWidth(text));
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
