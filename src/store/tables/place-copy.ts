import { type Connection, openDatabase } from '../database/database.ts';
import { guarded } from '../database/errors.ts';
import { transactions } from '../database/transaction.ts';
import type { Branch, Venue } from '../records.ts';
import { formatBranches, parseBranches } from './venues.ts';

/*
 * Places that a site has from its central register. They lie among those of the register itself, so that whatever asks for a
 * place finds them. A place that was registered here, before there was a central register, stays until the central one
 * has it as it is here, or somebody there has decided what becomes of it.
 */

/** A place that is registered at the central register. */
export type CopiedPlace = Omit<Venue, 'removedAtMs'>;

export interface PlaceCopyState {
  /** Null if nothing was ever copied. */
  readonly list: {
    /** Which list of the central register it is. */
    readonly version: string;
    readonly takenAtMs: number;
    /** The central register had the same list then. */
    readonly checkedAtMs: number;
  } | null;
  /** Registered places that are the central register's. */
  readonly copied: number;
  /** Registered places that are this register's alone. */
  readonly here: number;
}

export interface NumberRange {
  /** Exclusive. */
  readonly after: string;
  /** Inclusive; null for no end. */
  readonly upTo: string | null;
}

export interface PlaceCopy {
  state(): PlaceCopyState;
  /**
   * Makes the copied places of this range these, in one transaction. `isDecided`: they count also for numbers that are
   * called otherwise here. How many places it changed.
   */
  put(range: NumberRange, places: readonly CopiedPlace[], isDecided: boolean): number;
  /** All of the list was put. */
  taken(version: string, atMs: number): void;
  /** The central register has the same list still. */
  checked(atMs: number): void;
  close(): void;
}

interface Row {
  readonly number: string;
  readonly name: string | null;
  readonly address: string | null;
  readonly issued: number;
  readonly branches: string | null;
  readonly removed: number;
  readonly copied: number;
}

/** Opens the copy in a register that a gateway has open, on a connection of its own. Errors: those of `openDatabase`. */
export function openPlaceCopy(dataDir: string): PlaceCopy {
  return guarded(() => placeCopyOf(openDatabase(dataDir, false)));
}

function placeCopyOf(db: Connection): PlaceCopy {
  const transact = transactions(db, []);
  const between = db.prepare<[string, string | null, string | null], Row>(
    `SELECT number, name, address, issued, branches, removed_at IS NOT NULL AS removed, copied FROM venues
     WHERE number > ? AND (? IS NULL OR number <= ?)`,
  );
  const store = db.prepare<[string, string | null, string | null, number, string | null]>(
    `INSERT OR REPLACE INTO venues (number, name, address, issued, branches, removed_at, copied)
     VALUES (?, ?, ?, ?, ?, NULL, 1)`,
  );
  const remove = db.prepare<[string]>('DELETE FROM venues WHERE number = ?');
  const take = db.prepare<[string, number, number]>(
    'INSERT OR REPLACE INTO place_copy (id, version, taken_at, checked_at) VALUES (1, ?, ?, ?)',
  );
  const check = db.prepare<[number]>('UPDATE place_copy SET checked_at = ?');

  function put({ after, upTo }: NumberRange, places: readonly CopiedPlace[], isDecided: boolean): number {
    const there = new Map(between.all(after, upTo, upTo).map((row) => [row.number, row]));
    const listed = new Set(places.map(({ number }) => number));
    const changed = places.filter((place) => isToBeStored(there.get(place.number), place, isDecided));
    for (const { number, name, address, issued, branches } of changed)
      store.run(number, name, address, issued ? 1 : 0, formatBranches(branches));
    const gone = [...there.values()].filter(({ number, copied }) => copied === 1 && !listed.has(number));
    for (const { number } of gone) remove.run(number);
    return changed.length + gone.length;
  }

  return {
    state: () => guarded(() => readPlaceCopy(db)),
    put: (range, places, isDecided) => transact(() => put(range, places, isDecided)),
    taken: (version, atMs) => void transact(() => take.run(version, atMs, atMs)),
    checked: (atMs) => void transact(() => check.run(atMs)),
    close: () => void db.close(),
  };
}

/** As `PlaceCopy.state`, for whoever has the register open. */
export function readPlaceCopy(db: Connection): PlaceCopyState {
  const list = db
    .prepare<[], NonNullable<PlaceCopyState['list']>>(
      'SELECT version, taken_at AS takenAtMs, checked_at AS checkedAtMs FROM place_copy',
    )
    .get();
  const [copied = 0, all = 0] =
    db
      .prepare<[], [copied: number, all: number]>(
        'SELECT coalesce(sum(copied), 0), count(*) FROM venues WHERE removed_at IS NULL',
      )
      .raw()
      .get() ?? [];
  return { list: list ?? null, copied, here: all - copied };
}

function isToBeStored(there: Row | undefined, place: CopiedPlace, isDecided: boolean): boolean {
  if (there === undefined || there.removed === 1) return true;
  if (there.copied === 0) return isDecided || isContained(there, place);
  const { name, address, issued, branches } = there;
  return (
    name !== place.name ||
    address !== place.address ||
    (issued === 1) !== place.issued ||
    branches !== formatBranches(place.branches)
  );
}

/** Whether the central register has all that is known here of the number. */
function isContained({ name, address, issued, branches }: Row, place: CopiedPlace): boolean {
  const textOf = (branch: Branch) => JSON.stringify([branch.name, branch.address]);
  const there = new Set([place, ...place.branches].map(textOf));
  const here = [{ name, address }, ...parseBranches(branches)];
  return (issued === 1) === place.issued && here.every((branch) => there.has(textOf(branch)));
}
