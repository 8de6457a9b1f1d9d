import type { Connection } from '../database/database.ts';
import { venueTagBytes } from '../sealing/tags.ts';
import { rowBytes, rowNameBytes } from '../sealing/visit-row.ts';

const rowHex = 'hex(venue_tag || id || visitor_tag || sealed)';
const rowDigits = rowBytes * 2;

/** A row as one text. One of another length is not the register's: it is brought to that length, and will not open. */
export const rowText = `substr(${rowHex} || '${'0'.repeat(rowDigits)}', 1, ${rowDigits})`;

/** Rows that are handed over as one text at most: it is still a short one for the garbage collector. */
export const pageRows = 500;

/** Finds rows and joins them, as hexadecimal, into one text: a row takes longer to be handed over than to be found. */
export function joinedRows<Key extends unknown[]>(db: Connection, from: string): (...key: Key) => string {
  const joined = db
    .prepare<unknown[], [rows: number, text: string | null]>(
      `SELECT count(*), group_concat(row, '') FROM (SELECT ${rowHex} AS row FROM sealed_visits ${from})`,
    )
    .raw();
  const single = db.prepare<unknown[], string>(`SELECT ${rowText} FROM sealed_visits ${from}`).pluck();
  return (...key) => {
    const [rows, text] = joined.get(...key) ?? [0, null];
    if (text === null) return '';
    return text.length === rows * rowDigits ? text : single.all(...key).join('');
  };
}

/** All rows of an hour in the order of the table, a page at a time; no statement stays open between two pages. */
export function hourPages(db: Connection): (hour: number) => Generator<string> {
  const page = joinedRows<[number, Buffer, Buffer]>(
    db,
    `WHERE hour = ? AND (venue_tag, id) > (?, ?) ORDER BY venue_tag, id LIMIT ${pageRows}`,
  );
  return function* (hour) {
    let [tag, id] = [Buffer.alloc(0), Buffer.alloc(0)];
    for (;;) {
      const text = page(hour, tag, id);
      if (text !== '') yield text;
      if (text.length < pageRows * rowDigits) return;
      const last = Buffer.from(text.slice(-rowDigits, rowNameBytes * 2 - rowDigits), 'hex');
      [tag, id] = [last.subarray(0, venueTagBytes), last.subarray(venueTagBytes)];
    }
  };
}

/** The rows of these texts in one piece: in `spare` if it is large enough. */
export function piecedRows(texts: Iterable<string>, spare?: Buffer): Buffer {
  const all = [...texts];
  const size = all.reduce((sum, text) => sum + text.length / 2, 0);
  const rows =
    spare !== undefined && spare.length >= size ? spare.subarray(0, size) : Buffer.allocUnsafe(size);
  let end = 0;
  for (const text of all) end += rows.write(text, end, 'hex');
  return rows;
}
