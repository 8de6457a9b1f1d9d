import type { Connection } from './database.ts';

/** Unused pages. They hold zeros (secure_delete) and are still part of the file. */
export function freePages(db: Connection): number {
  return db.pragma('freelist_count', { simple: true }) as number;
}

/** Gives at most `pages` of them back to the file system. The file shrinks at the next checkpoint. */
export function giveBackPages(db: Connection, pages: number): void {
  db.pragma(`incremental_vacuum(${pages})`);
}

/**
 * Moves the write-ahead log into the database and truncates it. Does not wait: false if a reader still needs it or
 * another process writes, because a wait here would keep texts from being stored.
 */
export function truncateWal(db: Connection): boolean {
  const timeoutMs = db.pragma('busy_timeout', { simple: true });
  db.pragma('busy_timeout = 0');
  try {
    const [state] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    return state?.busy === 0;
  } finally {
    db.pragma(`busy_timeout = ${timeoutMs}`);
  }
}
