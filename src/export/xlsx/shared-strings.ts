import { escapeText, needsPreserve } from './xml-text.ts';

/** A text, or what it will be when all rows are written. */
export type SharedText = string | (() => string);

/** The texts that cells refer to by number; their part of the file is written last. */
export interface SharedStrings {
  /** The number of a text; null when the table is full, and the cell must hold the text itself. */
  numberOf(text: string): number | null;
  /** The same, however full the table is: for the few texts that stand above the rows. */
  keep(text: SharedText): number;
  /** xl/sharedStrings.xml, in pieces. */
  xml(): Iterable<string>;
}

/** Names and addresses of more venues than a city has; so that memory stays flat whatever comes. */
const mostTexts = 100_000;
const mostUnits = 8_000_000;
const pieceTexts = 1_000;

export function sharedStrings(): SharedStrings {
  const numbers = new Map<SharedText, number>();
  let units = 0;
  const keep = (text: SharedText): number => {
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  };
  return {
    numberOf(text) {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      if (numbers.size >= mostTexts || units + text.length > mostUnits) return null;
      units += text.length;
      return keep(text);
    },
    keep,
    *xml() {
      const texts = [...numbers.keys()];
      yield `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="${texts.length}">`;
      for (let at = 0; at < texts.length; at += pieceTexts)
        yield texts
          .slice(at, at + pieceTexts)
          .map((text) => `<si>${textXml(typeof text === 'string' ? text : text())}</si>`)
          .join('');
      yield '</sst>';
    },
  };
}

/** A `t` element. */
export function textXml(text: string): string {
  return `<t${needsPreserve(text) ? ' xml:space="preserve"' : ''}>${escapeText(text)}</t>`;
}
