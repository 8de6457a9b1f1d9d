import type { Writable } from 'node:stream';
import { systemCodeOf } from '../../base/errors.ts';
import type { Destination } from './destination.ts';
import { unwritable } from './unwritable.ts';

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
