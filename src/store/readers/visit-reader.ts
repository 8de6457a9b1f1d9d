import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { registerError } from '../database/errors.ts';
import type { HourKeys } from '../keyring/hour-keys.ts';
import { HourInWork } from './hour-in-work.ts';
import type { FromReader, ReaderOptions, ToReader } from './sealed-batch.ts';
import { plainError } from './thread-errors.ts';
import { openThreadFiles } from './thread-files.ts';

/** A reading thread: it opens the rows that it is handed, with keys of its own. */
if (parentPort !== null) await serve(parentPort, workerData as ReaderOptions);

async function serve(port: MessagePort, options: ReaderOptions): Promise<void> {
  const post: Post = (message, given = []) => port.postMessage(message, given);
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

type Post = (message: FromReader, given?: ArrayBuffer[]) => void;

/** The database is needed only to tell whether the keyring is its own. */
function openKeys(options: ReaderOptions): HourKeys {
  const { db, keys } = openThreadFiles(options);
  db.close();
  return keys;
}

function openUntilStopped(port: MessagePort, keys: HourKeys, post: Post): Promise<void> {
  let hour: HourInWork | null = null;
  return new Promise((resolve, reject) => {
    port.on('message', (message: ToReader) => {
      if (message === 'stop') return resolve();
      try {
        if (message.kind === 'hour') hour = new HourInWork(keys, message);
        else if (message.kind === 'rows') {
          hour?.add(Buffer.from(message.room, 0, message.length));
          post({ kind: 'read', room: message.room }, [message.room]);
        } else if (hour !== null) {
          const opened = hour.inOrder();
          post({ kind: 'opened', hour: hour.hour, ...opened }, [opened.octets.buffer as ArrayBuffer]);
        }
      } catch (error) {
        reject(error);
      }
    });
  });
}
