import { setImmediate } from 'node:timers/promises';
import type { Arrival } from '../../modem/receive/arrival.ts';
import type { Fate } from '../intake/take-listing.ts';
import { type ReadRecord, readRecord } from './read-record.ts';
import { type InputLine, RecordLines } from './record-lines.ts';

export interface RecordTaker {
  /** Lines that are recorded together at most. */
  readonly window: number;
  readonly retentionMs: number;
  /** By which times are judged: wall clock, milliseconds. */
  readonly recordTimeMs: () => number;
  /** Resolves to what became of each once all of them are on disk. */
  readonly take: (arrivals: readonly Arrival[]) => Promise<ReadonlyMap<Arrival, Fate>>;
  /** Resolves when the reader of the answers has taken them in. */
  readonly answer: (lines: string) => Promise<void>;
}

/**
 * Takes the texts of an input, and answers each line by one line after it is on disk. Reads on only when the answers are
 * taken. Resolves to how many lines were refused. Rejects with what `take`, `answer` and the input reject with: what was not
 * answered then may be on disk or not, and is to be sent again.
 */
export async function takeRecords(input: AsyncIterable<Buffer>, taker: RecordTaker): Promise<number> {
  const lines = new RecordLines();
  let refused = 0;

  async function takeAll(cut: Iterable<InputLine>): Promise<void> {
    let batch: InputLine[] = [];
    for (const line of cut) {
      batch.push(line);
      if (batch.length < taker.window) continue;
      refused += await takeBatch(batch, taker);
      batch = [];
      // Other lines of the gateway have their turn.
      await setImmediate();
    }
    if (batch.length > 0) refused += await takeBatch(batch, taker);
  }

  for await (const chunk of input) await takeAll(lines.push(chunk));
  await takeAll(lines.end());
  return refused;
}

async function takeBatch(batch: readonly InputLine[], taker: RecordTaker): Promise<number> {
  const { retentionMs } = taker;
  const receivedAtMs = taker.recordTimeMs();
  const records = batch.map((line) => readRecord(line, { receivedAtMs, retentionMs }));
  const arrivals = records.flatMap((record) => ('arrival' in record ? [record.arrival] : []));
  const fates = arrivals.length === 0 ? new Map<Arrival, Fate>() : await taker.take(arrivals);
  await taker.answer(records.map((record) => answerTo(record, fates)).join(''));
  return records.length - arrivals.length;
}

function answerTo(record: ReadRecord, fates: ReadonlyMap<Arrival, Fate>): string {
  const { id } = record;
  const answer = 'error' in record ? { id, error: record.error } : { id, kept: fates.get(record.arrival) };
  return `${JSON.stringify(answer)}\n`;
}
