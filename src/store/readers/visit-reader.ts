import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { AppError, messageOf } from '../../base/errors.ts';
import { openDatabase } from '../database.ts';
import { registerError } from '../database-errors.ts';
import { HourKeys } from '../keyring/hour-keys.ts';
import { openKeyring } from '../keyring/open-keyring.ts';
import { LineNames } from '../line-names.ts';
import { openedVisits } from '../visit-stream.ts';
import { inBatches } from './in-batches.ts';
import {
  type FromReader,
  mostAhead,
  type PlainError,
  type ReaderTask,
  type ToReader,
} from './reader-messages.ts';
import { encodeBatch } from './visit-batch.ts';

/** A reading thread: it opens its share of a query's rows with files and keys of its own. */
if (parentPort !== null) await serve(parentPort, workerData as ReaderTask);

async function serve(port: MessagePort, task: ReaderTask): Promise<void> {
  const post = (message: FromReader, moved: ArrayBuffer[] = []) => port.postMessage(message, moved);
  try {
    const unreadable = await read(port, task, post);
    if (unreadable !== null) post({ kind: 'end', unreadable });
  } catch (error) {
    post({ kind: 'failed', error: plainError(registerError(error)) });
  } finally {
    port.close();
  }
}

/** How many rows could not be read; null when the rest was not wanted any more. */
async function read(
  port: MessagePort,
  { options, query, share }: ReaderTask,
  post: (message: FromReader, moved: ArrayBuffer[]) => void,
): Promise<number | null> {
  const wanted = demand(port);
  let unreadable = 0;
  const missed = (rows = 1) => {
    unreadable += rows;
  };
  const db = openDatabase(options.dataDir, true);
  try {
    // Each row is read once: what SQLite would keep of them in memory is needed by nobody.
    db.pragma('cache_size = -2000');
    const keys = new HourKeys(openKeyring(db, options, 'reader'), options.algorithm);
    try {
      const lines = new LineNames(db);
      for (const rows of inBatches(openedVisits({ db, keys, lines }, query, missed, share))) {
        if (!(await wanted())) return null;
        const batch = encodeBatch(rows);
        post({ kind: 'rows', batch }, [batch.numbers.buffer as ArrayBuffer]);
      }
      return unreadable;
    } finally {
      keys.close();
    }
  } finally {
    db.close();
  }
}

/** Resolves when a batch may be sent; to false when no more is wanted. */
function demand(port: MessagePort): () => Promise<boolean> {
  let ahead = mostAhead;
  let stopped = false;
  let wake = () => {};
  port.on('message', (message: ToReader) => {
    if (message === 'stop') stopped = true;
    else ahead += 1;
    wake();
  });
  return async () => {
    // Messages are heard between batches only: a stop must not wait for all that may be sent ahead.
    await new Promise(setImmediate);
    while (ahead === 0 && !stopped)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    ahead -= 1;
    return !stopped;
  };
}

function plainError(thrown: unknown): PlainError {
  if (!(thrown instanceof AppError)) return { code: null, message: messageOf(thrown) };
  const { code, message, hint, context, exit } = thrown;
  return { code, message, context, exit, ...(hint === undefined ? {} : { hint }) };
}
