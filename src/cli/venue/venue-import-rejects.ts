import { openZone } from '../../base/zone.ts';
import type { Column } from '../../export/column.ts';
import { csvWriter } from '../../export/csv.ts';
import { writeWhole } from '../../export/to/destination.ts';
import { openDestination } from '../../export/to/open-destination.ts';
import type { DoubtfulLine, ImportPlan } from '../../visits/venue-list/plan-import.ts';
import { venueImportWords } from '../../words/commands/venue-import.ts';
import { type Shell, writeLine } from '../shell.ts';
import type { VenueList } from './venue-import-list.ts';

export interface RejectFlags {
  readonly rejects: string;
  readonly force?: boolean;
  readonly timeZone: string;
}

/** Writes the doubtful lines as they are, with their line and why: corrected there, they can be imported. */
export async function writeRejects(
  shell: Shell,
  { rejects, force = false, timeZone }: RejectFlags,
  list: VenueList,
  { doubtful }: ImportPlan,
): Promise<void> {
  const words = venueImportWords[shell.language];
  const columns: Column<DoubtfulLine>[] = [
    ...list.headings.map((heading, at): Column<DoubtfulLine> => {
      const key = heading === '' ? headingOf(list, at) : heading;
      return { key, kind: 'text', width: 20, value: ({ record }) => record.cells[at] ?? '' };
    }),
    { key: words.rejectHeads.line, kind: 'number', width: 8, value: ({ record }) => record.line },
    { key: words.rejectHeads.why, kind: 'text', width: 40, value: ({ doubt }) => words.doubts[doubt] },
  ];
  const encoding = list.encoding === 'cp949' ? 'cp949' : 'utf-8';
  const writer = csvWriter(columns, { zone: openZone(timeZone), encoding });
  const destination = await openDestination(rejects, { stdout: shell.stdout, force });
  await writeWhole(destination, Buffer.concat([writer.begin(), writer.rows(doubtful), writer.end()]));
  if (rejects !== '-') await writeLine(shell.stderr, `visitlog: ${words.rejected(doubtful.length, rejects)}`);
}

/** A list without headings gets those by which its columns are known when it comes back. */
function headingOf({ columns }: VenueList, at: number): string {
  const role = (['number', 'name', 'address'] as const).find((one) => columns[one] === at);
  return role ?? `column ${at + 1}`;
}
