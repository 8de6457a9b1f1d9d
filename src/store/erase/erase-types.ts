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
      readonly kind: 'visits';
      readonly hour: number;
      /** Names the row within its hour (sealing/visit-row.ts), in hexadecimal. */
      readonly row: string;
      /** The row of its note, if it has one. */
      readonly noteId: number | null;
    }
  | {
      readonly kind: 'unresolved' | 'undecodable' | 'notices' | 'parts';
      readonly hour: number;
      readonly id: number;
    };

/** A row of a visitor, as far as whoever asks for it needs to know. */
export type TraceKind = Pick<TracedRow, 'kind' | 'hour'>;

/** Finds one visitor in what the store keeps and cannot read: it knows neither PDUs nor how people write numbers. */
export interface VisitorFinder {
  /** Canonical. */
  readonly visitor: string;
  /** Whether it is a person's number (mobile, 050x), and a place under it no business's. */
  readonly isPrivate: boolean;
  /** The words with stars in the place of the number; null if they do not have it. */
  starred(words: string): string | null;
  /** Whether octets that no words were read from, as a modem printed them, have the number in some alphabet. */
  isInOctets(print: string): boolean;
  /** Whether segments of another's long text (their TPDUs), in order, have the number in their words or across two. */
  isNamedInSet(parts: readonly { readonly seq: number; readonly octets: Uint8Array }[]): boolean;
  /** Whether a text in the spool is the visitor's, or has the number. */
  isInSpooled(plain: Uint8Array): boolean;
}

/** What the register holds of one visitor. */
export interface Traces {
  readonly rows: readonly TraceKind[];
  /** Texts of others whose words or octets have the number. */
  readonly mentions: number;
  /** Others' long texts that wait for the rest and have the number. */
  readonly waitingTexts: number;
  /** Texts in the spool that are the visitor's or have the number. */
  readonly spooled: number;
  /** Visits to a place that was typed as this number. */
  readonly asVenue: number;
  /** Whether a place is registered under this number, or was under a person's. */
  readonly place: 'registered' | 'removed' | null;
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
  /** A removed place under this number is forgotten. */
  readonly forgotten: boolean;
  /** False: a reader still needs the write-ahead log, which holds the sealed rows until a checkpoint. */
  readonly walTruncated: boolean;
  /** Gateways whose registers may still have rows that wait to be forwarded; left out if the register is this machine's. */
  readonly unreached?: readonly string[];
}
