import type { Destination } from './destination.ts';
import { attempt, openDraft } from './draft.ts';

/** Octets that are gathered before they are written: a batch of rows has a fifth, and each write wakes a thread. */
const writtenAtOnce = 256 * 1_024;

/** A file that appears whole or not at all. */
export async function openFile(path: string, force: boolean): Promise<Destination> {
  const draft = await openDraft(path, force, 'export');
  let gathered: Uint8Array[] = [];
  let size = 0;
  const writeOut = async () => {
    if (size === 0) return;
    const bytes = Buffer.concat(gathered);
    gathered = [];
    size = 0;
    await attempt(path, 'export', () => draft.handle.appendFile(bytes));
  };
  return {
    async write(bytes) {
      gathered.push(bytes);
      size += bytes.length;
      if (size >= writtenAtOnce) await writeOut();
      return true;
    },
    abandon: draft.abandon,
    async finish() {
      await writeOut();
      await draft.publish();
    },
  };
}
