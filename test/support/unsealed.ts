import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { HourKeys, type Subkeys } from '../../src/store/keyring/hour-keys.ts';
import { Keyring } from '../../src/store/keyring/keyring.ts';
import { associatedData, sealedIn } from '../../src/store/sealing/bound-data.ts';
import { unseal } from '../../src/store/sealing/seal.ts';

/** A copy of a database with its write-ahead log. */
interface CopiedDatabase {
  readonly path: string;
}

interface CopiedRow {
  readonly table: number;
  readonly hour: number;
  readonly id: number;
  readonly at: number;
  readonly venue: string;
  readonly sealed: Buffer;
}

/** How many rows of a copy are tried with every key, and not only with their hour's. */
const triedWithAll = 10;

/** The hours of the rows in a copy that open under a key that is left in the keyring. */
export function hoursThatOpen({ path }: CopiedDatabase, keyFile: string): number[] {
  const ring = Keyring.open(keyFile, false);
  const keys = new HourKeys(ring, 'aes-256-gcm');
  const left = ring.hours().flatMap((hour) => keys.forReading(hour) ?? []);
  const own = (hour: number) => keys.forReading(hour) ?? [];
  const open = new Set<number>();
  const rows = rowsOf(path);
  const everyNth = Math.ceil(rows.length / triedWithAll);
  for (const [index, row] of rows.entries())
    if (opens(row, index % everyNth === 0 ? left : [own(row.hour)].flat())) open.add(row.hour);
  keys.close();
  return [...open].sort((a, b) => a - b);
}

function opens({ table, hour, id, at, venue, sealed }: CopiedRow, left: readonly Subkeys[]): boolean {
  return left.some((key) => unseal(key, sealed, associatedData(table, hour, id, at, venue)) !== null);
}

function rowsOf(path: string): CopiedRow[] {
  const db = new Database(path);
  const select = (table: keyof typeof sealedIn, at: string, venue: string) =>
    db
      .prepare<[], CopiedRow>(
        `SELECT ${sealedIn[table]} AS "table", hour, id, ${at} AS at, ${venue} AS venue, sealed FROM ${table}`,
      )
      .all();
  const rows = [
    ...select('visits', 'visited_at', 'venue'),
    ...select('texts', 'at', "''"),
    ...select('parts', 'at', "''"),
  ];
  db.close();
  return rows;
}

/** The octets of every slot of a keyring that is not empty. */
export function filledSlots(keyFile: string): number {
  const sector = 512;
  const content = readFileSync(keyFile);
  let filled = 0;
  for (let at = 2 * sector; at < content.length; at += sector)
    if (content.subarray(at, at + sector).some((octet) => octet !== 0)) filled += 1;
  return filled;
}
