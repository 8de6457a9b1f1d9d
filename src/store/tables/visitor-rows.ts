import type { Connection } from '../database/database.ts';
import { hourStartMs } from '../hour.ts';
import type { Subkeys } from '../keyring/hour-keys.ts';
import { ever, fieldsAt, openedBytes, openRows, rowNameAt, visitorInRow } from '../sealing/opened-rows.ts';
import { anyMayBe } from '../sealing/row-sieve.ts';
import { visitorTag } from '../sealing/tags.ts';
import { notedBit } from '../sealing/visit-row.ts';
import { notesOf } from './notes.ts';
import type { RowOpener } from './row-access.ts';
import { joinedRows, joinedSieves, piecedRows } from './row-pages.ts';
import { visitTables } from './visit-tables.ts';

/**
 * Finds the rows of an hour that share the visitor's tag, in one piece; none of an hour in which all of them are another's, as most
 * are: to hand over what they are told by takes half the time.
 */
export function visitorSearch(db: Connection, visitor: string): (hour: number, keys: Subkeys) => Buffer {
  const inRow = visitorInRow(visitor);
  const bits = db.prepare<[number], number | null>('SELECT tag_bits FROM hours WHERE hour = ?').pluck();
  const each = visitTables(db).map(({ byVisitor }) => {
    const ofTag = `${byVisitor} WHERE hour = ? AND visitor_tag = ?`;
    const sieves = joinedSieves<[number, Buffer]>(db, ofTag);
    const rows = joinedRows<[number, Buffer]>(db, ofTag);
    return (hour: number, tag: Buffer, keys: Subkeys) => {
      const told = sieves(hour, tag);
      return told !== null && !anyMayBe(keys, piecedRows([told]), inRow) ? '' : rows(hour, tag);
    };
  });
  return (hour, keys) => {
    const used = bits.get(hour) ?? null;
    if (used === null) return Buffer.alloc(0);
    const tag = visitorTag(keys, visitor, used);
    return piecedRows(each.map((rowsOf) => rowsOf(hour, tag, keys)));
  };
}

/** A visitor's sealed visit: its row, and its note if it has one. */
interface VisitorRow {
  readonly row: string;
  readonly noteId: number | null;
}

/** Finds where one visitor's sealed visits of an hour lie. */
export function visitorRows(
  { db, keys }: Pick<RowOpener, 'db' | 'keys'>,
  visitor: string,
): (hour: number, subkeys: Subkeys) => VisitorRow[] {
  const search = visitorSearch(db, visitor);
  const filter = { ...ever, visitor: visitorInRow(visitor) };
  return (hour, subkeys) => {
    const opening = { keys: subkeys, hour, startMs: hourStartMs(hour), filter };
    const { octets } = openRows(opening, search(hour, subkeys));
    const rows = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength);
    const found: VisitorRow[] = [];
    let notes: ReturnType<typeof notesOf> | null = null;
    for (let at = 0; at < rows.length; at += openedBytes) {
      const fields = fieldsAt(rows, at);
      const row = rowNameAt(rows, at);
      if ((fields.flags & notedBit) !== 0) notes ??= notesOf(db, keys, hour);
      const noted = (fields.flags & notedBit) === 0 ? undefined : notes?.find(({ note }) => note.row === row);
      if ((noted?.note.visitor ?? fields.visitor) === visitor) found.push({ row, noteId: noted?.id ?? null });
    }
    return found;
  };
}
