import { closeSync, openSync, readdirSync, readSync, realpathSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { fault, systemCodeOf } from '../../base/errors.ts';
import { ringMagic } from '../../store/keyring/keyring-format.ts';

/** Longer than whatever is searched for: so much of a piece is read again with the next. */
const overlapBytes = 256;
const pieceBytes = 8_388_608;

/**
 * Every regular file below a folder, each once, through links too: a server's write-ahead log may lie on another disk.
 * Error: `prove.directory`, for a folder that cannot be read.
 */
export function filesBelow(folder: string, seen: Set<string> = new Set()): string[] {
  let names: string[];
  try {
    const real = realpathSync(folder);
    if (seen.has(real)) return [];
    seen.add(real);
    names = readdirSync(folder).sort();
  } catch (error) {
    throw fault('prove.directory', { folder, system: systemCodeOf(error) }, { cause: error });
  }
  return names.flatMap((name) => {
    const path = join(folder, name);
    // A server removes files while it runs.
    const stats = statOf(path);
    if (stats?.isDirectory() === true) return filesBelow(path, seen);
    return stats?.isFile() === true ? [path] : [];
  });
}

/** The content of a file, in pieces that overlap. Error: `prove.directory`. */
export async function* piecesOf(path: string, signal: AbortSignal): AsyncGenerator<Buffer> {
  const fd = opened(path);
  if (fd === null) return;
  try {
    const piece = Buffer.allocUnsafe(overlapBytes + pieceBytes);
    let kept = 0;
    for (;;) {
      if (signal.aborted) throw fault('prove.stopped');
      const read = readSync(fd, piece, kept, pieceBytes, null);
      if (read === 0) return;
      yield piece.subarray(0, kept + read);
      const from = Math.max(0, kept + read - overlapBytes);
      piece.copy(piece, 0, from, kept + read);
      kept = kept + read - from;
      await turn();
    }
  } finally {
    closeSync(fd);
  }
}

/** Whether a file is a keyring, of a gateway or a holder. */
export function isKeyring(path: string): boolean {
  const fd = opened(path);
  if (fd === null) return false;
  try {
    const start = Buffer.alloc(ringMagic.length);
    return readSync(fd, start, 0, start.length, 0) === start.length && start.equals(ringMagic);
  } finally {
    closeSync(fd);
  }
}

/** Null if it is gone meanwhile. */
function opened(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return null;
    throw fault('prove.directory', { folder: path, system: systemCodeOf(error) }, { cause: error });
  }
}

function statOf(path: string): Stats | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    if (systemCodeOf(error) === 'ELOOP') return null;
    throw fault('prove.directory', { folder: path, system: systemCodeOf(error) }, { cause: error });
  }
}
