import type { Destination } from './destination.ts';
import { attempt, openDraft } from './draft.ts';

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
