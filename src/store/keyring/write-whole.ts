import { writeSync } from 'node:fs';

/**
 * Writes all of it. One call may write less and say nothing: on a disk that fills up, the next one fails and tells why.
 */
export function writeWhole(fd: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; )
    done += writeSync(fd, bytes, done, bytes.length - done, position + done);
}
