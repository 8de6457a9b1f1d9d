import { statSync } from 'node:fs';
import type { Connection } from './database/database.ts';
import { databasePath } from './database/database.ts';
import { hourStartMs } from './hour.ts';
import type { Keyring } from './keyring/keyring.ts';
import type { RegisterHealth } from './register-types.ts';

interface Totals {
  readonly visits: number;
  readonly unresolved: number;
  readonly undecodable: number;
  readonly notices: number;
}

/** The register's numbers, read from the hours' counts and not from the rows. */
export function registerHealth(db: Connection, ring: Keyring, dataDir: string): RegisterHealth {
  const totals = db
    .prepare<[], Totals>(
      `SELECT coalesce(sum(visits), 0) AS visits, coalesce(sum(unresolved), 0) AS unresolved,
              coalesce(sum(undecodable), 0) AS undecodable, coalesce(sum(notices), 0) AS notices FROM hours`,
    )
    .get() as Totals;
  const hours = db.prepare<[], number>('SELECT hour FROM hours ORDER BY hour').pluck().all();
  const keys = new Set(ring.hours());
  const path = databasePath(dataDir);
  return {
    ...totals,
    openParts: db.prepare<[], number>('SELECT count(*) FROM parts').pluck().get() ?? 0,
    oldestHourMs: hours[0] === undefined ? null : hourStartMs(hours[0]),
    keylessHours: hours.filter((hour) => !keys.has(hour)).length,
    keys: keys.size,
    slots: ring.slots,
    databaseBytes: sizeOf(path),
    walBytes: sizeOf(`${path}-wal`),
  };
}

export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
