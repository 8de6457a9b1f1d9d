import { memo } from '../base/memo.ts';
import type { NamedVenue, StoredVisit } from '../store/records.ts';
import { isPrivateNumber } from '../visits/numbering-plan.ts';
import { formatNational, maskNumber, type ShownDigits } from '../visits/phone-number.ts';

/**
 * One column of an export: a writer knows its kind, not its meaning. `Column<ExportRow>` is also a column of every row
 * that extends ExportRow.
 */
export type Column<Row> = ColumnOf<Row>['text' | 'instant' | 'number' | 'flag'];

interface ColumnOf<Row> {
  /** Free text, or a number that is never calculated with: a telephone number, a code. */
  readonly text: ColumnBase<'text'> & {
    readonly value: (row: Row) => string | null;
  };
  /** Milliseconds since 1970; written in the configured zone. */
  readonly instant: ColumnBase<'instant'> & { readonly value: (row: Row) => number | null };
  readonly number: ColumnBase<'number'> & { readonly value: (row: Row) => number | null };
  readonly flag: ColumnBase<'flag'> & { readonly value: (row: Row) => boolean | null };
}

interface ColumnBase<Kind extends string> {
  /** Its name in the machine formats. */
  readonly key: string;
  readonly kind: Kind;
  /** Width in a sheet, in digits of its font. */
  readonly width: number;
  /** Left out of a JSON object if null. */
  readonly sparse?: true;
}

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
  /** Of a near miss its whole text, or the number that it named; a visit has none. */
  readonly nearMiss?: string;
};

/** More venues than a city has. */
const venueLimit = 50_000;

export interface VisitColumnOptions {
  /** Visitors' numbers whole. */
  readonly reveal: boolean;
  /** Of masked numbers. */
  readonly digits?: ShownDigits | undefined;
}

/**
 * The columns of every export, in their order (docs/SPEC.md, Commands). Numbers are in national format, foreign
 * ones E.164 with `+`; visitors' are masked unless `reveal`.
 */
export function visitColumns({ reveal, digits }: VisitColumnOptions): readonly Column<ExportRow>[] {
  const formatVenue = memo(venueLimit, formatNational);
  // A private number that names no place: an earlier version took a companion's number for one.
  const formatPlace = ({ number, name }: NamedVenue): string =>
    !reveal && name === null && isPrivateNumber(number) ? maskNumber(number, digits) : formatVenue(number);
  const formatVisitor = reveal ? formatNational : (number: string) => maskNumber(number, digits);
  return [
    { key: 'visited_at', kind: 'instant', width: 20, value: (row) => row.visitedAtMs },
    { key: 'visitor', kind: 'text', width: 17, value: (row) => formatVisitor(row.visitor) },
    { key: 'venue', kind: 'text', width: 16, value: ({ place }) => formatPlace(place) },
    { key: 'venue_name', kind: 'text', width: 24, value: ({ place }) => place.name },
    { key: 'venue_address', kind: 'text', width: 40, value: ({ place }) => place.address },
    { key: 'received_at', kind: 'instant', width: 20, value: (row) => row.receivedAtMs },
    { key: 'line', kind: 'text', width: 10, value: (row) => row.line },
    { key: 'time_source', kind: 'text', width: 13, value: (row) => row.timeSource },
    // The text began with `[Web발신]`: it was sent from a web page, not from a phone.
    { key: 'web_sent', kind: 'flag', width: 11, value: (row) => row.webSent },
    { key: 'expires_at', kind: 'instant', width: 20, value: (row) => row.expiresAtMs },
    // Who assigned the text to the venue.
    { key: 'corrected_by', kind: 'text', width: 16, value: (row) => row.correctedBy, sparse: true },
  ];
}

/** Counts the rows that are written, from 1: each is asked for its value once, in order. */
export function rowNumbers<Row>(): Column<Row> {
  let number = 0;
  return {
    key: 'no',
    kind: 'number',
    width: 7,
    value() {
      number += 1;
      return number;
    },
  };
}
