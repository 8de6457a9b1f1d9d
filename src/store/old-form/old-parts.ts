import type { Connection } from '../database/database.ts';
import type { NewPart, StoredPart } from '../intake.ts';
import type { HourKeys } from '../keyring/hour-keys.ts';
import { associatedData, decodeFlags, lookupTag, partSetTag, sealedIn } from '../sealing/bound-data.ts';
import { unseal } from '../sealing/seal.ts';
import type { RowOpener } from '../tables/row-access.ts';

/** A segment that waits, as far as it is seen without its octets. */
export interface WaitingSegment {
  readonly setId: number;
  readonly seq: number;
  readonly atMs: number;
}

interface OldParts {
  /** What waits under this name (sender, reference, total), in all hours that have waiting segments. */
  named(part: NewPart): WaitingSegment[];
  /** Opens a set's segments and removes them. One that cannot be opened is left out. */
  take(setId: number): { readonly total: number; readonly parts: StoredPart[] };
  /** Each waiting set with the time its latest segment was received. */
  sets(): { readonly setId: number; readonly receivedAtMs: number }[];
}

type Row = [
  hour: number,
  id: number,
  seq: number,
  total: number,
  at: number,
  sealed: Buffer,
  received: number,
  line: number,
  flags: number,
];

/** Segments in the form of before, where all but their octets are columns. Their rest may still come. */
export function oldParts({ db, keys, lines }: RowOpener): OldParts {
  const hourAfter = db.prepare<[number], number | null>('SELECT min(hour) FROM parts WHERE hour > ?').pluck();
  const named = db.prepare<[number, Buffer], WaitingSegment>(
    'SELECT set_id AS setId, seq, at AS atMs FROM parts WHERE hour = ? AND set_tag = ?',
  );
  const ofSet = db
    .prepare<[number], Row>(
      `SELECT hour, id, seq, total, at, sealed, received_at, line, flags FROM parts WHERE set_id = ?`,
    )
    .raw();
  const remove = db.prepare<[number]>('DELETE FROM parts WHERE set_id = ?');
  const sets = db.prepare<[], { setId: number; receivedAtMs: number }>(
    'SELECT set_id AS setId, max(received_at) AS receivedAtMs FROM parts GROUP BY set_id',
  );

  const open = (row: Row) => openRow({ keys, lines }, row);

  return {
    named(part) {
      const found: WaitingSegment[] = [];
      for (let hour = hourAfter.get(-1); hour != null; hour = hourAfter.get(hour)) {
        const subkeys = keys.forReading(hour);
        if (subkeys) for (const row of named.iterate(hour, partSetTag(subkeys, part))) found.push(row);
      }
      return found;
    },
    take(setId) {
      const rows = ofSet.all(setId);
      if (rows.length > 0) remove.run(setId);
      return { total: rows[0]?.[3] ?? 0, parts: rows.map(open).filter((part) => part !== null) };
    },
    sets: () => sets.all(),
  };
}

function openRow(
  { keys, lines }: Pick<RowOpener, 'keys' | 'lines'>,
  [hour, id, seq, , atMs, sealed, receivedAtMs, line, flags]: Row,
): StoredPart | null {
  const subkeys = keys.forReading(hour);
  const octets = subkeys && unseal(subkeys, sealed, associatedData(sealedIn.parts, hour, id, atMs));
  if (octets === null) return null;
  return { seq, octets, atMs, source: decodeFlags(flags).source, receivedAtMs, line: lines.nameOf(line) };
}

/** A waiting segment with the set that it belongs to. */
export interface PartOfSet {
  readonly setId: number;
  readonly total: number;
  readonly part: StoredPart;
}

/** Every waiting segment that can be opened. */
export function* oldPartsOfSets(opener: RowOpener): Generator<PartOfSet> {
  const rows = opener.db
    .prepare<[], [setId: number, ...row: Row]>(
      'SELECT set_id, hour, id, seq, total, at, sealed, received_at, line, flags FROM parts',
    )
    .raw();
  for (const [setId, ...row] of rows.iterate()) {
    const part = openRow(opener, row);
    if (part !== null) yield { setId, total: row[3], part };
  }
}

/** The waiting segments of one sender in an hour. */
export function oldPartsOf(
  db: Connection,
  keys: HourKeys,
  hour: number,
  sender: string,
): {
  readonly id: number;
  readonly seq: number;
  readonly total: number;
  readonly at: number;
  readonly line: number;
}[] {
  const subkeys = keys.forReading(hour);
  if (subkeys === null) return [];
  return db
    .prepare<[number, Buffer], { id: number; seq: number; total: number; at: number; line: number }>(
      'SELECT id, seq, total, at, line FROM parts WHERE hour = ? AND tag = ?',
    )
    .all(hour, lookupTag(subkeys, sender));
}
