import { Transform } from 'node:stream';
import type { ByteGuard } from '../at/framing.ts';

/** Stands before the line parser: hands on clean lines only, each ended by one line feed. */
export function createLineGuardStream(guard: ByteGuard): Transform {
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      const lines = guard.push(chunk);
      done(null, lines === '' ? undefined : Buffer.from(lines, 'latin1'));
    },
  });
}
