import type { Connection } from '../database/database.ts';
import { hourOf } from '../hour.ts';
import type { Subkeys } from '../keyring/hour-keys.ts';
import { associatedData, sealedIn } from '../sealing/bound-data.ts';
import { unseal } from '../sealing/seal.ts';
import type { Assigned } from '../tables/sealed-texts.ts';

/** Who made visits of texts that named no venue; a bit of the visit's flags says that it is here. */
export interface OldCorrections {
  of(id: number, visitedAtMs: number): string | null;
}

export function oldCorrections(db: Connection): OldCorrections {
  const find = db
    .prepare<[number, number], string>('SELECT corrected_by FROM corrections WHERE hour = ? AND id = ?')
    .pluck();
  return {
    of: (id, visitedAtMs) => find.get(hourOf(visitedAtMs), id) ?? null,
  };
}

type AssignedRow = [id: number, visitedAt: number, sealed: Buffer];

/** The texts of an hour that were kept with the visits that staff made of them. The first versions kept none. */
export function oldAssigned(
  db: Connection,
): (keys: Subkeys, hour: number) => Generator<Assigned & { readonly visitId: number }> {
  const rows = db
    .prepare<[number], AssignedRow>(
      'SELECT id, visited_at, sealed FROM corrections WHERE hour = ? AND sealed IS NOT NULL',
    )
    .raw();
  return function* (keys, hour) {
    for (const [visitId, atMs, sealed] of rows.all(hour)) {
      const plain = unseal(keys, sealed, associatedData(sealedIn.corrections, hour, visitId, atMs));
      if (plain !== null) yield { visitId, ...(JSON.parse(plain.toString('utf8')) as Assigned) };
    }
  };
}

/** Removes a visit with its correction; false if it was not there. The caller counts it. */
export function oldVisitRemover(
  db: Connection,
): (hour: number, visit: { readonly venue: string; readonly atMs: number; readonly id: number }) => boolean {
  const correction = db.prepare<[number, number]>('DELETE FROM corrections WHERE hour = ? AND id = ?');
  const remove = db.prepare<[number, string, number, number]>(
    'DELETE FROM visits WHERE hour = ? AND venue = ? AND visited_at = ? AND id = ?',
  );
  return (hour, { venue, atMs, id }) => {
    if (remove.run(hour, venue, atMs, id).changes === 0) return false;
    correction.run(hour, id);
    return true;
  };
}
