import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { type CopiedRow, sealedRowsIn } from '../../src/cli/prove/scratch-register.ts';
import { HourKeys, type Subkeys } from '../../src/store/keyring/hour-keys.ts';
import { Keyring } from '../../src/store/keyring/keyring.ts';
import { unseal } from '../../src/store/sealing/seal.ts';

/** A copy of a database with its write-ahead log. */
interface CopiedDatabase {
  readonly path: string;
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

function opens({ sealed, bound }: CopiedRow, left: readonly Subkeys[]): boolean {
  return left.some((key) => unseal(key, sealed, bound) !== null);
}

function rowsOf(path: string): CopiedRow[] {
  const db = new Database(path);
  try {
    return sealedRowsIn(db);
  } finally {
    db.close();
  }
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
