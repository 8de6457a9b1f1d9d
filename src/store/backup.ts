import Database from 'better-sqlite3';
import { type AppError, fault, systemCodeOf } from '../base/errors.ts';
import { openDatabase } from './database/database.ts';
import { guarded, registerError } from './database/errors.ts';

/** Four megabytes: progress is shown and a stop is noticed between them. */
const pagesAtOnce = 1_024;

interface BackupOptions {
  readonly dataDir: string;
  /** An empty file, which becomes the copy. */
  readonly draft: string;
  readonly signal: AbortSignal;
  readonly onProgress?: (copied: number, pages: number) => void;
}

export interface Backup {
  readonly bytes: number;
  readonly pages: number;
}

/**
 * Copies the register's database as it stands at one instant, whatever is written meanwhile, and checks the copy.
 * No key is in it: those are in the keyring. The copy is one file, without a write-ahead log beside it.
 * Errors: `backup.stopped`, `backup.damaged`, `backup.unwritable`, those of `openDatabase`, SQLite's.
 */
export async function copyDatabase(options: BackupOptions): Promise<Backup> {
  const db = guarded(() => openDatabase(options.dataDir, true));
  try {
    // A read transaction holds the instant: without it each row written by the gateway would begin the copy anew.
    db.exec('BEGIN');
    db.prepare('SELECT count(*) FROM meta').get();
    const { totalPages } = await db.backup(options.draft, { progress: progressOf(options) });
    return { pages: totalPages, bytes: finish(options.draft) };
  } catch (error) {
    throw isFull(error) ? noRoom(error) : registerError(error);
  } finally {
    db.close();
  }
}

function progressOf({ signal, onProgress }: BackupOptions): (progress: Database.BackupMetadata) => number {
  return ({ totalPages, remainingPages }) => {
    if (signal.aborted) throw stopped();
    onProgress?.(totalPages - remainingPages, totalPages);
    return pagesAtOnce;
  };
}

/** Makes it one file that stands alone, and checks that it is whole. */
function finish(draft: string): number {
  const copy = new Database(draft, { fileMustExist: true });
  try {
    copy.pragma('journal_mode = DELETE');
    if (copy.pragma('quick_check(1)', { simple: true }) !== 'ok') throw damaged();
    const [pages, size] = ['page_count', 'page_size'].map(
      (name) => copy.pragma(name, { simple: true }) as number,
    );
    return (pages ?? 0) * (size ?? 0);
  } finally {
    copy.close();
  }
}

function isFull(error: unknown): boolean {
  return ['SQLITE_FULL', 'ENOSPC', 'EDQUOT'].includes(systemCodeOf(error) ?? '');
}

function noRoom(cause: unknown): AppError {
  return fault('backup.unwritable', { output: null, system: 'room' }, { cause });
}

function stopped(): AppError {
  return fault('backup.stopped');
}

function damaged(): AppError {
  return fault('backup.damaged');
}
