import type { Connection } from '../../store/database/database.ts';
import type { HolderRing } from '../../store/holder/holder-ring.ts';

/** The rows of an answer of the central register. Errors: `central.…`. */
export type Ask = <Row extends object>(query: string, values?: readonly unknown[]) => Promise<readonly Row[]>;

/** What a holder reads the central register with. */
export interface CentralReader {
  readonly ask: Ask;
  /** Its name. */
  readonly holder: string;
  readonly ring: HolderRing;
  /** Its own register: the keys of hours that it has opened. */
  readonly db: Connection;
  readonly retentionMs: number;
}
