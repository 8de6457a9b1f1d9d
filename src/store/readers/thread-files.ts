import { type Connection, openDatabase } from '../database/database.ts';
import { HourKeys } from '../keyring/hour-keys.ts';
import { openKeyring } from '../keyring/open-keyring.ts';
import type { ReaderOptions } from './sealed-batch.ts';

/** What a thread reads with: a connection and keys of its own. Errors: those of `openDatabase` and `openKeyring`. */
export function openThreadFiles(options: ReaderOptions): {
  readonly db: Connection;
  readonly keys: HourKeys;
} {
  const db = openDatabase(options.dataDir, true, options.sameAs);
  try {
    return { db, keys: new HourKeys(openKeyring(db, options, 'reader'), options.algorithm) };
  } catch (error) {
    db.close();
    throw error;
  }
}
