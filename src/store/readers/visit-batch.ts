import type { OpenRow } from '../visit-stream.ts';

/**
 * Rows on their way from one thread to another. The texts of all rows are one, because that is handed over in one piece:
 * as an array of texts they would take as long as the opening of the rows.
 */
export interface VisitBatch {
  /** Venue and visitor of each row in turn, with `between` after each. */
  readonly texts: string;
  /** Time of visit, id, time of receipt, line, flags; five to a row. */
  readonly numbers: Float64Array;
  /** Visitors whose name has `between` in it, by the row's place: whoever sends a text may call himself anything. */
  readonly oddVisitors: ReadonlyMap<number, string>;
}

/** A batch that has arrived. */
export interface ArrivedBatch extends VisitBatch {
  readonly rows: number;
  readonly parts: readonly string[];
}

const numbersOfRow = 5;
const between = '\0';

export function encodeBatch(rows: readonly OpenRow[]): VisitBatch {
  const numbers = new Float64Array(rows.length * numbersOfRow);
  const oddVisitors = new Map<number, string>();
  let texts = '';
  let at = 0;
  for (const [index, row] of rows.entries()) {
    const [venue, visitedAtMs, id, visitor, receivedAtMs, line, flags] = row;
    const isOdd = visitor.includes(between);
    if (isOdd) oddVisitors.set(index, visitor);
    texts += venue + between + (isOdd ? '' : visitor) + between;
    numbers[at++] = visitedAtMs;
    numbers[at++] = id;
    numbers[at++] = receivedAtMs;
    numbers[at++] = line;
    numbers[at++] = flags;
  }
  return { texts, numbers, oddVisitors };
}

export function arrivedBatch(batch: VisitBatch): ArrivedBatch {
  return { ...batch, rows: batch.numbers.length / numbersOfRow, parts: batch.texts.split(between) };
}

/** Puts a row of a batch into `row`, and gives it back: a row of its own for each would be twice the garbage. */
export function decodeRow(
  { parts, numbers, oddVisitors }: ArrivedBatch,
  index: number,
  row: OpenRow,
): OpenRow {
  const at = index * numbersOfRow;
  row[0] = parts[index * 2] ?? '';
  row[1] = numbers[at] ?? 0;
  row[2] = numbers[at + 1] ?? 0;
  row[3] = oddVisitors.get(index) ?? parts[index * 2 + 1] ?? '';
  row[4] = numbers[at + 2] ?? 0;
  row[5] = numbers[at + 3] ?? 0;
  row[6] = numbers[at + 4] ?? 0;
  return row;
}

/** Whether a row of one batch comes before a row of another: by its time, then by its id. */
export function comesBefore(one: VisitBatch, at: number, other: VisitBatch, otherAt: number): boolean {
  const [a, b] = [at * numbersOfRow, otherAt * numbersOfRow];
  const apart = (one.numbers[a] ?? 0) - (other.numbers[b] ?? 0);
  return apart !== 0 ? apart < 0 : (one.numbers[a + 1] ?? 0) < (other.numbers[b + 1] ?? 0);
}
