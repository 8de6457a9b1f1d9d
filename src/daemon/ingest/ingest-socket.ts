import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** The socket for texts beside that of the status: as open as that one. */
export function ingestSocketOf(statusSocket: string): string {
  return `${statusSocket}.ingest`;
}

/** How many lines were refused. An answer without it was cut. */
export const refusedTrailer = 'visitlog-refused';

/** Waits if the other side does not read. Rejects if it has left. */
export async function writeInto(stream: Writable, octets: string | Buffer): Promise<void> {
  if (stream.destroyed) throw new Error('the other side has left');
  if (stream.write(octets)) return;
  const left = new AbortController();
  const leave = () => left.abort();
  stream.once('close', leave);
  try {
    await once(stream, 'drain', { signal: left.signal });
  } finally {
    stream.off('close', leave);
  }
}
