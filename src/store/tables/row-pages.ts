import type { Connection } from '../database/database.ts';
import { sievedBytes } from '../sealing/row-sieve.ts';
import { venueTagBytes } from '../sealing/tags.ts';
import { headBytes, rowBytes, rowNameBytes } from '../sealing/visit-row.ts';
import { type KeyColumn, type VisitTable, visitTables } from './visit-tables.ts';

const rowHex = 'hex(venue_tag || id || visitor_tag || sealed)';
const rowDigits = rowBytes * 2;

/** A row as one text. One of another length is not the register's: it is brought to that length, and will not open. */
export const rowText = `substr(${rowHex} || '${'0'.repeat(rowDigits)}', 1, ${rowDigits})`;

/** Rows that are handed over as one text at most: it is still a short one for the garbage collector. */
export const pageRows = 500;

/**
 * Finds rows of a table and joins them, as hexadecimal, into one text: a row takes longer to be handed over than to be
 * found.
 */
export function joinedRows<Key extends unknown[]>(db: Connection, from: string): (...key: Key) => string {
  const joined = joinedText<Key>(db, rowHex, rowDigits, from);
  const single = db.prepare<unknown[], string>(`SELECT ${rowText} FROM ${from}`).pluck();
  return (...key) => joined(...key) ?? single.all(...key).join('');
}

/** The same of what a visitor's rows are told by (sealing/row-sieve.ts). Null if a row has less. */
export function joinedSieves<Key extends unknown[]>(
  db: Connection,
  from: string,
): (...key: Key) => string | null {
  // Nonce and visitor are what a sealed value begins with; what stands in the place of the flags is not looked at.
  return joinedText(db, `hex(substr(sealed, 1, ${sievedBytes}))`, sievedBytes * 2, from);
}

function joinedText<Key extends unknown[]>(
  db: Connection,
  hex: string,
  digits: number,
  from: string,
): (...key: Key) => string | null {
  const joined = db
    .prepare<unknown[], [rows: number, text: string | null]>(
      `SELECT count(*), group_concat(row, '') FROM (SELECT ${hex} AS row FROM ${from})`,
    )
    .raw();
  return (...key) => {
    const [rows, text] = joined.get(...key) ?? [0, null];
    if (text === null) return '';
    return text.length === rows * digits ? text : null;
  };
}

/** All rows of an hour in the order of the tables, a page at a time; no statement stays open between two pages. */
export function hourPages(db: Connection): (hour: number) => Generator<string> {
  const each = visitTables(db).map((table) => pagesIn(db, table));
  return function* (hour) {
    for (const pages of each) yield* pages(hour);
  };
}

function pagesIn(db: Connection, { name, order }: VisitTable): (hour: number) => Generator<string> {
  const key = order.join(', ');
  const behind = order.map(() => '?').join(', ');
  const page = joinedRows<[number, ...Buffer[]]>(
    db,
    `${name} WHERE hour = ? AND (${key}) > (${behind}) ORDER BY ${key} LIMIT ${pageRows}`,
  );
  return function* (hour) {
    let last = order.map(() => Buffer.alloc(0));
    for (;;) {
      const text = page(hour, ...last);
      if (text !== '') yield text;
      if (text.length < pageRows * rowDigits) return;
      const row = Buffer.from(text.slice(-rowDigits, headBytes * 2 - rowDigits), 'hex');
      last = order.map((column) => row.subarray(...columnsAt[column]));
    }
  };
}

/** Where the columns of its key are in a row. */
const columnsAt: Readonly<Record<KeyColumn, [start: number, end: number]>> = {
  venue_tag: [0, venueTagBytes],
  id: [venueTagBytes, rowNameBytes],
  visitor_tag: [rowNameBytes, headBytes],
};

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
