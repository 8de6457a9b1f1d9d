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

/** Puts a row of a batch into `row`, and gives it back: a row of its own for each would be twice the garbage. */
export function decodeRow(
  { venues, visitors, numbers, correctedBy }: VisitBatch,
  index: number,
  row: OpenRow,
): OpenRow {
  const at = index * numbersOfRow;
  row[0] = venues[index] ?? '';
  row[1] = numbers[at] ?? 0;
  row[2] = numbers[at + 1] ?? 0;
  row[3] = visitors[index] ?? '';
  row[4] = numbers[at + 2] ?? 0;
  row[5] = numbers[at + 3] ?? 0;
  row[6] = numbers[at + 4] ?? 0;
  row[7] = correctedBy.get(index) ?? null;
  return row;
}

/** Whether a row of one batch comes before a row of another: by its time, then by its id. */
export function comesBefore(one: VisitBatch, at: number, other: VisitBatch, otherAt: number): boolean {
  const [a, b] = [at * numbersOfRow, otherAt * numbersOfRow];
  const apart = (one.numbers[a] ?? 0) - (other.numbers[b] ?? 0);
  return apart !== 0 ? apart < 0 : (one.numbers[a + 1] ?? 0) < (other.numbers[b + 1] ?? 0);
}
