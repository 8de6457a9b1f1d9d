import type { Connection } from '../database/database.ts';
import { hourOf } from '../hour.ts';
import type { VisitRef } from '../intake.ts';
import type { HourKeys } from '../keyring/hour-keys.ts';
import { oldAssigned, oldVisitRemover } from '../old-form/old-corrections.ts';
import type { AssignedQuery, AssignedText } from '../records.ts';
import { venueTag } from '../sealing/tags.ts';
import { idAt, idBytes } from '../sealing/visit-row.ts';
import { hoursWithin, statedHours } from './hours.ts';
import { notesOf } from './notes.ts';
import type { RowReader, TableWriter } from './row-access.ts';
import type { Assigned } from './sealed-texts.ts';
import { sealedVisitRemover } from './visit-tables.ts';

/*
 * The text that staff made a visit of is kept with the visit, so that what was assigned wrongly can be taken back. It is
 * part of the visit's note, and goes when that goes.
 */

/** Those of the window, by the time of their visits. What an earlier version assigned has no text. */
export function* assignedTexts(
  reader: RowReader,
  { ids, ...window }: AssignedQuery,
): Generator<AssignedText> {
  const { db, keys, retentionMs } = reader;
  const wanted = ids === undefined ? null : new Set(ids);
  const ofBefore = oldAssigned(db);
  const noted = new Set(statedHours(db, keys).flatMap(({ hour, notes }) => (notes > 0 ? [hour] : [])));
  for (const hour of hoursWithin(db, window)) {
    const subkeys = keys.forReading(hour);
    if (subkeys === null) continue;
    const found = [...ofBefore(subkeys, hour), ...(noted.has(hour) ? assignedIn(db, keys, hour) : [])]
      .filter(({ visit }) => visit.atMs >= window.fromMs && visit.atMs < window.toMs)
      .sort((a, b) => a.visit.atMs - b.visit.atMs || a.visitId - b.visitId);
    for (const { visitId, visit, text } of found) {
      if (wanted !== null && !wanted.delete(text.id)) continue;
      yield { visitId, visit, text: { ...text, expiresAtMs: text.atMs + retentionMs } };
      if (wanted?.size === 0) return;
    }
  }
}

function assignedIn(
  db: Connection,
  keys: HourKeys,
  hour: number,
): (Assigned & { readonly visitId: number })[] {
  return notesOf(db, keys, hour).flatMap(({ note: { row, assigned } }) =>
    assigned === undefined ? [] : [{ visitId: Buffer.from(row, 'hex').readUInt32BE(idAt), ...assigned }],
  );
}

/** Removes a visit with its note, and takes both off their hour's count; false if it was not there any more. */
export function visitRemover({ db, keys, counts }: TableWriter): (visit: VisitRef) => boolean {
  const remove = sealedVisitRemover(db);
  const removeNote = db.prepare<[number, number]>('DELETE FROM sealed_texts WHERE hour = ? AND id = ?');
  const removeOld = oldVisitRemover(db);

  function removeSealed(hour: number, { id, venue }: VisitRef): boolean {
    const subkeys = keys.forReading(hour);
    if (subkeys === null) return false;
    const name = Buffer.concat([venueTag(subkeys, venue), Buffer.alloc(idBytes)]);
    name.writeUInt32BE(id, idAt);
    if (!remove(hour, name.subarray(0, idAt), name.subarray(idAt))) return false;
    const row = name.toString('hex');
    for (const found of notesOf(db, keys, hour))
      if (found.note.row === row && removeNote.run(hour, found.id).changes > 0)
        counts.addTexts(hour, 'notes', -1);
    return true;
  }

  return (visit) => {
    const hour = hourOf(visit.atMs);
    const isGone = removeSealed(hour, visit) || removeOld(hour, visit);
    if (isGone) counts.addVisits(hour, -1);
    return isGone;
  };
}
