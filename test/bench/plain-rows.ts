import Database from 'better-sqlite3';
import { migrations } from '../../src/store/database/migrations.ts';

/** A text as the register's tables hold it, nothing sealed: what SQLite alone would be given. */
export interface PlainRow {
  readonly atMs: number;
  readonly venue: string;
  readonly visitor: string;
}

/** SQLite alone: the register's own tables, indexes and pragmas, and the same rows in the clear. */
export function openPlainRows(file: string) {
  const db = new Database(file);
  for (const setting of ['auto_vacuum = INCREMENTAL', 'journal_mode = WAL', 'secure_delete = ON'])
    db.pragma(setting);
  for (const step of migrations) db.exec(step);
  for (const setting of ['synchronous = FULL', 'foreign_keys = ON', 'temp_store = MEMORY'])
    db.pragma(setting);
  for (const setting of ['wal_autocheckpoint = 250', 'cache_size = -2000']) db.pragma(setting);
  const seen = db.prepare('INSERT OR IGNORE INTO seen (at, fingerprint) VALUES (?, ?)');
  const visit = db.prepare(
    `INSERT INTO visits (hour, venue, visited_at, id, tag, sealed, received_at, line, flags)
     VALUES (?, ?, ?, ?, ?, ?, ?, 1, 0)`,
  );
  const hours = db.prepare(
    `INSERT INTO hours (hour, visits, unresolved, undecodable, notices) VALUES (?, ?, 0, 0, 0)
     ON CONFLICT (hour) DO UPDATE SET visits = visits + excluded.visits`,
  );
  let id = 0;

  function add({ atMs, venue, visitor }: PlainRow): void {
    id += 1;
    const hour = Math.floor(atMs / 3_600_000);
    const number = Buffer.from(visitor.padEnd(34, '\0'));
    // As random as a tag and a fingerprint are, and as long.
    const tag = Buffer.alloc(8);
    tag.writeUInt32LE(Math.imul(id, 2_654_435_761) >>> 0, 0);
    seen.run(atMs, tag);
    visit.run(hour, venue, atMs, id, tag, number, atMs);
  }

  const commit = db.transaction((rows: readonly PlainRow[]) => {
    for (const row of rows) add(row);
    const perHour = new Map<number, number>();
    for (const { atMs } of rows) {
      const hour = Math.floor(atMs / 3_600_000);
      perHour.set(hour, (perHour.get(hour) ?? 0) + 1);
    }
    for (const [hour, visits] of perHour) hours.run(hour, visits);
  });
  return { commit: (rows: readonly PlainRow[]) => commit.immediate(rows), close: () => db.close() };
}
