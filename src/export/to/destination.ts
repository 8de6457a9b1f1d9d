import type { Writable } from 'node:stream';
import { minuteMs } from '../../base/amounts.ts';
import { fault, systemCodeOf } from '../../base/errors.ts';
import { type DraftOf, openDraft, unwritable, writeOrFault } from './draft.ts';

/** Where an export's bytes go. */
export interface Destination {
  /** Resolves once the bytes are written, and may be overwritten; false if the reader has gone away and wants no more. */
  write(bytes: Uint8Array): Promise<boolean>;
  /** Ends the output: a file appears under its name. */
  finish(): Promise<void>;
  /** Nothing of a file remains. May be called after anything, also twice. */
  abandon(): Promise<void>;
}

/** Does `work` and finishes the destination; if either fails, nothing of a file remains. */
export async function finishAfter<T>(destination: Destination, work: () => Promise<T>): Promise<T> {
  try {
    const done = await work();
    await destination.finish();
    return done;
  } catch (error) {
    await destination.abandon();
    throw error;
  }
}

/** Writes the whole content. Resolves to false if the reader has gone away. */
export function writeContent(destination: Destination, bytes: Uint8Array): Promise<boolean> {
  return finishAfter(destination, () => destination.write(bytes));
}

/** Octets gathered before a write: a batch of rows has a fifth of them, and each write wakes a thread. */
const gatheredBytes = 256 * 1_024;

interface FileOptions {
  /** Replaces a file of that name. */
  readonly force: boolean;
  readonly of: DraftOf;
  /** Of the file when it is whole; 0600 unless said. */
  readonly mode?: number;
}

/**
 * A file that appears whole or not at all.
 * @throws AppError `….exists`, `….not-a-file`; `….unwritable`, also at each write
 */
export async function openFile(path: string, { force, of, mode }: FileOptions): Promise<Destination> {
  const draft = await openDraft(path, force, of);
  const gathered = Buffer.allocUnsafeSlow(gatheredBytes);
  let size = 0;
  const append = (bytes: Uint8Array) => writeOrFault(path, of, () => draft.handle.appendFile(bytes));
  const writeOut = async () => {
    if (size > 0) await append(gathered.subarray(0, size));
    size = 0;
  };
  return {
    async write(bytes) {
      if (size + bytes.length > gatheredBytes) await writeOut();
      if (bytes.length > gatheredBytes) await append(bytes);
      else {
        gathered.set(bytes, size);
        size += bytes.length;
      }
      return true;
    },
    abandon: draft.abandon,
    async finish() {
      await writeOut();
      if (mode !== undefined) await writeOrFault(path, of, () => draft.handle.chmod(mode));
      await draft.publish();
    },
  };
}

/**
 * How long a write waits for a reader. The rows that follow are read from the register meanwhile, which cannot shorten its
 * write-ahead log as long as a statement is open.
 */
const unreadMs = 10 * minuteMs;

/**
 * A stream that somebody else owns: it is never ended. Each write waits for the one before, and not for ever: a pager
 * that is left open ends the command.
 * @throws AppError `export.unread`, `export.unwritable`, at a write
 */
export function openStream(stream: Writable, waitMs = unreadMs): Destination {
  // The callback of the failed write reports the error; without a listener it would also end the process.
  stream.on('error', () => {});
  return {
    write: (bytes) =>
      new Promise((resolve, reject) => {
        const limit = setTimeout(
          () => reject(fault('export.unread', { minutes: waitMs / minuteMs })),
          waitMs,
        );
        // A stream may hand on what it was given, and keep it after that. `from` goes octet by octet.
        stream.write(new Uint8Array(bytes), (error) => {
          clearTimeout(limit);
          if (!error) resolve(true);
          else if (readerLeft.includes(systemCodeOf(error) ?? '')) resolve(false);
          else reject(unwritable(null, error));
        });
      }),
    finish: () => Promise.resolve(),
    abandon: () => Promise.resolve(),
  };
}

/** `export | head` is not an error. */
const readerLeft = ['EPIPE', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END'];
