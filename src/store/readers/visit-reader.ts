import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { AppError, messageOf } from '../../base/errors.ts';
import { openDatabase } from '../database/database.ts';
import { registerError } from '../database/errors.ts';
import { hourStartMs } from '../hour.ts';
import { HourKeys } from '../keyring/hour-keys.ts';
import { openKeyring } from '../keyring/open-keyring.ts';
import { type OpenedRows, openRows, rowBytes } from '../sealing/visit-row.ts';
import type { FromReader, PlainError, ReaderOptions, ToReader } from './sealed-batch.ts';

/** A reading thread: it opens the rows that it is handed, with keys of its own. */
if (parentPort !== null) await serve(parentPort, workerData as ReaderOptions);

async function serve(port: MessagePort, options: ReaderOptions): Promise<void> {
  const post = (message: FromReader) =>
    port.postMessage(
      message,
      message.kind === 'opened' ? [message.octets.buffer as ArrayBuffer, message.used] : [],
    );
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
        post({ kind: 'opened', ...opened(keys, message), used: message.octets.buffer as ArrayBuffer });
      } catch (error) {
        reject(error);
      }
    });
  });
}

/** The hour's key may have gone since its rows were found. */
function opened(keys: HourKeys, rows: Exclude<ToReader, 'stop'>): OpenedRows {
  const subkeys = keys.forReading(rows.hour);
  if (subkeys !== null) return openRows(subkeys, rows, hourStartMs(rows.hour), rows.filter, rows.spare);
  return { octets: new Uint8Array(0), unreadable: rows.octets.length / rowBytes };
}

function plainError(thrown: unknown): PlainError {
  if (!(thrown instanceof AppError)) return { message: messageOf(thrown) };
  const { code, facts } = thrown;
  return { code, facts };
}
