import type { Actor, Destruction } from '../audit/audit-types.ts';
import type { Connection } from '../database/database.ts';
import type { Standing } from './clock-rule.ts';

export interface SweepOptions {
  /** For the destruction ledger. */
  readonly who: Actor;
  /** `run`, `sweep`. */
  readonly command: string;
  /** The part (of 1) of the living hours that may go at once because the clock leapt; 0.25 unless said. */
  readonly maxShare?: number;
  /** Believes the machine's clock, whatever speaks against it. */
  readonly force?: boolean;
  /** Waits between two steps; given what the last one took. A turn of the event loop unless said. */
  readonly pause?: (tookMs: number) => Promise<unknown>;
  /** Stops it between two steps. The next sweep goes on from there. */
  readonly signal?: AbortSignal;
}

/** Rows, by kind, that a sweep removes. */
export interface SweptRows {
  visits: number;
  unresolved: number;
  undecodable: number;
  notices: number;
  parts: number;
  /** Fingerprints of texts, by which one that comes again is known. */
  seen: number;
  /** What modems' slots held. */
  residents: number;
  /** Lists of pseudonyms in the audit log. */
  subjects: number;
}

/** How a sweep read the clock (clock-rule.ts). */
export interface SweepClock {
  readonly standing: Standing;
  /** What is past at this time goes. */
  readonly cutMs: number;
  readonly clockMs: number;
  /** How far the clock is from where the last sweep's and the uptime put it. */
  readonly leapMs: number;
  /** Hours that are past by the clock alone, of how many living ones. */
  readonly doubtful: number;
  readonly living: number;
  /** They are too many to go without a second opinion. */
  readonly waiting: boolean;
}

/** What a sweep would do now. */
export interface SweepPlan {
  readonly clock: SweepClock;
  readonly rows: Readonly<SweptRows>;
  /** Hours that end, ascending, hours since 1970. */
  readonly hours: readonly number[];
  /** How many of them have a key. */
  readonly keys: number;
}

/** What a sweep did. */
export interface SweepResult {
  readonly clock: SweepClock;
  readonly rows: Readonly<SweptRows>;
  readonly hours: readonly number[];
  readonly keys: number;
  /** Hours that were found to bear wrong dates, and are kept until their right end. */
  readonly misdated: number;
  /** Pages given back to the file system. */
  readonly freedPages: number;
  /** False: a reader still needs the write-ahead log, or a writer was at it. The next sweep tries again. */
  readonly walTruncated: boolean;
  /** False: it was stopped, and the next sweep goes on. */
  readonly finished: boolean;
  readonly steps: number;
  readonly longestStepMs: number;
  readonly durationMs: number;
}

export function noRows(): SweptRows {
  return {
    visits: 0,
    unresolved: 0,
    undecodable: 0,
    notices: 0,
    parts: 0,
    seen: 0,
    residents: 0,
    subjects: 0,
  };
}

export function addRows(sum: SweptRows, more: Readonly<SweptRows>): void {
  for (const kind of Object.keys(sum) as (keyof SweptRows)[]) sum[kind] += more[kind];
}

/**
 * What has been destroyed and is not in the destruction ledger yet. Kept in the register, in the transactions that
 * destroy, so that the ledger's line is exact however often a sweep was killed. Rows of an hour that has not ended wait
 * here until it has: one line in the ledger for each sweep that ended hours, not for each second.
 */
interface DestroyedTally {
  readonly rows: SweptRows;
  /** Hours that had a key when their end was resolved upon: written down before the first key is touched. */
  keyed: number[];
  /** First and last of all hours that ended; null when none did. */
  firstHour: number | null;
  lastHour: number | null;
}

export interface SweepTally {
  /** All of these inside a transaction. */
  read(): DestroyedTally;
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

  function read(): DestroyedTally {
    const kept = find.get();
    if (kept !== undefined) return JSON.parse(kept) as DestroyedTally;
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
