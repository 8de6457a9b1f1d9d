import type { Connection } from '../database/database.ts';
import { hourOf } from '../hour.ts';
import type { Window } from '../records.ts';

/**
 * Who made visits of texts that named no venue. They are few, so they have a table of their own; a bit of the visit's
 * flags says that it is in it, and all others are read without a look.
 */
export interface Corrections {
  /** Inside the transaction that adds the visit. */
  add(hour: number, id: number, visitedAtMs: number, correctedBy: string): void;
  of(id: number, visitedAtMs: number): string | null;
  /** Whether a visit of the window was assigned by staff. */
  areWithin(window: Window): boolean;
}

export function corrections(db: Connection): Corrections {
  const insert = db.prepare<[number, number, number, string]>(
    'INSERT INTO corrections (hour, id, visited_at, corrected_by) VALUES (?, ?, ?, ?)',
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
    add: (hour, id, visitedAtMs, correctedBy) => void insert.run(hour, id, visitedAtMs, correctedBy),
    of: (id, visitedAtMs) => find.get(hourOf(visitedAtMs), id) ?? null,
    areWithin: ({ fromMs, toMs }) => within.get(hourOf(fromMs), hourOf(toMs - 1), fromMs, toMs) !== undefined,
  };
}
