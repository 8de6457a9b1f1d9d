import { hourOf } from '../hour.ts';
import type { NewPart, StoredPart } from '../register-types.ts';
import { associatedData, sealedIn } from '../sealing/bound-data.ts';
import { decodeFlags, encodeFlags } from '../sealing/flags.ts';
import { lookupTag, partSetTag } from '../sealing/lookup-tag.ts';
import { seal, unseal } from '../sealing/seal.ts';
import type { RowWriter } from './visit-rows.ts';

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

/** A segment that waits, as far as it can be seen without opening it. */
export interface Waiting {
  readonly setId: number;
  readonly seq: number;
  readonly atMs: number;
}

export interface PartRows {
  insert(setId: number, part: NewPart): void;
  /** What waits under this name (sender, reference, total), in all hours that have waiting segments. */
  named(part: NewPart): Waiting[];
  /** Opens a set's segments, in order, and removes them. One that cannot be opened is left out. */
  take(setId: number): { readonly total: number; readonly parts: StoredPart[] };
  /** Each waiting set with the time its latest segment was received. */
  sets(): { readonly setId: number; readonly receivedAtMs: number }[];
}

/** The segments of long texts, each sealed under its own hour. */
export function partRows({ db, keys, ids, lines }: RowWriter): PartRows {
  const insert = db.prepare<unknown[]>(
    `INSERT INTO parts (hour, id, set_id, set_tag, tag, total, seq, at, sealed, received_at, line, flags)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const hourAfter = db.prepare<[number], number | null>('SELECT min(hour) FROM parts WHERE hour > ?').pluck();
  const named = db.prepare<[number, Buffer], Waiting>(
    'SELECT set_id AS setId, seq, at AS atMs FROM parts WHERE hour = ? AND set_tag = ?',
  );
  const ofSet = db
    .prepare<[number], Row>(
      `SELECT hour, id, seq, total, at, sealed, received_at, line, flags FROM parts
       WHERE set_id = ? ORDER BY seq`,
    )
    .raw();
  const remove = db.prepare<[number]>('DELETE FROM parts WHERE set_id = ?');
  const sets = db.prepare<[], { setId: number; receivedAtMs: number }>(
    'SELECT set_id AS setId, max(received_at) AS receivedAtMs FROM parts GROUP BY set_id',
  );

  function open([hour, id, seq, , atMs, sealed, receivedAtMs, line, flags]: Row): StoredPart | null {
    const subkeys = keys.forReading(hour);
    const octets = subkeys && unseal(subkeys, sealed, associatedData(sealedIn.parts, hour, id, atMs));
    if (octets === null) return null;
    return { seq, octets, atMs, source: decodeFlags(flags).source, receivedAtMs, line: lines.nameOf(line) };
  }

  return {
    insert(setId, part) {
      const hour = hourOf(part.atMs);
      const subkeys = keys.forWriting(hour);
      const id = ids.take();
      const sealed = seal(subkeys, part.octets, associatedData(sealedIn.parts, hour, id, part.atMs));
      const setTag = partSetTag(subkeys, part);
      const tag = lookupTag(subkeys, part.sender);
      const flags = encodeFlags({ source: part.source, webSent: false, callback: false });
      const { total, seq, atMs, receivedAtMs } = part;
      const line = lines.idOf(part.line);
      insert.run(hour, id, setId, setTag, tag, total, seq, atMs, sealed, receivedAtMs, line, flags);
    },
    named(part) {
      const found: Waiting[] = [];
      for (let hour = hourAfter.get(-1); hour != null; hour = hourAfter.get(hour)) {
        const subkeys = keys.forReading(hour);
        if (subkeys) found.push(...named.all(hour, partSetTag(subkeys, part)));
      }
      return found;
    },
    take(setId) {
      const rows = ofSet.all(setId);
      remove.run(setId);
      const parts = rows.map(open).filter((part) => part !== null);
      return { total: rows[0]?.[3] ?? 0, parts };
    },
    sets: () => sets.all(),
  };
}
