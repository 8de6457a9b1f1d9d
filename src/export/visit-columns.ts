import { memo } from '../base/memo.ts';
import type { StoredVisit } from '../store/register-types.ts';
import { formatNational, maskNumber } from '../visits/phone-number.ts';
import type { Column } from './column.ts';

/** What an export needs of a visit. The visitor is canonical and in the clear. */
export type ExportRow = Pick<
  StoredVisit,
  | 'visitedAtMs'
  | 'visitor'
  | 'venue'
  | 'place'
  | 'receivedAtMs'
  | 'line'
  | 'timeSource'
  | 'webSent'
  | 'expiresAtMs'
  | 'correctedBy'
> & {
  /** What a near miss among the visits says, whole: its text, or the number that it named; a visit has none. */
  readonly nearMiss?: string;
};

/** Venues whose written form is remembered: more than a city has. */
const venueLimit = 50_000;

const placeOf = ({ place }: ExportRow) => place;

const correctedBy: Column<ExportRow> = {
  key: 'corrected_by',
  kind: 'text',
  width: 16,
  value: (row) => row.correctedBy,
  sparse: true,
};

export interface VisitColumnOptions {
  /** Visitors' numbers whole. */
  readonly reveal: boolean;
  /** With who assigned a text to the venue: for an export in which there is such a visit. */
  readonly corrected?: boolean;
}

/**
 * The columns of every export, in their order (SPEC.md, export and trace). Numbers are in national format, foreign
 * ones E.164 with `+`; visitors' are masked unless `reveal`.
 */
export function visitColumns({
  reveal,
  corrected = false,
}: VisitColumnOptions): readonly Column<ExportRow>[] {
  const formatVenue = memo(venueLimit, formatNational);
  const formatVisitor = reveal ? formatNational : maskNumber;
  return [
    { key: 'visited_at', kind: 'instant', width: 20, value: (row) => row.visitedAtMs },
    { key: 'visitor', kind: 'text', width: 17, value: (row) => formatVisitor(row.visitor) },
    { key: 'venue', kind: 'text', width: 16, of: placeOf, value: ({ place }) => formatVenue(place.number) },
    { key: 'venue_name', kind: 'text', width: 24, of: placeOf, value: ({ place }) => place.name },
    { key: 'venue_address', kind: 'text', width: 40, of: placeOf, value: ({ place }) => place.address },
    { key: 'received_at', kind: 'instant', width: 20, value: (row) => row.receivedAtMs },
    { key: 'line', kind: 'text', width: 10, value: (row) => row.line },
    { key: 'time_source', kind: 'text', width: 13, value: (row) => row.timeSource },
    // The text began with `[Web발신]`: it was sent from a web page, not from a phone.
    { key: 'web_sent', kind: 'flag', width: 11, value: (row) => row.webSent },
    { key: 'expires_at', kind: 'instant', width: 20, value: (row) => row.expiresAtMs },
    ...(corrected ? [correctedBy] : []),
  ];
}
