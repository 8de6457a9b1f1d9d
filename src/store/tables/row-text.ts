/** A row as it is read, the sealed number in hexadecimal. */
export type SealedRow = [
  venue: string,
  at: number,
  id: number,
  sealed: string,
  received: number,
  line: number,
  flags: number,
];

/** A row with its number opened: canonical, in the clear. Line and flags are as the database has them. */
export type OpenRow = [
  venue: string,
  at: number,
  id: number,
  visitor: string,
  received: number,
  line: number,
  flags: number,
];

/**
 * A row as one text, for `parseRow`: each value that SQLite hands over takes longer than its digits take to be written
 * and read, and a blob as long as two. The venue is last: whatever it is, the rest can be told from it.
 */
export const rowText =
  "visited_at || ' ' || id || ' ' || received_at || ' ' || line || ' ' || flags || ' ' || hex(sealed) || ' ' || venue";

const wholeNumbers = new Float64Array(5);
const space = 0x20;
const minus = 0x2d;
const zero = 0x30;

export function parseRow(text: string): SealedRow {
  let end = 0;
  for (let index = 0; index < wholeNumbers.length; index += 1) {
    const isNegative = text.charCodeAt(end) === minus;
    if (isNegative) end += 1;
    let value = 0;
    for (let code = text.charCodeAt(end); code > space; code = text.charCodeAt(end)) {
      value = value * 10 + (code - zero);
      end += 1;
    }
    wholeNumbers[index] = isNegative ? -value : value;
    end += 1;
  }
  const sealedEnd = text.indexOf(' ', end);
  const [at, id, received, line, flags] = wholeNumbers as unknown as [number, number, number, number, number];
  return [text.slice(sealedEnd + 1), at, id, text.slice(end, sealedEnd), received, line, flags];
}
