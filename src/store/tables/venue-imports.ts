import type { Connection } from '../database/database.ts';
import type { PlaceChange, Venue, VenueImport } from '../records.ts';
import type { Venues } from './venues.ts';

/** So many lists are remembered: a list of 20,000 places takes some 3 MB. */
export const mostRemembered = 3;

interface VenueImports {
  /** Stores what a list changed, in one transaction, and remembers what was there before. */
  apply(changes: readonly PlaceChange[], atMs: number): void;
  /** The latest that was not undone. */
  latest(): VenueImport | null;
  /**
   * Puts back what was there before, in one transaction, except places that were changed since; they are returned. A code
   * that the list brought stays in the table, removed, so that it is never issued to another place.
   */
  undo(last: VenueImport, atMs: number): readonly PlaceChange[];
  /** Whether a list that is remembered has a place under this number. */
  has(number: string): boolean;
  /** Takes the place of a number out of every list that is remembered; false if none has it. */
  forget(number: string): boolean;
}

/** What whole lists have changed: business numbers and names, in the clear like the places. */
export function venueImports(db: Connection, venues: Venues): VenueImports {
  const remember = db.prepare<[number, string]>('INSERT INTO venue_imports (at, changes) VALUES (?, ?)');
  const forgetOld = db.prepare<[number]>(
    `DELETE FROM venue_imports WHERE id <= (SELECT max(id) FROM venue_imports) - ?`,
  );
  const find = db
    .prepare<[], [id: number, at: number, changes: string]>(
      'SELECT id, at, changes FROM venue_imports ORDER BY id DESC LIMIT 1',
    )
    .raw();
  const forget = db.prepare<[number]>('DELETE FROM venue_imports WHERE id = ?');
  const all = db
    .prepare<[], [id: number, changes: string]>('SELECT id, changes FROM venue_imports ORDER BY id')
    .raw();
  const shorten = db.prepare<[string, number]>('UPDATE venue_imports SET changes = ? WHERE id = ?');
  const listsWith = (number: string) =>
    all.all().flatMap(([id, text]) => {
      const changes = JSON.parse(text) as PlaceChange[];
      const others = changes.filter(({ after }) => after.number !== number);
      return others.length === changes.length ? [] : [{ id, others }];
    });
  const forgetPlace = db.transaction((number: string) => {
    const lists = listsWith(number);
    for (const { id, others } of lists) {
      if (others.length === 0) forget.run(id);
      else shorten.run(JSON.stringify(others), id);
    }
    return lists.length > 0;
  });
  const apply = db.transaction((changes: readonly PlaceChange[], atMs: number) => {
    venues.put(changes.map(({ after }) => after));
    remember.run(atMs, JSON.stringify(changes));
    forgetOld.run(mostRemembered);
  });
  const undo = db.transaction(({ id, changes }: VenueImport, atMs: number) => {
    if (forget.run(id).changes === 0) return changes;
    const kept = changes.filter(({ after }) => !isSame(venues.find(after.number), after));
    const keptNumbers = new Set(kept.map(({ after }) => after.number));
    const undone = changes.filter(({ after }) => !keptNumbers.has(after.number));
    for (const { before, after } of undone) {
      if (before !== null) venues.put([before]);
      else if (after.issued) venues.put([{ ...after, removedAtMs: atMs }]);
      else venues.forget(after.number);
    }
    return kept;
  });
  return {
    apply: (changes, atMs) => apply.immediate(changes, atMs),
    latest() {
      const row = find.get();
      if (row === undefined) return null;
      const [id, atMs, changes] = row;
      return { id, atMs, changes: JSON.parse(changes) as PlaceChange[] };
    },
    undo: (last, atMs) => undo.immediate(last, atMs),
    has: (number) => listsWith(number).length > 0,
    forget: (number) => forgetPlace.immediate(number),
  };
}

/** Whether a place is as it was after a list. */
export function isSame(one: Venue | null, other: Venue): boolean {
  const told = (venue: Venue) => [
    venue.name,
    venue.address,
    venue.branches.map(({ name, address }) => [name, address]),
    venue.removedAtMs,
  ];
  return one !== null && JSON.stringify(told(one)) === JSON.stringify(told(other));
}
