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
