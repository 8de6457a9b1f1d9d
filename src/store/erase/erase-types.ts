import type { DestroyedRows } from '../audit/audit-types.ts';

/** Where a row lies. */
export type TracedRow =
  | {
      readonly kind: 'visits';
      readonly hour: number;
      readonly venue: string;
      readonly at: number;
      readonly id: number;
    }
  | {
      readonly kind: 'unresolved' | 'undecodable' | 'notices' | 'parts';
      readonly hour: number;
      readonly id: number;
    };

/** Finds one visitor in what the store keeps and cannot read: it knows neither PDUs nor how people write numbers. */
export interface VisitorFinder {
  /** Canonical. */
  readonly visitor: string;
  /** The words with stars in the place of the number; null if they do not have it. */
  starred(words: string): string | null;
  /** Whether octets that no words were read from, as a modem printed them, have the number in some alphabet. */
  isInOctets(print: string): boolean;
  /** Whether a segment of another's long text (its TPDU) has the number in its words. */
  isNamedInPart(tpdu: Uint8Array): boolean;
  /** Whether a text in the spool is the visitor's, or has the number. */
  isInSpooled(plain: Uint8Array): boolean;
}

/** What the register holds of one visitor. */
export interface Traces {
  readonly rows: readonly TracedRow[];
  /** Texts of others whose words or octets have the number. */
  readonly mentions: number;
  /** Segments of others' long texts that wait for the rest and have the number. */
  readonly waitingParts: number;
  /** Texts in the spool that are the visitor's or have the number. */
  readonly spooled: number;
  /** Visits to a place that was typed as this number. */
  readonly asVenue: number;
  /** Lists of pseudonyms in the audit log that have the visitor's. */
  readonly pseudonyms: number;
}

export interface Erased {
  readonly rows: Required<DestroyedRows>;
  /** The hours that rows went from, ascending. Their keys live on. */
  readonly hours: readonly number[];
  /** Texts of others in which stars took the place of the number. */
  readonly starred: number;
  /** Pseudonyms in the audit log that became noise. */
  readonly pseudonyms: number;
  /** False: a reader still needs the write-ahead log, which holds the sealed rows until a checkpoint. */
  readonly walTruncated: boolean;
}
