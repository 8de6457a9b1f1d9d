import type { Connection } from '../database/database.ts';
import type { HourKeys } from '../keyring/hour-keys.ts';
import type { RowRandom } from '../sealing/row-random.ts';
import type { HourCounts } from './hours.ts';
import type { LineNames } from './lines.ts';
import type { Venues } from './venues.ts';

/** What rows are opened with; enough for a reader that leaves the names to another. */
export interface RowOpener {
  readonly db: Connection;
  readonly keys: HourKeys;
  readonly lines: LineNames;
}

/** What every kind of row needs to be read. */
export interface RowReader extends RowOpener {
  readonly venues: Venues;
  readonly retentionMs: number;
}

/** The names of what rows have numbers of. */
export interface NamesOfRows extends Pick<RowReader, 'retentionMs'> {
  readonly venues: Pick<RowReader['venues'], 'namesAt'>;
  readonly lines: Pick<RowReader['lines'], 'nameOf'>;
}

/** What every kind of row needs to be written. */
export interface TableWriter extends RowOpener {
  readonly counts: HourCounts;
  readonly random: RowRandom;
}

/** A visit with everything that its row holds. Line and flags are as the database has them. */
export interface OpenVisit {
  readonly id: number;
  readonly visitor: string;
  readonly venue: string;
  readonly atMs: number;
  readonly receivedAtMs: number;
  readonly line: number;
  readonly flags: number;
  readonly correctedBy: string | null;
}
