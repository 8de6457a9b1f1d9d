import type { Connection } from '../../store/database/database.ts';
import type { FileIdentity } from '../../store/files/own-file.ts';
import type { HolderRing } from '../../store/holder/holder-ring.ts';
import type { CentralAddress } from '../connect.ts';

/** The rows of an answer of the central register. Errors: `central.…`. */
export type Ask = <Row extends object>(query: string, values?: readonly unknown[]) => Promise<readonly Row[]>;

/** Where a reading thread finds what a holder reads with: what a thread can be handed. */
export interface HourReaderPlace {
  readonly holder: string;
  readonly dataDir: string;
  readonly ringPath: string;
  readonly masterFile: string | null;
  readonly sameAs?: FileIdentity;
  readonly retentionMs: number;
  readonly address: Omit<CentralAddress, 'password'>;
}

/** What a holder reads the central register with. */
export interface CentralReader {
  readonly ask: Ask;
  /** Its name. */
  readonly holder: string;
  readonly ring: HolderRing;
  /** Its own register: the keys of hours that it has opened. */
  readonly db: Connection;
  readonly retentionMs: number;
  /** With what a thread reads the same; null for a reader that is in one. */
  readonly thread: (HourReaderPlace & { readonly password: (() => string) | null }) | null;
}
