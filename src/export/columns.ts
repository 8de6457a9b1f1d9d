import type { StoredVisit } from '../store/register-types.ts';
import { formatNational, maskNumber } from '../visits/phone-number.ts';
import { memo } from './memo.ts';
import type { Zone } from './zone.ts';

/** What an export needs of a visit. The visitor is canonical and in the clear. */
export type ExportRow = Pick<
  StoredVisit,
  | 'visitedAtMs'
  | 'visitor'
  | 'venue'
  | 'venueName'
  | 'venueAddress'
  | 'receivedAtMs'
  | 'line'
  | 'timeSource'
  | 'webSent'
  | 'expiresAtMs'
>;

/** A row as people and programs read it. */
export interface ExportCells {
  /** ISO 8601 with offset, in the configured zone. */
  readonly visited_at: string;
  /** National format, `+` and E.164 for a foreign number; masked unless the export reveals. */
  readonly visitor: string;
  /** National format, or an issued code. */
  readonly venue: string;
  readonly venue_name: string | null;
  readonly venue_address: string | null;
  readonly received_at: string;
  readonly line: string;
  readonly time_source: 'network' | 'received';
  /** The text began with `[Web발신]`: it was sent from a web page, not from a phone. */
  readonly web_sent: boolean;
  readonly expires_at: string;
}

/** The columns of every export, in their order (SPEC.md, export and trace). */
export const columnKeys = [
  'visited_at',
  'visitor',
  'venue',
  'venue_name',
  'venue_address',
  'received_at',
  'line',
  'time_source',
  'web_sent',
  'expires_at',
] as const satisfies readonly (keyof ExportCells)[];

/** Writes a row's cells; the keys of the object are in the order of `columnKeys`. */
export type FormatRow = (row: ExportRow) => ExportCells;

export interface CellOptions {
  readonly zone: Zone;
  /** Visitors' numbers unmasked. */
  readonly reveal: boolean;
}

/** Venues whose written form is remembered: more than a city has. */
const venueLimit = 50_000;

export function rowFormat({ zone, reveal }: CellOptions): FormatRow {
  const formatVenue = memo(venueLimit, formatNational);
  const formatVisitor = reveal ? formatNational : maskNumber;
  return (row) => ({
    visited_at: zone.format(row.visitedAtMs),
    visitor: formatVisitor(row.visitor),
    venue: formatVenue(row.venue),
    venue_name: row.venueName,
    venue_address: row.venueAddress,
    received_at: zone.format(row.receivedAtMs),
    line: row.line,
    time_source: row.timeSource,
    web_sent: row.webSent,
    expires_at: zone.format(row.expiresAtMs),
  });
}
