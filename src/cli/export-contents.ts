import type { Column } from '../export/column.ts';
import type { ExportRow } from '../export/visit-columns.ts';
import { visitColumns } from '../export/visit-columns.ts';
import type { BatchStream, Register, VisitQuery } from '../store/register-types.ts';

export interface ContentsOptions {
  readonly reveal: boolean;
  /** Columns that are left out of a row where they are null may always be there. */
  readonly format: 'csv' | 'xlsx' | 'jsonl';
  readonly includeUnresolved: boolean;
  readonly areaCode: string;
}

export interface ExportContents {
  readonly rows: BatchStream<ExportRow>;
  readonly columns: readonly Column<ExportRow>[];
}

/** The rows of an export and its columns: which of these there are is known before the first row is read. */
export async function exportContents(
  register: Register,
  query: VisitQuery,
  { reveal, format, includeUnresolved, areaCode }: ContentsOptions,
): Promise<ExportContents> {
  const corrected = format === 'jsonl' || register.hasCorrected(query);
  const columns = visitColumns({ reveal, corrected });
  const visits = register.visitBatches(query);
  if (!includeUnresolved) return { rows: visits, columns };
  const { matchColumns } = await import('../export/near-rows.ts');
  return {
    rows: await withNearMisses(register, query, areaCode, visits),
    columns: [...columns, ...matchColumns({ reveal })],
  };
}

/** The unresolved texts of the window are read when the first row is asked for: the act is on disk by then. */
async function withNearMisses(
  register: Register,
  query: VisitQuery,
  areaCode: string,
  visits: BatchStream<ExportRow>,
): Promise<BatchStream<ExportRow>> {
  const { amongVisits, nearRows } = await import('../export/near-rows.ts');
  const { nearMissIndex } = await import('../visits/near-miss.ts');
  const wanted = query.venues ?? register.venues().map(({ number }) => number);
  const texts = register.texts({ ...query, kinds: ['unresolved'] });
  return {
    async *[Symbol.asyncIterator]() {
      const near = nearMissIndex(wanted, areaCode);
      const rows = [...nearRows(texts, { near, placeOf: register.placeOf })].filter(
        ({ line }) => query.line === undefined || line === query.line,
      );
      yield* amongVisits(visits, rows);
    },
    get unreadable() {
      return visits.unreadable + texts.unreadable;
    },
  };
}
