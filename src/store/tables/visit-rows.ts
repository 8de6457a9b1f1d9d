import type { Connection } from '../database/database.ts';
import type { RowIds } from '../database/row-ids.ts';
import { hourOf } from '../hour.ts';
import type { HourKeys } from '../keyring/hour-keys.ts';
import type { NewVisit } from '../register-types.ts';
import { associatedData, sealedIn } from '../sealing/bound-data.ts';
import { correctedBit, encodeFlags } from '../sealing/flags.ts';
import { lookupTag } from '../sealing/lookup-tag.ts';
import { seal } from '../sealing/seal.ts';
import { encodeVisitor } from '../sealing/visitor-code.ts';
import { corrections } from './corrections.ts';
import type { HourCounts } from './hour-counts.ts';
import type { LineNames } from './lines.ts';

/** What every kind of row needs to be written. */
export interface RowWriter {
  readonly db: Connection;
  readonly keys: HourKeys;
  readonly ids: RowIds;
  readonly lines: LineNames;
  readonly counts: HourCounts;
}

/** Inserts visits: the number sealed, the venue in the clear. */
export function visitInserter({ db, keys, ids, lines, counts }: RowWriter): (visit: NewVisit) => number {
  const insert = db.prepare<unknown[]>(
    `INSERT INTO visits (hour, venue, visited_at, id, tag, sealed, received_at, line, flags)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const corrected = corrections(db);
  return (visit) => {
    const { atMs, venue, visitor } = visit;
    const hour = hourOf(atMs);
    const subkeys = keys.forWriting(hour);
    const id = ids.take();
    const bound = associatedData(sealedIn.visits, hour, id, atMs, venue);
    const sealed = seal(subkeys, encodeVisitor(visitor), bound);
    const tag = lookupTag(subkeys, visitor);
    const line = lines.idOf(visit.line);
    const correctedBy = visit.correctedBy ?? null;
    const flags = encodeFlags(visit) | (correctedBy === null ? 0 : correctedBit);
    insert.run(hour, venue, atMs, id, tag, sealed, visit.receivedAtMs, line, flags);
    if (correctedBy !== null) corrected.add(hour, id, atMs, correctedBy);
    counts.add(hour, 'visits');
    return id;
  };
}
