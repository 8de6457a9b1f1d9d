import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { inBatches } from '../../base/batches.ts';
import { builtModule } from '../../base/built-module.ts';
import type { Connection } from '../database/database.ts';
import { type Missed, rowBatches } from '../database/row-batches.ts';
import { hourOf } from '../hour.ts';
import { oldVisits } from '../old-form/old-visits.ts';
import type { RowBatches, StoredVisit, VisitQuery } from '../records.ts';
import { openedBytes, type RowFilter } from '../sealing/opened-rows.ts';
import { rowBytes } from '../sealing/visit-row.ts';
import { Notes } from '../tables/notes.ts';
import type { OpenVisit, RowOpener, RowReader } from '../tables/row-access.ts';
import { pageRows } from '../tables/row-pages.ts';
import { sealedCount } from '../tables/visit-tables.ts';
import { merged, openedVisits, readableHours, rowsOfQuery, storedVisit, visitsIn } from '../tables/visits.ts';
import type { FromReader, ReaderOptions, ToReader } from './sealed-batch.ts';
import { died, revived } from './thread-errors.ts';
import { isWorthThread, stopThread } from './threads.ts';

/** A query's visits in batches, opened by a thread if there are many and the machine has a core for it. */
export function visitBatches(
  reader: RowReader,
  options: ReaderOptions,
  query: VisitQuery,
): RowBatches<StoredVisit> {
  return rowBatches(async function* (missed) {
    reader.venues.refresh();
    const opened = isWorthThread(reader, query)
      ? visitsByReader(reader, options, query, missed)
      : inBatches(openedVisits(reader, query, missed));
    for await (const rows of opened) yield rows.map((row) => storedVisit(reader, row));
  });
}

/** Hours that are in work at once: one that the thread opens, and one that is written. */
const mostHours = 2;

/** Pieces of an hour that wait for the thread. */
const mostPieces = 8;
const pieceBytes = pageRows * rowBytes;

/**
 * The visits of a query in order. Sealed rows are opened and sorted by a thread, an hour at a time; those of the next hour
 * are found and handed to it between the batches of this one. `missed` counts those that could not be read. Errors: the
 * register's, `register.reader-died`.
 */
export async function* visitsByReader(
  reader: RowOpener,
  options: ReaderOptions,
  query: VisitQuery,
  missed: Missed,
): AsyncGenerator<readonly OpenVisit[]> {
  const { db, keys } = reader;
  const old = oldVisits(reader, query);
  const notes = new Notes(db, keys);
  const thread = startReader(options, mostInHour(db, query) * openedBytes);
  try {
    thread.feed(() => handOver(reader, query, thread, missed));
    for (let next = await thread.opened(); next !== null; next = await thread.opened()) {
      const { hour, octets, unreadable } = next;
      if (unreadable > 0) missed(unreadable);
      const subkeys = keys.forReading(hour);
      const before = subkeys === null ? [] : old.of(hour, subkeys, missed);
      const visits = visitsIn(hour, octets, notes, missed, query.venues);
      for (const batch of inBatches(merged(before, visits))) {
        yield batch;
        await setImmediate();
      }
      thread.giveBack(octets);
    }
  } finally {
    await thread.stop();
  }
}

/** Hands a query's rows to the thread, hour by hour. */
async function handOver(
  reader: RowOpener,
  query: VisitQuery,
  thread: Pick<Thread, 'begin' | 'add' | 'end'>,
  missed: Missed,
): Promise<void> {
  const search = rowsOfQuery(reader, query);
  const old = oldVisits(reader, query);
  const count = sealedCount(reader.db);
  const lost = (hour: number) => old.count(hour) + count(hour);
  for (const { hour, subkeys } of readableHours(reader, query, missed, lost)) {
    await thread.begin(hour, search.filter);
    for (const text of search.texts(hour, subkeys)) await thread.add(text);
    thread.end();
  }
}

function mostInHour(db: Connection, { fromMs, toMs }: VisitQuery): number {
  const most = db
    .prepare<[number, number], number | null>('SELECT max(visits) FROM hours WHERE hour BETWEEN ? AND ?')
    .pluck();
  return most.get(hourOf(fromMs), hourOf(toMs - 1)) ?? 0;
}

/** An hour that comes back from the thread. */
type OpenedHour = Extract<FromReader, { readonly kind: 'opened' }>;

interface Thread {
  /** Runs what hands the rows over; the hours end when it has done so, and its error is theirs. */
  feed(handing: () => Promise<void>): void;
  /** Each waits while the thread has enough to do. */
  begin(hour: number, filter: RowFilter): Promise<void>;
  add(rows: string): Promise<void>;
  end(): void;
  /** The next hour, in the order in which they were handed over; null behind the last. */
  opened(): Promise<OpenedHour | null>;
  /** What an hour came in. */
  giveBack(octets: Uint8Array): void;
  stop(): Promise<void>;
}

function startReader(options: ReaderOptions, hourBytes: number): Thread {
  const worker = new Worker(builtModule('store/readers/visit-reader'), {
    workerData: options,
    resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 2 },
  });
  const hours: OpenedHour[] = [];
  const rooms = Array.from({ length: mostHours }, () => new ArrayBuffer(hourBytes));
  const pieces = Array.from({ length: mostPieces }, () => new ArrayBuffer(pieceBytes));
  let inWork = 0;
  let isFed = false;
  let feeding = Promise.resolve();
  let failure: unknown = null;
  let waiting: (() => void)[] = [];
  const wake = () => {
    const woken = waiting;
    waiting = [];
    for (const resolve of woken) resolve();
  };
  const fail = (error: unknown) => {
    failure ??= error;
    wake();
  };
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      fail(died());
      resolve();
    });
  });
  worker.on('error', (error) => fail(died(error)));
  worker.on('message', (message: FromReader) => {
    if (message.kind === 'failed') return fail(revived(message.error));
    if (message.kind === 'opened') hours.push(message);
    else pieces.push(message.room);
    wake();
  });

  async function until<T>(take: () => T | undefined): Promise<T> {
    for (;;) {
      const taken = take();
      if (taken !== undefined) return taken;
      if (failure !== null) throw failure;
      await new Promise<void>((resolve) => void waiting.push(resolve));
    }
  }

  const post = (message: ToReader, given: ArrayBuffer[] = []) => worker.postMessage(message, given);
  return {
    feed(handing) {
      feeding = handing().then(() => {
        isFed = true;
        wake();
      }, fail);
    },
    async begin(hour, filter) {
      const room = await until(() => rooms.pop());
      inWork += 1;
      post({ kind: 'hour', hour, filter, room }, [room]);
    },
    async add(rows) {
      for (let from = 0; from < rows.length; from += pieceBytes * 2) {
        const room = await until(() => pieces.pop());
        const length = Buffer.from(room).write(rows.slice(from, from + pieceBytes * 2), 'hex');
        post({ kind: 'rows', room, length }, [room]);
      }
    },
    end: () => post({ kind: 'end' }),
    opened: () => until(() => hours.shift() ?? (isFed && inWork === 0 ? null : undefined)),
    giveBack(octets) {
      inWork -= 1;
      rooms.push(octets.buffer as ArrayBuffer);
      wake();
    },
    async stop() {
      await stopThread(worker, exited);
      await feeding;
    },
  };
}
