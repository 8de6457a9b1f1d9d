import { amongVisits, matchColumns, nearRows } from '../../export/near-rows.ts';
import { type Column, type ExportRow, visitColumns } from '../../export/visit-columns.ts';
import type { Records, RowBatches, VisitQuery } from '../../store/records.ts';
import { nearMissIndex } from '../../visits/near-miss.ts';
import { formatNational } from '../../visits/phone-number.ts';
import { numbersNear } from '../../visits/typed-digits.ts';
import type { ActSession } from '../officer/act.ts';

interface ContentsOptions {
  readonly reveal: boolean;
  /** A format that leaves out null columns of a row has all columns always. */
  readonly format: 'csv' | 'xlsx' | 'jsonl';
  readonly includeUnresolved?: boolean;
}

interface ExportContents {
  readonly rows: RowBatches<ExportRow>;
  readonly columns: readonly Column<ExportRow>[];
}

/** The rows of an export and its columns, which are known before the first row is read. */
export async function exportContents(
  { register, config, shell }: ActSession,
  query: VisitQuery,
  { reveal, format, includeUnresolved = false }: ContentsOptions,
): Promise<ExportContents> {
  const corrected = format === 'jsonl' || (await register.hasCorrected(query));
  const shown = { reveal, digits: shell.maskedDigits };
  const columns = visitColumns({ ...shown, corrected });
  const visits = register.visits(query);
  if (!includeUnresolved) return { rows: visits, columns };
  return {
    rows: await withNearMisses(register, query, config.numbering.areaCode, visits),
    columns: [...columns, ...matchColumns(shown)],
  };
}

/**
 * Visits to a number that no place is registered under and that is one mistyped digit away from a registered one: most
 * such numbers exist. A number that is not registered itself tells nothing about its neighbours.
 */
async function visitsNear(records: Records, query: VisitQuery, venue: string): Promise<ExportRow[]> {
  const registered = new Set((await records.venues('all')).map(({ number }) => number));
  if (!registered.has(venue)) return [];
  const unregistered = numbersNear(venue).filter(
    (number) => !registered.has(number) && !query.venues?.includes(number),
  );
  const rows: ExportRow[] = [];
  for await (const visits of records.visits({ ...query, venues: unregistered }))
    for (const visit of visits) {
      const place = await records.placeOf(venue, visit.visitedAtMs);
      rows.push({ ...visit, venue, place, nearMiss: formatNational(visit.venue) });
    }
  return rows;
}

/** The unresolved texts of the window are read when the first row is asked for: the act is on disk by then. */
async function withNearMisses(
  records: Records,
  query: VisitQuery,
  areaCode: string,
  visits: RowBatches<ExportRow>,
): Promise<RowBatches<ExportRow>> {
  const wanted = query.venues ?? (await records.venues()).map(({ number }) => number);
  const texts = records.texts({ ...query, kinds: ['unresolved'] });
  return {
    async *[Symbol.asyncIterator]() {
      const near = nearMissIndex(wanted, areaCode);
      const rows = (await nearRows(texts, { near, placeOf: records.placeOf })).filter(
        ({ line }) => query.line === undefined || line === query.line,
      );
      for (const venue of query.venues ?? [])
        for (const row of await visitsNear(records, query, venue)) rows.push(row);
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
