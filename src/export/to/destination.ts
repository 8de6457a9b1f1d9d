import type { Writable } from 'node:stream';
import { systemCodeOf } from '../../base/errors.ts';
import { attempt, openDraft } from './draft.ts';
import { unwritable } from './unwritable.ts';

/** Where an export's bytes go. */
export interface Destination {
  /** Resolves when the bytes are taken; false when the reader has gone away and nothing more is wanted. */
  write(bytes: Uint8Array): Promise<boolean>;
  /** All is written: makes a file appear under its name. */
  finish(): Promise<void>;
  /** Nothing of a file remains. May be called after anything, also twice. */
  abandon(): Promise<void>;
}

/** Does `work` on a destination and finishes it; when either fails, nothing of a file remains. */
export async function finished<T>(destination: Destination, work: () => Promise<T>): Promise<T> {
  try {
    const done = await work();
    await destination.finish();
    return done;
  } catch (error) {
    await destination.abandon();
    throw error;
  }
}

/** Writes what is in memory whole. Resolves to false when the reader has gone away. */
export function writeWhole(destination: Destination, bytes: Uint8Array): Promise<boolean> {
  return finished(destination, () => destination.write(bytes));
}

/** Octets that are gathered before they are written: a batch of rows has a fifth, and each write wakes a thread. */
const writtenAtOnce = 256 * 1_024;

/** A file that appears whole or not at all. */
export async function openFile(path: string, force: boolean): Promise<Destination> {
  const draft = await openDraft(path, force, 'export');
  const gathered = Buffer.allocUnsafeSlow(writtenAtOnce);
  let size = 0;
  const append = (bytes: Uint8Array) => attempt(path, 'export', () => draft.handle.appendFile(bytes));
  const writeOut = async () => {
    if (size > 0) await append(gathered.subarray(0, size));
    size = 0;
  };
  return {
    async write(bytes) {
      if (size + bytes.length > writtenAtOnce) await writeOut();
      if (bytes.length > writtenAtOnce) await append(bytes);
      else {
        gathered.set(bytes, size);
        size += bytes.length;
      }
      return true;
    },
    abandon: draft.abandon,
    async finish() {
      await writeOut();
      await draft.publish();
    },
  };
}

/** A stream that others own: it is written to, never ended. Each write waits until the last one is taken. */
export function openStream(stream: Writable): Destination {
  // The callback of the write that failed tells; without a listener the same error would end the process.
  stream.on('error', () => {});
  return {
    write: (bytes) =>
      new Promise((resolve, reject) => {
        stream.write(bytes, (error) => {
          if (!error) resolve(true);
          else if (readerLeft.includes(systemCodeOf(error) ?? '')) resolve(false);
          else reject(unwritable(null, error));
        });
      }),
    finish: () => Promise.resolve(),
    abandon: () => Promise.resolve(),
  };
}

/** `export | head`: not an error, and no reason to go on. */
const readerLeft = ['EPIPE', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END'];

export interface DestinationOptions {
  /** Standard output, for `-`. */
  readonly stdout: Writable;
  /** Replaces a file of that name. */
  readonly force?: boolean;
}

/**
 * Opens `-` (the given standard output) or a file. Throws `export.exists` and `export.not-a-file` (exit 3) before
 * anything is written, and `export.unwritable` (exit 1), then and later.
 */
export async function openDestination(output: string, options: DestinationOptions): Promise<Destination> {
  return output === '-' ? openStream(options.stdout) : openFile(output, options.force ?? false);
}

/** Turns rows into the bytes of a file, a batch at a time, in order; holds nothing of them for long. */
export interface RowWriter<Row> {
  /** What stands before the first row. */
  begin(): Uint8Array | Promise<Uint8Array>;
  rows(batch: readonly Row[]): Uint8Array | Promise<Uint8Array>;
  /** What stands after the last row. */
  end(): Uint8Array | Promise<Uint8Array>;
}

/** One that needs nobody's time but its own. */
export interface TextWriter<Row> extends RowWriter<Row> {
  begin(): Uint8Array;
  rows(batch: readonly Row[]): Uint8Array;
  end(): Uint8Array;
}

export const noBytes = new Uint8Array(0);
