import { setImmediate } from 'node:timers/promises';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { registerError } from '../database/errors.ts';
import { LineNames } from '../tables/lines.ts';
import { PlaceIndex } from '../tables/venue-sums.ts';
import { summedHours } from '../tables/visit-counts.ts';
import type { CountOrder, FromCounter } from './count-order.ts';
import { plainError } from './thread-errors.ts';
import { openThreadFiles } from './thread-files.ts';

/** A counting thread: it sums the visits of its part of a window, and ends. */
if (parentPort !== null) await serve(parentPort, workerData as CountOrder);

async function serve(port: MessagePort, order: CountOrder): Promise<void> {
  const stop = new AbortController();
  port.once('message', () => stop.abort());
  try {
    port.postMessage(await count(order, stop.signal));
  } catch (error) {
    port.postMessage({ kind: 'failed', error: plainError(registerError(error)) } satisfies FromCounter);
  } finally {
    port.close();
  }
}

async function count(
  { options, query, under, numbers }: CountOrder,
  stop: AbortSignal,
): Promise<FromCounter> {
  const { db, keys } = openThreadFiles(options);
  try {
    const places = new PlaceIndex(numbers);
    const keyOf = new Map(under);
    const summed: { hourStartMs: number; visits: Int32Array<ArrayBuffer> }[] = [];
    let unreadable = 0;
    const missed = (rows = 1) => {
      unreadable += rows;
    };
    const reader = { db, keys, lines: new LineNames(db) };
    const sumUnder = (hourStart: number) => keyOf.get(hourStart) ?? hourStart;
    for (const { hourStartMs, sums } of summedHours(reader, query, places, missed, sumUnder)) {
      summed.push({ hourStartMs, visits: sums.visits });
      await setImmediate();
      if (stop.aborted) break;
    }
    return { kind: 'counted', summed, met: places.numbers.slice(numbers.length), unreadable };
  } finally {
    keys.close();
    db.close();
  }
}
