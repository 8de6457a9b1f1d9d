import { type Config, isSite } from '../../config/config.ts';
import { openDatabase } from '../../store/database/database.ts';
import { type PlaceCopyState, readPlaceCopy } from '../../store/tables/place-copy.ts';

/** What the register in `dataDir` has of its central register's places; null on a host that is no site, or if it cannot be read. */
export function readSitePlaces(
  config: Pick<Config, 'central' | 'holder'>,
  dataDir: string,
): PlaceCopyState | null {
  if (!isSite(config)) return null;
  try {
    const db = openDatabase(dataDir, true);
    try {
      return readPlaceCopy(db);
    } finally {
      db.close();
    }
  } catch {
    return null;
  }
}
