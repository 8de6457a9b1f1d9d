import { inBatches } from '../base/batches.ts';
import { maskText } from '../visits/mask-text.ts';
import type { Column, ExportRow, VisitColumnOptions } from './visit-columns.ts';

/** The batches of visits and the near misses, merged in order of time. */
export async function* amongVisits(
  batches: AsyncIterable<readonly ExportRow[]> | Iterable<readonly ExportRow[]>,
  near: readonly ExportRow[],
): AsyncGenerator<readonly ExportRow[]> {
  let next = 0;
  for await (const batch of batches) {
    const rows: ExportRow[] = [];
    for (const row of batch) {
      for (let miss = near[next]; miss && miss.visitedAtMs < row.visitedAtMs; miss = near[next]) {
        rows.push(miss);
        next += 1;
      }
      rows.push(row);
    }
    yield rows;
  }
  yield* inBatches(near.slice(next));
}

/**
 * The columns behind those of a visit: whether the text names the place (`exact`) or nearly does (`near`), and the text
 * of a near miss, masked unless `reveal`.
 */
export function matchColumns({
  reveal,
  digits,
}: Pick<VisitColumnOptions, 'reveal' | 'digits'>): readonly Column<ExportRow>[] {
  const shown = (text: string) => (reveal ? text : maskText(text, digits));
  return [
    {
      key: 'match',
      kind: 'text',
      width: 8,
      value: ({ nearMiss }) => (nearMiss === undefined ? 'exact' : 'near'),
    },
    {
      key: 'text',
      kind: 'text',
      width: 38,
      value: ({ nearMiss }) => (nearMiss === undefined ? null : shown(nearMiss)),
    },
  ];
}
