import { renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { migrations } from '../../src/store/database/migrations.ts';

/** Puts a database of the version before corrections in the place of this one, with the same rows. */
export function downgrade(path: string): void {
  const version = migrations.findIndex((step) => step.includes('corrections'));
  const older = `${path}.older`;
  const db = new Database(older);
  for (const step of migrations.slice(0, version)) db.exec(step);
  db.prepare('ATTACH ? AS newer').run(path);
  const visit = 'hour, venue, visited_at, id, tag, sealed, received_at, line, flags';
  db.exec(`DELETE FROM meta; INSERT INTO meta SELECT * FROM newer.meta;
    INSERT INTO lines SELECT * FROM newer.lines; INSERT INTO hours SELECT * FROM newer.hours;
    INSERT INTO visits (${visit}) SELECT ${visit} FROM newer.visits;
    INSERT INTO venues (number, name, address, issued) SELECT number, name, address, issued FROM newer.venues`);
  db.pragma(`application_id = ${0x564c4f47}`);
  db.pragma(`user_version = ${version}`);
  db.close();
  for (const extra of ['-wal', '-shm']) rmSync(`${path}${extra}`, { force: true });
  renameSync(older, path);
}
