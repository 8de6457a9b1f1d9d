import type { Destruction } from '../audit/audit-types.ts';
import type { Connection } from '../database/database.ts';
import { addRows, noRows, type SweptRows } from './sweep-types.ts';

/**
 * What has been destroyed and is not in the destruction ledger yet. Kept in the register, in the transactions that
 * destroy, so that the ledger's line is exact however often a sweep was killed. Rows of an hour that has not ended wait
 * here until it has: one line in the ledger for each sweep that ended hours, not for each second.
 */
export interface Tally {
  readonly rows: SweptRows;
  /** Hours that had a key when their end was resolved upon: written down before the first key is touched. */
  keyed: number[];
  /** First and last of all hours that ended; null when none did. */
  firstHour: number | null;
  lastHour: number | null;
}

export interface SweepTally {
  /** All of these inside a transaction. */
  read(): Tally;
  /** These hours end now; `keyed` of them have a key. */
  ending(hours: readonly number[], keyed: readonly number[]): void;
  gone(rows: SweptRows): void;
  /** Takes the tally out, as the ledger's line; null when no hour has ended. */
  take(): Pick<Destruction, 'firstHour' | 'lastHour' | 'rows' | 'keys'> | null;
}

export function sweepTally(db: Connection): SweepTally {
  const find = db.prepare<[], string>("SELECT value FROM meta WHERE name = 'sweep'").pluck();
  const put = db.prepare<[string]>("INSERT OR REPLACE INTO meta (name, value) VALUES ('sweep', ?)");
  const remove = db.prepare("DELETE FROM meta WHERE name = 'sweep'");

  function read(): Tally {
    const kept = find.get();
    if (kept !== undefined) return JSON.parse(kept) as Tally;
    return { rows: noRows(), keyed: [], firstHour: null, lastHour: null };
  }

  return {
    read,
    ending(hours, keyed) {
      const tally = read();
      tally.keyed = [...new Set([...tally.keyed, ...keyed])];
      for (const hour of hours) {
        tally.firstHour = Math.min(hour, tally.firstHour ?? hour);
        tally.lastHour = Math.max(hour, tally.lastHour ?? hour);
      }
      put.run(JSON.stringify(tally));
    },
    gone(rows) {
      const tally = read();
      addRows(tally.rows, rows);
      put.run(JSON.stringify(tally));
    },
    take() {
      const { rows, keyed, firstHour, lastHour } = read();
      if (firstHour === null || lastHour === null) return null;
      remove.run();
      const { visits, unresolved, undecodable, notices, parts } = rows;
      return {
        firstHour,
        lastHour,
        rows: { visits, unresolved, undecodable, notices, parts },
        keys: keyed.length,
      };
    },
  };
}
