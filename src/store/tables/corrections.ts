import type { Connection } from '../database/database.ts';
import { hourOf } from '../hour.ts';
import type { KeptText, NewVisit } from '../intake.ts';
import type { Subkeys } from '../keyring/hour-keys.ts';
import type { Window } from '../records.ts';
import { associatedData, sealedIn } from '../sealing/bound-data.ts';
import { seal, unseal } from '../sealing/seal.ts';

/**
 * Who made visits of texts that named no venue. They are few, so they have a table of their own; a bit of the visit's
 * flags says that it is in it, and all others are read without a look.
 */
export interface Corrections {
  /** Inside the transaction that adds the visit. `sealed`: the text that it was made of (`sealAssigned`), or null. */
  add(hour: number, id: number, visitedAtMs: number, correctedBy: string, sealed: Buffer | null): void;
  of(id: number, visitedAtMs: number): string | null;
  /** Whether a visit of the window was assigned by staff. */
  areWithin(window: Window): boolean;
}

export function corrections(db: Connection): Corrections {
  const insert = db.prepare<[number, number, number, string, Buffer | null]>(
    'INSERT INTO corrections (hour, id, visited_at, corrected_by, sealed) VALUES (?, ?, ?, ?, ?)',
  );
  const find = db
    .prepare<[number, number], string>('SELECT corrected_by FROM corrections WHERE hour = ? AND id = ?')
    .pluck();
  const within = db
    .prepare<[number, number, number, number], number>(
      'SELECT 1 FROM corrections WHERE hour BETWEEN ? AND ? AND visited_at >= ? AND visited_at < ? LIMIT 1',
    )
    .pluck();
  return {
    add: (hour, id, visitedAtMs, correctedBy, sealed) =>
      void insert.run(hour, id, visitedAtMs, correctedBy, sealed),
    of: (id, visitedAtMs) => find.get(hourOf(visitedAtMs), id) ?? null,
    areWithin: ({ fromMs, toMs }) => within.get(hourOf(fromMs), hourOf(toMs - 1), fromMs, toMs) !== undefined,
  };
}

/** The visit as it was made, and the text that it was made of. */
interface Assigned {
  readonly visit: NewVisit;
  readonly text: KeptText;
}

export function sealAssigned(keys: Subkeys, id: number, { visit, text }: Assigned): Buffer {
  const { madeOf: _, ...made } = visit;
  const bound = associatedData(sealedIn.corrections, hourOf(visit.atMs), id, visit.atMs);
  return seal(keys, Buffer.from(JSON.stringify({ visit: made, text }), 'utf8'), bound);
}

/** Null when it was not sealed for this row under this hour's key. */
export function openAssigned(keys: Subkeys, id: number, atMs: number, sealed: Buffer): Assigned | null {
  const plain = unseal(keys, sealed, associatedData(sealedIn.corrections, hourOf(atMs), id, atMs));
  return plain === null ? null : (JSON.parse(plain.toString('utf8')) as Assigned);
}
