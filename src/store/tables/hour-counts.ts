import type { Connection } from '../database/database.ts';

export interface Counts {
  visits: number;
  unresolved: number;
  undecodable: number;
  notices: number;
}

/**
 * How many rows each hour has, added up in the transaction that adds or removes rows: a register of thirty million visits
 * says its numbers at once, `check` has something to check them against, and the living hours are known.
 */
export class HourCounts {
  readonly #pending = new Map<number, Counts>();
  readonly #upsert;

  constructor(db: Connection) {
    this.#upsert = db.prepare<[number, number, number, number, number]>(
      `INSERT INTO hours (hour, visits, unresolved, undecodable, notices) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (hour) DO UPDATE SET visits = visits + excluded.visits,
         unresolved = unresolved + excluded.unresolved, undecodable = undecodable + excluded.undecodable,
         notices = notices + excluded.notices`,
    );
  }

  add(hour: number, kind: keyof Counts, rows = 1): void {
    let counts = this.#pending.get(hour);
    if (counts === undefined) {
      counts = { visits: 0, unresolved: 0, undecodable: 0, notices: 0 };
      this.#pending.set(hour, counts);
    }
    counts[kind] += rows;
  }

  committing(): void {
    for (const [hour, counts] of this.#pending)
      this.#upsert.run(hour, counts.visits, counts.unresolved, counts.undecodable, counts.notices);
    this.#pending.clear();
  }

  rolledBack(): void {
    this.#pending.clear();
  }
}
