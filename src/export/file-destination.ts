import type { Destination } from './destination.ts';
import { attempt, openDraft } from './draft.ts';

/** A file that appears whole or not at all. */
export async function openFile(path: string, force: boolean): Promise<Destination> {
  const draft = await openDraft(path, force, 'export');
  return {
    write: (bytes) => attempt(path, 'export', () => draft.handle.appendFile(bytes)).then(() => true),
    abandon: draft.abandon,
    finish: draft.publish,
  };
}
