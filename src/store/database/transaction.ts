import type { Connection } from './database.ts';
import { registerError } from './errors.ts';

/** State in memory that follows the database. */
interface Follower {
  begun?(): void;
  /** All rows are written; the last chance to add one. */
  committing?(): void;
  committed?(): void;
  rolledBack?(): void;
}

/**
 * Runs work in immediate transactions, so that a second writer is noticed at once. A throw undoes everything,
 * in the database and in the followers; the next transaction starts from what is on disk.
 */
export function transactions(db: Connection, followers: readonly Follower[]): <T>(work: () => T) => T {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');

  function undo(): void {
    if (db.inTransaction) rollback.run();
    for (const follower of followers) follower.rolledBack?.();
  }

  return (work) => {
    try {
      begin.run();
      for (const follower of followers) follower.begun?.();
      const result = work();
      for (const follower of followers) follower.committing?.();
      commit.run();
      for (const follower of followers) follower.committed?.();
      return result;
    } catch (error) {
      undo();
      throw registerError(error);
    }
  };
}

/** Ids that one write to the database sets aside for this process. */
const blockSize = 1_024;

/**
 * Row ids, rising, unique over all tables and all processes, never given twice while the database lives.
 * A block of them is reserved at a time; what a process does not use of its block is left out.
 */
export class RowIds {
  readonly #reserve: () => number;
  #next = 0;
  #end = 0;
  #kept = { next: 0, end: 0 };

  constructor(db: Connection) {
    const reserve = db
      .prepare<[number, number], number>(
        `INSERT INTO meta (name, value) VALUES ('next_id', 1 + ?)
         ON CONFLICT (name) DO UPDATE SET value = value + ? RETURNING value`,
      )
      .pluck();
    this.#reserve = () => reserve.get(blockSize, blockSize) as number;
  }

  /** Inside a transaction only. */
  take(): number {
    if (this.#next === this.#end) {
      this.#end = this.#reserve();
      this.#next = this.#end - blockSize;
    }
    this.#next += 1;
    return this.#next - 1;
  }

  committed(): void {
    this.#kept = { next: this.#next, end: this.#end };
  }

  /** A reservation that was undone may be made by another process next. */
  rolledBack(): void {
    this.#next = this.#kept.next;
    this.#end = this.#kept.end;
  }
}
