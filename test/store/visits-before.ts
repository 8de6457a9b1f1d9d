import Database from 'better-sqlite3';
import { databasePath } from '../../src/store/database/database.ts';
import type { TempRegister } from './temp-register.ts';

/** Puts the visits that a register has where those of before were: what an upgrade finds (tables/visit-tables.ts). */
export function layAsBefore({ dataDir }: Pick<TempRegister, 'dataDir'>): void {
  const db = new Database(databasePath(dataDir));
  const columns = 'hour, venue_tag, id, visitor_tag, sealed';
  db.exec(`BEGIN IMMEDIATE;
    INSERT INTO visits_by_place (${columns}) SELECT ${columns} FROM sealed_visits; DELETE FROM sealed_visits;
    COMMIT`);
  db.close();
}
