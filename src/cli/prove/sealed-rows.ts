import { openDatabase } from '../../store/database/database.ts';
import { sealedIn } from '../../store/sealing/bound-data.ts';

/** A row as it lies in a copy of the database. */
export interface SealedRow {
  readonly table: number;
  readonly hour: number;
  readonly id: number;
  readonly atMs: number;
  readonly venue: string;
  readonly sealed: Buffer;
  /** What the sender is looked up by; null where nobody knows one. */
  readonly tag: Buffer | null;
}

type Row = [hour: number, id: number, at: number, venue: string, sealed: Buffer, tag: Buffer | null];

const tables = [
  [sealedIn.visits, 'SELECT hour, id, visited_at, venue, sealed, tag FROM visits'],
  [sealedIn.texts, "SELECT hour, id, at, '', sealed, tag FROM texts"],
  [sealedIn.parts, "SELECT hour, id, at, '', sealed, tag FROM parts"],
] as const;

/** Everything that is sealed in the database of a folder. */
export function sealedRows(folder: string): SealedRow[] {
  const db = openDatabase(folder, true);
  try {
    return tables.flatMap(([table, sql]) =>
      db
        .prepare<[], Row>(sql)
        .raw()
        .all()
        .map(([hour, id, atMs, venue, sealed, tag]) => ({ table, hour, id, atMs, venue, sealed, tag })),
    );
  } finally {
    db.close();
  }
}
