import type { Actor } from '../audit/audit-types.ts';
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
