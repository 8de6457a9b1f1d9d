import { amongVisits, matchColumns, nearRows } from '../../export/near-rows.ts';
import { type Column, type ExportRow, visitColumns } from '../../export/visit-columns.ts';
import type { BatchStream, Register, VisitQuery } from '../../store/register-types.ts';
import { nearMissIndex } from '../../visits/near-miss.ts';
import { formatNational } from '../../visits/phone-number.ts';
import { numbersNear } from '../../visits/typed-digits.ts';
import type { ActSession } from '../officer/act.ts';

export interface ContentsOptions {
  readonly reveal: boolean;
  /** A format that leaves out null columns of a row has all columns always. */
  readonly format: 'csv' | 'xlsx' | 'jsonl';
  readonly includeUnresolved?: boolean;
}

export interface ExportContents {
  readonly rows: BatchStream<ExportRow>;
  readonly columns: readonly Column<ExportRow>[];
}

/** The rows of an export and its columns, which are known before the first row is read. */
export async function exportContents(
  { register, config }: ActSession,
  query: VisitQuery,
  { reveal, format, includeUnresolved = false }: ContentsOptions,
): Promise<ExportContents> {
  const corrected = format === 'jsonl' || (await register.hasCorrected(query));
  const columns = visitColumns({ reveal, corrected });
  const visits = register.visitBatches(query);
  if (!includeUnresolved) return { rows: visits, columns };
  return {
    rows: await withNearMisses(register, query, config.numbering.areaCode, visits),
    columns: [...columns, ...matchColumns({ reveal })],
  };
}

/**
 * Visits to a number that no place is registered under and that is one mistyped digit away from a registered one: most
 * such numbers exist. A number that is not registered itself tells nothing about its neighbours.
 */
function visitsNear(register: Register, query: VisitQuery, venue: string): ExportRow[] {
  if (register.venueOf(venue) === null) return [];
  const unregistered = numbersNear(venue).filter(
    (number) => register.venueOf(number) === null && !query.venues?.includes(number),
  );
  return [...register.visits({ ...query, venues: unregistered })].map((row) => {
    const place = register.placeOf(venue, row.visitedAtMs);
    return { ...row, venue, place, nearMiss: formatNational(row.venue) };
  });
}

/** The unresolved texts of the window are read when the first row is asked for: the act is on disk by then. */
async function withNearMisses(
  register: Register,
  query: VisitQuery,
  areaCode: string,
  visits: BatchStream<ExportRow>,
): Promise<BatchStream<ExportRow>> {
  const wanted = query.venues ?? register.venues().map(({ number }) => number);
  const texts = register.texts({ ...query, kinds: ['unresolved'] });
  return {
    async *[Symbol.asyncIterator]() {
      const near = nearMissIndex(wanted, areaCode);
      const rows = [...nearRows(texts, { near, placeOf: register.placeOf })].filter(
        ({ line }) => query.line === undefined || line === query.line,
      );
      rows.push(...(query.venues ?? []).flatMap((venue) => visitsNear(register, query, venue)));
      yield* amongVisits(
        visits,
        rows.sort((one, other) => one.visitedAtMs - other.visitedAtMs),
      );
    },
    get unreadable() {
      return visits.unreadable + texts.unreadable;
    },
  };
}
