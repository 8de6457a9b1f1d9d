import type { Destination } from '../../export/to/destination.ts';
import type { Doing } from './audited.ts';
import type { OfficerFile } from './officer-file.ts';

/** Opens an officer's file or standard output. Whose numbers a file holds is on disk before the file appears. */
export async function openNoted(file: OfficerFile, output: string, doing: Doing): Promise<Destination> {
  const destination = await file.open();
  const finish = async () => {
    if (output !== '-') doing.flush(doing.rows);
    await destination.finish();
  };
  return { ...destination, finish };
}
