import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { AppError, messageOf } from '../../base/errors.ts';
import { openDatabase } from '../database/database.ts';
import { registerError } from '../database/errors.ts';
import { HourKeys } from '../keyring/hour-keys.ts';
import { openKeyring } from '../keyring/open-keyring.ts';
import {
  type FromReader,
  openSealed,
  type PlainError,
  type ReaderOptions,
  type ToReader,
} from './sealed-batch.ts';

/** A reading thread: it opens the rows that it is handed, with keys of its own. */
if (parentPort !== null) await serve(parentPort, workerData as ReaderOptions);

async function serve(port: MessagePort, options: ReaderOptions): Promise<void> {
  const post = (message: FromReader) => port.postMessage(message);
  try {
    const keys = openKeys(options);
    try {
      await openUntilStopped(port, keys, post);
    } finally {
      keys.close();
    }
  } catch (error) {
    post({ kind: 'failed', error: plainError(registerError(error)) });
  } finally {
    port.close();
  }
}

/** The database is needed only to tell whether the keyring is its own. */
function openKeys(options: ReaderOptions): HourKeys {
  const db = openDatabase(options.dataDir, true, options.sameAs);
  try {
    return new HourKeys(openKeyring(db, options, 'reader'), options.algorithm);
  } finally {
    db.close();
  }
}

function openUntilStopped(
  port: MessagePort,
  keys: HourKeys,
  post: (message: FromReader) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    port.on('message', (message: ToReader) => {
      if (message === 'stop') return resolve();
      try {
        post({ kind: 'opened', batch: openSealed(keys, message) });
      } catch (error) {
        reject(error);
      }
    });
  });
}

function plainError(thrown: unknown): PlainError {
  if (!(thrown instanceof AppError)) return { message: messageOf(thrown) };
  const { code, facts } = thrown;
  return { code, facts };
}
