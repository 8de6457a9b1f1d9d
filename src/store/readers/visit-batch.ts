import type { OpenRow } from '../visit-stream.ts';

/** Rows on their way from one thread to another, field by field: objects would cost more than the opening of the rows. */
export interface VisitBatch {
  readonly venues: readonly string[];
  readonly visitors: readonly string[];
  /** Time of visit, id, time of receipt, line, flags; five to a row. */
  readonly numbers: Float64Array;
  /** By the row's place in the batch; few rows have one. */
  readonly correctedBy: ReadonlyMap<number, string>;
}

const numbersOfRow = 5;

export function encodeBatch(rows: readonly OpenRow[]): VisitBatch {
  const numbers = new Float64Array(rows.length * numbersOfRow);
  const correctedBy = new Map<number, string>();
  let at = 0;
  for (const [index, row] of rows.entries()) {
    const [, visitedAtMs, id, , receivedAtMs, line, flags, corrector] = row;
    if (corrector !== null) correctedBy.set(index, corrector);
    numbers[at++] = visitedAtMs;
    numbers[at++] = id;
    numbers[at++] = receivedAtMs;
    numbers[at++] = line;
    numbers[at++] = flags;
  }
  return { venues: rows.map(([venue]) => venue), visitors: rows.map((row) => row[3]), numbers, correctedBy };
}

export function decodeBatch({ venues, visitors, numbers, correctedBy }: VisitBatch): OpenRow[] {
  return venues.map((venue, index) => {
    const at = index * numbersOfRow;
    const [visitedAtMs = 0, id = 0, receivedAtMs = 0, line = 0, flags = 0] = [
      numbers[at],
      numbers[at + 1],
      numbers[at + 2],
      numbers[at + 3],
      numbers[at + 4],
    ];
    return [
      venue,
      visitedAtMs,
      id,
      visitors[index] ?? '',
      receivedAtMs,
      line,
      flags,
      correctedBy.get(index) ?? null,
    ];
  });
}
