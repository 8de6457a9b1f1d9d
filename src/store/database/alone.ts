import { closeSync, constants, readSync } from 'node:fs';
import Database from 'better-sqlite3';
import { systemCodeOf } from '../../base/errors.ts';
import { openOwn } from '../files/own-file.ts';

/** What a database of SQLite begins with. */
export const sqliteMagic = Buffer.from('SQLite format 3');

/**
 * A register, held so that no other process can open it, with its write-ahead log folded in. Null if it is too
 * damaged to be opened. SQLite's error if another process has it open.
 */
export function holdAlone(path: string): Database.Database | null {
  // SQLite removes the write-ahead log of what is no database.
  if (!isDatabase(path)) return null;
  const db = new Database(path, { fileMustExist: true, timeout: 1_000 });
  try {
    db.pragma('journal_mode = DELETE');
    db.exec('BEGIN EXCLUSIVE');
    return db;
  } catch (error) {
    db.close();
    if (/^SQLITE_(?:CORRUPT|NOTADB|IOERR)/.test(systemCodeOf(error) ?? '')) return null;
    throw error;
  }
}

function isDatabase(path: string): boolean {
  const fd = openOwn(path, constants.O_RDONLY);
  try {
    const magic = Buffer.alloc(15);
    readSync(fd, magic, 0, magic.length, 0);
    return magic.equals(sqliteMagic);
  } finally {
    closeSync(fd);
  }
}
