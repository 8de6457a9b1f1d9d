import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { systemCodeOf, WordedError } from '../../base/errors.ts';

export interface GatewayLock {
  release(): void;
}

/**
 * Keeps a second gateway off the same register. Node has no `flock`, so an empty SQLite file of its own is held
 * exclusively: the system drops that lock when the process ends in whatever way, and no stale one can be left.
 * Error: `register.in-use`.
 */
export function lockForGateway(dataDir: string): GatewayLock {
  const path = join(dataDir, 'gateway.lock');
  closeSync(openSync(path, 'a', 0o600));
  const db = new Database(path, { timeout: 0 });
  try {
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (systemCodeOf(error)?.startsWith('SQLITE_BUSY') !== true) throw error;
    throw new WordedError('register.in-use', `another gateway works on the register in ${dataDir}`, {
      hint: 'Stop it first (systemctl stop visitlog), or give this one a data_dir of its own.',
      context: { data_dir: dataDir },
    });
  }
  return { release: () => db.close() };
}
