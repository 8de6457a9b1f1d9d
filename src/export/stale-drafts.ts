import { readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/** A draft that is being written is never this long without a write. */
const staleAfterMs = 3_600_000;

export const draftName = (random: string): string => `.visitlog-${random}.part`;

const isDraft = /^\.visitlog-[0-9a-f]{12}\.part$/;

/**
 * Removes what processes that were killed left of their files in this folder: hidden, and perhaps with numbers in the
 * clear. `nowMs` is by the clock of the file system. What cannot be removed stays, and is nobody's error.
 */
export async function removeStaleDrafts(folder: string, nowMs: number): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((one) => isDraft.test(one))) {
    const path = join(folder, name);
    const writtenMs = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => nowMs,
    );
    if (nowMs - writtenMs > staleAfterMs) await unlink(path).catch(() => {});
  }
}
