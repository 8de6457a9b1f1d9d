import { hourOf } from '../hour.ts';
import type { VisitRef } from '../intake.ts';
import type { AssignedText, Window } from '../records.ts';
import { openAssigned } from './corrections.ts';
import { hoursWithin, type RowReader, type TableWriter } from './visits.ts';

/*
 * The text that staff made a visit of is kept with the visit, so that what was assigned wrongly can be taken back. It is
 * sealed in the visit's row of `corrections`, and goes when that goes.
 */

type Row = [id: number, visitedAt: number, sealed: Buffer];

/** Those of the window, by the time of their visits. What an earlier version assigned has no text. */
export function* assignedTexts(reader: RowReader, window: Window): Generator<AssignedText> {
  const rows = reader.db
    .prepare<[number, number, number], Row>(
      `SELECT id, visited_at, sealed FROM corrections
       WHERE hour = ? AND visited_at >= ? AND visited_at < ? AND sealed IS NOT NULL ORDER BY visited_at, id`,
    )
    .raw();
  for (const hour of hoursWithin(reader.db, window)) {
    const keys = reader.keys.forReading(hour);
    if (keys === null) continue;
    for (const [visitId, atMs, sealed] of rows.all(hour, window.fromMs, window.toMs)) {
      const found = openAssigned(keys, visitId, atMs, sealed);
      if (found === null) continue;
      const { visit, text } = found;
      yield { visitId, visit, text: { ...text, expiresAtMs: text.atMs + reader.retentionMs } };
    }
  }
}

/** Removes a visit with its correction, and takes it off its hour's count; false if it was not there any more. */
export function visitRemover({ db, counts }: TableWriter): (visit: VisitRef) => boolean {
  const correction = db.prepare<[number, number]>('DELETE FROM corrections WHERE hour = ? AND id = ?');
  const remove = db.prepare<[number, string, number, number]>(
    'DELETE FROM visits WHERE hour = ? AND venue = ? AND visited_at = ? AND id = ?',
  );
  return ({ id, atMs, venue }) => {
    const hour = hourOf(atMs);
    if (remove.run(hour, venue, atMs, id).changes === 0) return false;
    correction.run(hour, id);
    counts.add(hour, 'visits', -1);
    return true;
  };
}
