import type { Connection } from '../database/database.ts';
import { hourOf } from '../hour.ts';
import type { Window } from '../records.ts';

/** Who made visits of texts that named no venue; a bit of the visit's flags says that it is here. */
export interface OldCorrections {
  of(id: number, visitedAtMs: number): string | null;
  /** Whether a visit of the window was assigned by staff. */
  areWithin(window: Window): boolean;
}

export function oldCorrections(db: Connection): OldCorrections {
  const find = db
    .prepare<[number, number], string>('SELECT corrected_by FROM corrections WHERE hour = ? AND id = ?')
    .pluck();
  const within = db
    .prepare<[number, number, number, number], number>(
      'SELECT 1 FROM corrections WHERE hour BETWEEN ? AND ? AND visited_at >= ? AND visited_at < ? LIMIT 1',
    )
    .pluck();
  return {
    of: (id, visitedAtMs) => find.get(hourOf(visitedAtMs), id) ?? null,
    areWithin: ({ fromMs, toMs }) => within.get(hourOf(fromMs), hourOf(toMs - 1), fromMs, toMs) !== undefined,
  };
}
