import { inBatches } from '../base/batches.ts';
import type { NamedVenue, StoredText } from '../store/records.ts';
import { maskText } from '../visits/mask-text.ts';
import type { NearMissIndex } from '../visits/near-miss.ts';
import { stripWebMark } from '../visits/spelled-digits.ts';
import type { Column, ExportRow, VisitColumnOptions } from './visit-columns.ts';

interface NearRowOptions {
  readonly near: NearMissIndex;
  /** Name and address of the place, as they were at that time. */
  readonly placeOf: (venue: string, visitedAtMs: number) => Promise<NamedVenue>;
}

/** Unresolved texts that nearly name a venue of the index, as rows of the likeliest venue, in their order. */
export async function nearRows(
  texts: AsyncIterable<readonly StoredText[]>,
  { near, placeOf }: NearRowOptions,
): Promise<ExportRow[]> {
  const rows: ExportRow[] = [];
  for await (const batch of texts)
    for (const text of batch) {
      const row = await nearRow(text, { near, placeOf });
      if (row !== null) rows.push(row);
    }
  return rows;
}

async function nearRow(
  { text, sender, atMs, receivedAtMs, line, source, expiresAtMs }: StoredText,
  { near, placeOf }: NearRowOptions,
): Promise<ExportRow | null> {
  const [first] = text === null || sender === null ? [] : near.of(text, sender);
  if (first === undefined || text === null || sender === null) return null;
  return {
    visitedAtMs: atMs,
    visitor: sender,
    venue: first.venue,
    place: await placeOf(first.venue, atMs),
    receivedAtMs,
    line,
    timeSource: source,
    webSent: stripWebMark(text).webSent,
    expiresAtMs,
    correctedBy: null,
    nearMiss: text,
  };
}

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
      width: 40,
      value: ({ nearMiss }) => (nearMiss === undefined ? null : shown(nearMiss)),
    },
  ];
}
